"""The settings of governance: one set for each association."""

from odoo import fields, models

from .roles import SECRETARY


class ResCompany(models.Model):
    _inherit = "res.company"

    governance_under = fields.Float(
        string="Under-represented below",
        default=0.8,
        digits=(4, 2),
        help="Share of the seats divided by share of the members, below which a segment is under-represented.",
    )
    governance_over = fields.Float(string="Over-represented above", default=1.25, digits=(4, 2))
    governance_counts = fields.Selection(
        [("structures", "Structures only"), ("all", "Structures and persons")],
        string="Members counted",
        default="structures",
        required=True,
    )
    governance_size = fields.Selection(
        [("budget", "Budget"), ("employees", "Employees (FTE)")],
        string="Size of a structure",
        default="budget",
        required=True,
    )
    governance_most_seats = fields.Integer(
        string="Seats per person", default=3, help="A person with more seats is pointed out; 0: no limit."
    )
    governance_reminder_months = fields.Integer(
        string="Reminders (months ahead)",
        default=3,
        help="How long before a term the secretary is reminded of it.",
    )
    governance_declare_since = fields.Date(
        string="Changes followed since",
        default=lambda self: fields.Date.context_today(self).replace(month=1, day=1),
        required=True,
        help="Changes of officers before this day are taken to be declared already.",
    )

    _governance_thresholds_in_order = models.Constraint(
        "CHECK (governance_under > 0 AND governance_under <= 1 AND governance_over >= 1)",
        "Representativeness: a segment is under-represented below a ratio of 1 at most, and over-represented above "
        "1 at least.",
    )
    _governance_numbers_not_negative = models.Constraint(
        "CHECK (governance_most_seats >= 0 AND governance_reminder_months >= 0)",
        "Governance: numbers of seats and of months cannot be negative.",
    )

    def _get_follower(self, bodies):
        """Return who is reminded of what concerns these bodies: whoever follows them, if they still work here."""
        return bodies.user_id.filtered("active")[:1] or self._get_governance_user()

    def _get_governance_user(self):
        """Return who is reminded where a body says nobody: a governance secretary of the association."""
        self.ensure_one()
        group = self.env.ref(SECRETARY)
        users = group.sudo().all_user_ids.filtered(lambda user: user.active and not user.share)
        users = users.filtered(lambda user: self in user.company_ids)
        # A secretary of flesh and blood rather than the administrator, who has every role.
        system = self.env.ref("base.group_system")
        return users.filtered(lambda user: system not in user.all_group_ids)[:1] or users[:1] or self.env.user
