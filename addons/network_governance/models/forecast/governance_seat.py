"""A vacant seat is reminded of once."""

from odoo import fields, models


class GovernanceSeat(models.Model):
    _inherit = "governance.seat"

    vacancy_reminded_on = fields.Date(readonly=True, copy=False)
