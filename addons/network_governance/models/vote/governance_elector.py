"""Who could vote when a vote was opened, with how many voices; in a vote by name, what each voted."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class GovernanceElector(models.Model):
    """A frozen line. Of any vote but one by name it says who could vote, and the database keeps it from saying more."""

    _name = "governance.elector"
    _description = "Elector"
    _inherit = ["association.part"]
    _order = "resolution_id, sort_name, id"

    resolution_id = fields.Many2one(
        "governance.resolution", required=True, readonly=True, ondelete="cascade", index=True, check_company=True
    )
    company_id = fields.Many2one(related="resolution_id.company_id", store=True, index=True, precompute=True)
    attendance_id = fields.Many2one(
        "governance.attendance", required=True, readonly=True, ondelete="restrict", index=True, check_company=True
    )
    partner_id = fields.Many2one(
        "res.partner", string="Person", required=True, readonly=True, ondelete="restrict", index=True
    )
    structure_id = fields.Many2one(
        "res.partner", string="Speaks for", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    sort_name = fields.Char(related="attendance_id.sort_name", store=True)
    college_id = fields.Many2one(
        "association.college", readonly=True, ondelete="restrict", index="btree_not_null", check_company=True
    )
    voices = fields.Integer(required=True, readonly=True, help="Its own and those of its proxies.")
    proxies = fields.Integer(string="Of which proxies", readonly=True)
    ballot = fields.Char(required=True, readonly=True)
    yes = fields.Integer(string="For", default=0, required=True)
    no = fields.Integer(string="Against", default=0, required=True)
    blank = fields.Integer(default=0, required=True)
    abstain = fields.Integer(string="Abstains", default=0, required=True)
    left = fields.Integer(string="Not cast", compute="_compute_left", store=True)

    _once = models.UniqueIndex(
        "(resolution_id, attendance_id, COALESCE(college_id, 0))", "This person is in the electorate already."
    )
    _within_voices = models.Constraint(
        "CHECK (yes >= 0 AND no >= 0 AND blank >= 0 AND abstain >= 0 AND yes + no + blank + abstain <= voices)",
        "Nobody casts more voices than they carry: check the numbers of this line.",
    )
    _secret = models.Constraint(
        "CHECK (ballot = 'names' OR yes + no + blank + abstain = 0)",
        "This vote is not by name: only its totals are kept.",
    )

    @api.depends("partner_id.name", "structure_id.name")
    def _compute_display_name(self):
        for elector in self:
            elector.display_name = elector.attendance_id.display_name

    @api.depends("voices", "yes", "no", "blank", "abstain")
    def _compute_left(self):
        for elector in self:
            elector.left = elector.voices - elector.yes - elector.no - elector.blank - elector.abstain

    def write(self, vals):
        if {"yes", "no", "blank", "abstain"}.intersection(vals):
            self.resolution_id._refuse_unless("open", self.env._("Votes are entered while it is open"))
        return super().write(vals)

    def action_yes(self):
        """Cast all the voices of these electors for."""
        return self._cast("yes")

    def action_no(self):
        """Cast all the voices of these electors against."""
        return self._cast("no")

    def action_blank(self):
        """Cast all the voices of these electors blank."""
        return self._cast("blank")

    def action_abstain(self):
        """Count all the voices of these electors as abstaining."""
        return self._cast("abstain")

    def _cast(self, choice):
        self.check_access("write")
        if any(elector.ballot != "names" for elector in self):
            raise UserError(self.env._("This vote is not by name: only its totals are kept."))
        for voices, electors in self.grouped("voices").items():
            electors.write({"yes": 0, "no": 0, "blank": 0, "abstain": 0, choice: voices})
        return True
