"""Candidates of an election, the voices that each received, and who is elected."""

from odoo import api, fields, models

#: Fields that are filled in after the vote was opened.
ENTERED = {"voices", "elected", "tied"}


class GovernanceCandidate(models.Model):
    _name = "governance.candidate"
    _description = "Candidate"
    _inherit = ["association.part"]
    _placed_by = frozenset({"resolution_id"})
    _order = "resolution_id, sequence, id"

    resolution_id = fields.Many2one(
        "governance.resolution", required=True, ondelete="cascade", index=True, check_company=True
    )
    company_id = fields.Many2one(related="resolution_id.company_id", store=True, index=True, precompute=True)
    sequence = fields.Integer(default=10)
    partner_id = fields.Many2one(
        "res.partner",
        string="Candidate",
        required=True,
        ondelete="restrict",
        index=True,
        domain="[('is_company', '=', False)]",
    )
    structure_id = fields.Many2one(
        "res.partner",
        string="Speaks for",
        compute="_compute_structure_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        index="btree_not_null",
        domain="[('is_company', '=', True)]",
    )
    college_id = fields.Many2one(
        "association.college", string="For a seat of", ondelete="restrict", check_company=True, help="Empty: any seat."
    )
    since = fields.Date(string="Born on", help="Decides between equals where the eldest is elected.")
    voices = fields.Integer(default=0, required=True, copy=False)
    elected = fields.Boolean(readonly=True, copy=False)
    tied = fields.Boolean(readonly=True, copy=False)

    _once = models.UniqueIndex("(resolution_id, partner_id)", "This person is a candidate already.")
    _voices = models.Constraint("CHECK (voices >= 0)", "Nobody receives fewer than 0 voices.")

    @api.depends("partner_id")
    def _compute_structure_id(self):
        for candidate in self:
            parent = candidate.partner_id.parent_id
            candidate.structure_id = candidate.structure_id or (parent if parent.is_company else False)

    @api.depends("partner_id.name")
    def _compute_display_name(self):
        for candidate in self:
            candidate.display_name = candidate.partner_id.name or ""

    @api.model_create_multi
    def create(self, vals_list):
        candidates = super().create(vals_list)
        candidates.resolution_id._refuse_unless("draft", self.env._("Candidates are known before the vote is opened"))
        return candidates

    def write(self, vals):
        if "voices" in vals:
            self.resolution_id._refuse_unless("open", self.env._("Voices are entered while it is open"))
        if vals.keys() - ENTERED:
            self.resolution_id._refuse_unless("draft", self.env._("Candidates are known before the vote is opened"))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_opened(self):
        self.resolution_id._refuse_unless("draft", self.env._("Candidates are known before the vote is opened"))
