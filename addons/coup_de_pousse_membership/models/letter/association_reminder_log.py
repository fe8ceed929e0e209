"""What was sent of a campaign: each call and each reminder, once, and what became of it."""

import re

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import html2plaintext

from ...calculation.letter.reminder import letter_state

#: What a mail server says of an address that it refuses, as Odoo keeps it.
REFUSED = re.compile(r"SMTPRecipientsRefused: \{.*?\((\d{3}), b?['\"](.+?)['\"]\)")

LETTER_STATES = [
    ("to_post", "To print and post"),
    ("queued", "In the queue"),
    ("sent", "Sent"),
    ("bounced", "Came back"),
    ("failed", "Not sent"),
    ("posted", "Posted"),
]


class AssociationReminderLog(models.Model):
    """A letter about a call: the call itself (without a step), or a reminder.

    Both in one table, since they share queue, rate, addresses, bounces and the list to post.
    """

    _name = "association.reminder.log"
    _description = "Letter of a Campaign"
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    campaign_id = fields.Many2one("association.campaign", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="campaign_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    payment_state = fields.Selection(related="move_id.payment_state", string="Payment")
    step_id = fields.Many2one(
        "association.reminder.step", string="Reminder", ondelete="restrict", index="btree_not_null", readonly=True
    )
    kind = fields.Char(compute="_compute_kind", string="Letter")
    move_id = fields.Many2one(
        "account.move", string="Call", required=True, ondelete="cascade", index=True, readonly=True
    )
    membership_ids = fields.Many2many(
        "association.membership", "association_reminder_log_membership_rel", string="Memberships", readonly=True
    )
    members = fields.Char(compute="_compute_members", compute_sudo=True)
    partner_id = fields.Many2one("res.partner", string="Addressed to", required=True, index=True, readonly=True)
    email = fields.Char(string="Sent to", readonly=True, help="Address at the time, as it was written to.")
    street = fields.Char(related="partner_id.street")
    zip = fields.Char(related="partner_id.zip")
    city = fields.Char(related="partner_id.city")
    date = fields.Date(required=True, default=fields.Date.context_today, readonly=True)
    queued_on = fields.Datetime(string="Handed over on", readonly=True, index="btree_not_null")
    amount = fields.Monetary(string="Left to pay", readonly=True, help="On the day of the letter.")
    message_id = fields.Many2one("mail.message", readonly=True, ondelete="set null", index="btree_not_null")
    by_post = fields.Boolean(readonly=True)
    posted_on = fields.Date(string="Posted on")
    refusal = fields.Char(readonly=True, help="Why it was not sent by mail.")
    state = fields.Selection(LETTER_STATES, compute="_compute_state", store=True, index=True)
    failure = fields.Char(compute="_compute_failure", compute_sudo=True, string="Why")
    document = fields.Binary(readonly=True, help="The reminder to post, as it is printed.")
    document_facts = fields.Text("Address and amount told", readonly=True)
    told = fields.Boolean(readonly=True, help="Was in a recap to the staff.")

    _call_once = models.UniqueIndex("(move_id) WHERE step_id IS NULL", "This call was already sent.")
    _step_once = models.UniqueIndex(
        "(move_id, step_id) WHERE step_id IS NOT NULL", "This reminder of the call was already sent."
    )
    _in_the_hour = models.Index("(campaign_id, queued_on) WHERE message_id IS NOT NULL")

    @api.depends("step_id")
    def _compute_kind(self):
        for log in self:
            log.kind = log.step_id.name or self.env._("Call")

    @api.depends("membership_ids")
    def _compute_members(self):
        for log in self:
            log.members = ", ".join(log.membership_ids.partner_id.mapped("name"))

    @api.depends("by_post", "posted_on", "refusal", "message_id.notification_ids.notification_status")
    def _compute_state(self):
        for log in self:
            log.state = letter_state(
                log.message_id.notification_ids.mapped("notification_status"),
                by_post=log.by_post,
                posted=bool(log.posted_on),
                refused=bool(log.refusal),
            )

    @api.depends("state", "refusal", "message_id.notification_ids.failure_reason")
    def _compute_failure(self):
        for log in self:
            log.failure = log._get_failure() if log.state in ("to_post", "failed", "bounced") else False

    def _get_failure(self):
        """Say why a letter did not reach its addressee."""
        self.ensure_one()
        if self.refusal:
            return self.refusal
        notification = self.message_id.notification_ids.filtered(
            lambda notification: notification.notification_status in ("bounce", "exception", "canceled")
        )[:1]
        said = " ".join(html2plaintext(notification.failure_reason or "").split())[:200]
        if notification.notification_status == "bounce":
            return " ".join(filter(None, [self.env._("%s sent the message back.", self.email), said]))
        if refused := REFUSED.search(said):
            return self.env._(
                "The mail server refused %(email)s: %(words)s. Correct the address.",
                email=self.email,
                words=" ".join(refused.groups()),
            )
        types = dict(notification._fields["failure_type"]._description_selection(self.env))
        known = types.get(notification.failure_type) if notification.failure_type != "unknown" else ""
        return " – ".join(filter(None, [known, said])) or self.env._("The mail was cancelled.")

    def write(self, vals):
        """Keep the log: only the day of posting is written by hand."""
        if not self.env.su and set(vals) - {"posted_on"}:
            raise AccessError(
                self.env._("The log of what was sent is not edited: only the day of posting is written in it.")
            )
        return super().write(vals)
