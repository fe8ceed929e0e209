"""From when on a funding plan warns: no law sets these, the association does."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    funding_first_share = fields.Float(string="First funder's share, warned above", default=0.5)
    funding_concentration = fields.Float(string="Concentration, warned above", default=0.25, digits=(4, 3))
    funding_months = fields.Float(string="Months covered, warned below", default=3.0, digits=(4, 1))
    funding_comment_share = fields.Float(string="Difference that wants a comment", default=0.1)

    _funding_shares = models.Constraint(
        "CHECK (funding_first_share BETWEEN 0 AND 1 AND funding_concentration BETWEEN 0 AND 1 "
        "AND funding_comment_share BETWEEN 0 AND 1 AND funding_months BETWEEN 0 AND 12)",
        "Shares lie between 0 % and 100 %, months between 0 and 12.",
    )
