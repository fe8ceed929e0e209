"""When a review is recalled."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    accompaniment_review_reminder_days = fields.Integer(
        string="Days before the reminder of a review",
        default=14,
        help="A beneficiary who has not answered a review is reminded once, after so many days. 0: never.",
    )

    _accompaniment_reminders_possible = models.Constraint(
        "CHECK (accompaniment_reminder_days > 0 AND accompaniment_reminder_max >= 0"
        " AND accompaniment_review_reminder_days >= 0)",
        "A reminder of a survey goes out after one day or more; numbers of reminders and of days are not negative.",
    )
