"""Reminders: who is to be reminded today, by which step, in the background; and a recap to the staff."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...calculation.reminder.reminder import step_due, still_member
from ..letter.association_campaign import OPEN
from ..letter.association_reminder_log import UNREACHED

ADDON = "coup_de_pousse_membership"
#: Names given in a recap; the rest is counted.
NAMED = 50


class AssociationCampaign(models.Model):
    _inherit = "association.campaign"

    step_ids = fields.One2many(
        "association.reminder.step",
        "campaign_id",
        string="Reminders",
        copy=True,
        default=lambda self: [
            fields.Command.create(vals) for vals in self.env["association.reminder.step"]._prepare_default_steps()
        ],
    )
    reminders_on = fields.Boolean(
        string="Remind automatically",
        copy=False,
        readonly=True,
        tracking=True,
        help="Every morning, the latest reminder whose day has come is sent to those who have not paid.",
    )
    reminders_asked_on = fields.Date(copy=False, readonly=True)
    recap_user_id = fields.Many2one(
        "res.users",
        string="Recap sent to",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        help="Is told after each round who was reminded, who has no address and whose mail came back.",
    )
    reminder_count = fields.Integer(compute="_compute_reminder_count", compute_sudo=True, string="To be reminded today")

    @api.depends("log_ids", "step_ids.days", "line_ids.no_reminder")
    def _compute_reminder_count(self):
        counts = {}
        for step in self._find_due_reminders().values():
            counts[step.campaign_id] = counts.get(step.campaign_id, 0) + 1
        for campaign in self:
            campaign.reminder_count = counts.get(campaign, 0)

    # ---- who is due ----

    def _get_reminder_domain(self):
        """Return the domain of the recipients who owe something and may be reminded of it."""
        return Domain(
            [
                ("campaign_id", "in", self.ids),
                ("state", "=", "called"),
                ("no_reminder", "=", False),
                ("move_id.state", "=", "posted"),
                ("move_id.payment_state", "in", OPEN),
                ("membership_id.payment_state", "in", ("called", "partial")),
                ("membership_id.withdrawn_on", "=", False),
            ]
        )

    def _find_due_reminders(self, lines=None, today=None):
        """Return which calls are to be reminded of today, by which step; queries do not grow with their number.

        :param lines: recipients among whom to look; all by default.
        :param today: today by default.
        :return: {call: step}.
        """
        today = today or fields.Date.context_today(self)
        domain = self._get_reminder_domain()
        if lines is not None:
            domain &= Domain("id", "in", lines.ids)
        found = self.env["association.campaign.line"].search(domain, order="move_id, id")
        found = found.filtered(lambda line: still_member(line.member_id.left_on, line.membership_id.date_from, today))
        campaigns = {line.move_id: line.campaign_id for line in found}
        moves = self.env["account.move"].union(*campaigns)
        due_dates = moves._get_due_dates()
        called_on, done = moves._get_letters_sent()
        steps = {campaign: {step: step.days for step in campaign.step_ids} for campaign in self}
        due = {}
        for move, campaign in campaigns.items():
            due_date = due_dates.get(move.id, move.invoice_date_due)
            step = step_due(steps[campaign], due_date, today, called_on.get(move), done.get(move, ()))
            if step:
                due[move] = step
        return due

    # ---- what the treasurer does ----

    def action_preview_reminders(self):
        """Show who would be reminded today, and by which step."""
        self.ensure_one()
        self.check_access("read")
        moves = self.sudo()._find_due_reminders()
        lines = self.env["association.campaign.line"].search(
            self._get_reminder_domain() & Domain("move_id", "in", [move.id for move in moves])
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("To be reminded today"),
            "res_model": "association.campaign.line",
            "view_mode": "list",
            "views": [(self.env.ref(f"{ADDON}.association_campaign_line_view_list_reminder").id, "list")],
            "domain": [("id", "in", lines.ids)],
            "context": {"create": False},
            "help": self.env._("Nobody is to be reminded today."),
        }

    def action_send_reminders_now(self):
        """Have today's reminders sent now, in the background."""
        self.check_access("write")
        for campaign in self:
            campaign._check_can_send()
        self._write_facts({"reminders_asked_on": fields.Date.context_today(self)})
        self._wake("cron_send_reminders")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Today's reminders are going out. Their recap will follow."),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_start_reminders(self):
        """Remind automatically, every morning."""
        self.check_access("write")
        for campaign in self:
            campaign._check_can_send()
        self._write_facts({"reminders_on": True})
        return True

    def action_stop_reminders(self):
        """Remind nobody any more, until the treasurer starts again."""
        self.check_access("write")
        self._write_facts({"reminders_on": False, "reminders_asked_on": False})
        return True

    # ---- the job ----

    @api.model
    def _cron_send_reminders(self):
        """Send the reminders due today, as far as each campaign's rate allows now; then tell the staff."""
        today = fields.Date.context_today(self)
        # The treasurer's day may be ahead of the server's.
        asked = Domain("reminders_on", "=", True) | Domain("reminders_asked_on", ">=", today)
        campaigns = self.search(asked & Domain([("sending_state", "!=", "paused"), ("state", "!=", "closed")]))
        later = False
        for campaign in campaigns._in_staff_language():
            sent, left = campaign._send_next_reminders()
            while sent and left:
                if not self.env["ir.cron"]._commit_progress(sent, remaining=left):
                    return
                sent, left = campaign._send_next_reminders()
            # What was sent stays sent, whatever becomes of its recap.
            self.env["ir.cron"]._commit_progress(sent)
            if left:
                later = True
            else:
                campaign._send_recap()
        self.env["ir.cron"]._commit_progress(remaining=0)
        if later:
            self._wake("cron_send_reminders", fields.Datetime.now() + timedelta(minutes=1))

    def _send_next_reminders(self):
        """Send the next reminders due today, a batch at most.

        :return: (how many were sent, how many are left).
        """
        self.ensure_one()
        due = self._find_due_reminders()
        moves = self.env["account.move"].union(*due)[: self._mails_allowed()]
        moves = self._lock_calls(moves)
        if moves:
            self._send_letters({move: due[move] for move in moves})
        return len(moves), len(due) - len(moves)

    # ---- what the staff is told ----

    def _get_staff_user(self):
        return self.recap_user_id or super()._get_staff_user()

    def _send_recap(self):
        """Tell the staff who was reminded since the last recap, and whom no mail reaches."""
        self.ensure_one()
        logs = self.env["association.reminder.log"].search(
            Domain([("campaign_id", "=", self.id), ("told", "=", False)])
            & (Domain("step_id", "!=", False) | Domain("state", "in", UNREACHED)),
            order="step_id, id",
        )
        if not logs:
            return
        user = self._get_staff_user()
        campaign = self.with_context(lang=user.lang)
        body = campaign.env["ir.qweb"]._render(f"{ADDON}.reminder_recap", campaign._prepare_recap(logs))
        self.message_post(
            subject=campaign.env._(
                "%(campaign)s: %(count)d reminders", campaign=self.name, count=len(logs.filtered("step_id"))
            ),
            body=body,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
            partner_ids=user.partner_id.ids,
            author_id=self.company_id.partner_id.id,
            email_from=self.company_id.email_formatted,
            notify_skip_followers=True,
            notify_author_mention=True,
            force_send=False,
        )
        logs.told = True

    def _prepare_recap(self, logs):
        """Return what the recap shows.

        :param logs: the reminders made since the last one.
        """
        unreached = self.env["association.reminder.log"].search(
            [("campaign_id", "=", self.id), ("state", "in", UNREACHED)]
        )
        written = logs.filtered(lambda log: log.step_id and log.state in ("queued", "sent"))
        return {
            "campaign": self,
            "day": fields.Date.context_today(self),
            "written": [
                (step, sent[:NAMED], max(0, len(sent) - NAMED), sum(sent.mapped("amount")))
                for step, sent in written.grouped("step_id").items()
            ],
            "unreached": [
                (label, rows[:NAMED], max(0, len(rows) - NAMED))
                for label, rows in (
                    (self.env._("Without an address: to print and post"), unreached.filtered("by_post")),
                    (self.env._("Came back"), unreached.filtered(lambda log: log.state == "bounced")),
                    (self.env._("Not sent"), unreached.filtered(lambda log: log.state == "failed")),
                )
                if rows
            ],
        }
