"""Values of an indicator, each on its day."""

from odoo import fields, models


class AccompanimentIndicatorValue(models.Model):
    _name = "accompaniment.indicator.value"
    _description = "Value of an Indicator"
    _inherit = ["association.part"]
    _placed_by = frozenset({"indicator_id"})
    _order = "indicator_id, observed_on, id"
    _rec_name = "observed_on"

    indicator_id = fields.Many2one(
        "accompaniment.indicator", required=True, ondelete="cascade", index=True, check_company=True
    )
    mission_id = fields.Many2one(related="indicator_id.mission_id", store=True, index=True)
    company_id = fields.Many2one(related="indicator_id.company_id", store=True, index=True)
    observed_on = fields.Date(string="Observed on", required=True, default=fields.Date.context_today)
    value = fields.Float(digits=(16, 2))
    text = fields.Char(string="In words")
    source = fields.Char(help="Where it comes from.")
