from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    accompaniment_answer_days = fields.Integer(
        string="Days to answer a request",
        default=7,
        help="A request for accompaniment gets a first answer within as many days.",
    )
    accompaniment_reminder_days = fields.Integer(
        string="Days before a reminder",
        default=7,
        help="Whoever has not answered a survey is reminded after so many days.",
    )
    accompaniment_reminder_max = fields.Integer(
        string="Reminders at most", default=2, help="0: no reminder goes out by itself."
    )
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
