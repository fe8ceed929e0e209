"""A step of the reminders: on which day a call is reminded of, and with which words."""

from odoo import api, fields, models
from odoo.exceptions import UserError

ADDON = "coup_de_pousse_membership"


class AssociationReminderStep(models.Model):
    """When a campaign reminds of an unpaid call, and with which words."""

    _name = "association.reminder.step"
    _description = "Reminder Step"
    _inherit = ["association.part"]
    _order = "campaign_id, days, id"

    campaign_id = fields.Many2one(
        "association.campaign", required=True, ondelete="cascade", index=True, check_company=True
    )
    company_id = fields.Many2one(related="campaign_id.company_id", store=True, index=True)
    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    days = fields.Integer(
        string="Days from the due date",
        required=True,
        help="Negative: before the last day to pay; 0: on that day; positive: after it.",
    )
    template_id = fields.Many2one(
        "mail.template",
        string="Text",
        required=True,
        ondelete="restrict",
        domain="[('model', '=', 'account.move')]",
        default=lambda self: self.env.ref(f"{ADDON}.mail_template_reminder_late", raise_if_not_found=False),
    )
    log_ids = fields.One2many("association.reminder.log", "step_id")
    sent_count = fields.Integer(compute="_compute_sent_count", compute_sudo=True, string="Letters made")

    _one_a_day = models.UniqueIndex(
        "(campaign_id, days) WHERE active",
        "Two reminders of this campaign fall on one same day: give them different numbers of days.",
    )
    _days_bounded = models.Constraint(
        "CHECK (days BETWEEN -366 AND 730)",
        "A reminder goes out at most a year before the last day to pay, and two years after it.",
    )

    @api.depends("log_ids")
    def _compute_sent_count(self):
        counts = dict(
            self.env["association.reminder.log"]._read_group([("step_id", "in", self.ids)], ["step_id"], ["__count"])
        )
        for step in self:
            step.sent_count = counts.get(step, 0)

    @api.constrains("template_id")
    def _check_template_model(self):
        for step in self:
            if step.template_id.sudo().model != "account.move":
                raise UserError(
                    self.env._(
                        "%(step)s: the text “%(template)s” is not written for calls. Choose one whose model is "
                        "the invoice.",
                        step=step.name,
                        template=step.template_id.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        sent = self.filtered("sent_count")
        if sent:
            raise UserError(
                self.env._(
                    "Letters of these reminders went out: %(names)s. Archive them instead; the log keeps what "
                    "was sent.",
                    names=", ".join(sent.mapped("name")),
                )
            )

    @api.model
    def _prepare_default_steps(self):
        """Return the values of the steps that a new campaign starts with."""
        steps = [
            (-30, self.env._("Before the last day to pay"), "mail_template_reminder_before"),
            (0, self.env._("On the last day to pay"), "mail_template_reminder_due"),
            (15, self.env._("First reminder"), "mail_template_reminder_late"),
            (45, self.env._("Last reminder"), "mail_template_reminder_last"),
        ]
        return [
            {"days": days, "name": name, "template_id": self.env.ref(f"{ADDON}.{template}").id}
            for days, name, template in steps
            if self.env.ref(f"{ADDON}.{template}", raise_if_not_found=False)
        ]

    def action_edit_text(self):
        """Open the words of this reminder."""
        self.ensure_one()
        self.check_access("write")
        return self.template_id._get_records_action(name=self.name, context={})
