"""Totals of a vote, as hands were counted or as the tellers found them: one line, or one for each college."""

from odoo import fields, models


class GovernanceTally(models.Model):
    _name = "governance.tally"
    _description = "Totals of a Vote"
    _inherit = ["association.part"]
    _order = "resolution_id, id"

    resolution_id = fields.Many2one(
        "governance.resolution", required=True, readonly=True, ondelete="cascade", index=True, check_company=True
    )
    company_id = fields.Many2one(related="resolution_id.company_id", store=True, index=True, precompute=True)
    college_id = fields.Many2one("association.college", readonly=True, ondelete="restrict", check_company=True)
    voices = fields.Integer(required=True, readonly=True, help="Voices of those who may vote here.")
    yes = fields.Integer(string="For", default=0, required=True)
    no = fields.Integer(string="Against", default=0, required=True)
    blank = fields.Integer(default=0, required=True)
    abstain = fields.Integer(string="Abstentions", default=0, required=True)

    _once = models.UniqueIndex("(resolution_id, COALESCE(college_id, 0))", "This college has its totals already.")
    _within_voices = models.Constraint(
        "CHECK (yes >= 0 AND no >= 0 AND blank >= 0 AND abstain >= 0 AND yes + no + blank + abstain <= voices)",
        "The totals are more than the voices of those who may vote: count again.",
    )

    def write(self, vals):
        self.resolution_id._refuse_unless("open", self.env._("Totals are entered while it is open"))
        return super().write(vals)
