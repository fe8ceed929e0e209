"""How many days an adviser can give to missions in a month."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    accompaniment_days_month = fields.Float(
        string="Days of missions in a month",
        default=15.0,
        digits=(16, 2),
        help="Days that one adviser can give to missions in a month: more shows as too much in the workload. "
        "0: nothing is shown as too much.",
    )

    _accompaniment_days_month_bounds = models.Constraint(
        "CHECK (accompaniment_days_month BETWEEN 0 AND 31)",
        "An adviser gives between 0 and 31 days to missions in a month.",
    )
