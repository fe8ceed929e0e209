"""Where an objective stood on a day, as it was noted at a review."""

from odoo import fields, models
from odoo.addons.coup_de_pousse_membership.models.common.optional_number import OptionalFloat


class FundingObjectivePoint(models.Model):
    _name = "funding.objective.point"
    _description = "Follow-up of an Objective"
    _inherit = ["association.part"]
    _placed_by = frozenset({"objective_id"})
    _order = "objective_id, date desc, id desc"
    _rec_name = "date"

    objective_id = fields.Many2one(
        "funding.objective", required=True, ondelete="cascade", index=True, check_company=True
    )
    company_id = fields.Many2one(related="objective_id.company_id", store=True, index=True, precompute=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    value = OptionalFloat(digits=(16, 3))
    note = fields.Char()

    _once = models.UniqueIndex("(objective_id, date)", "This day is noted already: change it.")
