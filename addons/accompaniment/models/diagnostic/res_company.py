"""When, and how often, a survey is recalled."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    accompaniment_reminder_days = fields.Integer(
        string="Days before a reminder",
        default=7,
        help="Whoever has not answered a survey is reminded after so many days.",
    )
    accompaniment_reminder_max = fields.Integer(
        string="Reminders at most", default=2, help="0: no reminder goes out by itself."
    )
