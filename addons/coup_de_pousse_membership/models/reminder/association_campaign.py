"""Reminders: who is to be reminded today, by which step, in the background; and a recap to the staff."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..common.notification import notification
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

    @api.model
    def _get_campaigns_for_single_calls(self, companies):
        """Return {association: its campaign that reminds of calls of no campaign, or of a closed one}.

        It is the latest one that was launched, else the latest in preparation; a closed one reminds nobody.
        """
        found = {}
        for campaign in self.search([("company_id", "in", companies.ids), ("state", "!=", "closed")]):
            known = found.get(campaign.company_id)
            if not known or (known.state == "draft" and campaign.state != "draft"):
                found[campaign.company_id] = campaign
        return found

    def _get_open_calls_domain(self):
        """Return the domain of the open calls that these campaigns may remind of: their own, and those of none open."""
        own = Domain("campaign_line_ids", "any", [("state", "=", "called"), ("campaign_id", "in", self.ids)])
        others = self.env["association.campaign"].sudo()._get_campaigns_for_single_calls(self.company_id)
        adopting = [company.id for company, campaign in others.items() if campaign in self]
        at_work = [("state", "=", "called"), ("campaign_id.state", "!=", "closed")]
        single = Domain("campaign_line_ids", "not any", at_work)
        single &= Domain("company_id", "in", adopting)
        return self.env["account.move"]._get_open_calls_domain() & (own | single)

    def _find_due_reminders(self, lines=None, today=None):
        """Return which calls are to be reminded of today, by which step; queries do not grow with their number.

        :param lines: recipients among whom to look; all by default, with the calls issued outside any campaign.
        :param today: today by default.
        :return: {call: step}.
        """
        moves = self.env["account.move"].search(self._get_open_calls_domain(), order="id")
        if lines is not None:
            moves &= lines.move_id
        return {
            move: reminder.step
            for move, reminder in moves._get_reminders(today).items()
            if reminder.step and reminder.campaign in self
        }

    # ---- what the treasurer does ----

    def action_preview_reminders(self):
        """Show who would be reminded today, and by which step; and of who is late, why the others are not."""
        self.ensure_one()
        self.check_access("read")
        moves = self.env["account.move"].sudo().search(self._get_open_calls_domain())
        today = fields.Date.context_today(self)
        due_dates = moves._get_due_dates()
        shown = [
            move.id
            for move, reminder in moves._get_reminders(today).items()
            if reminder.step or due_dates.get(move.id, move.invoice_date_due or today) < today
        ]
        action = self.env["ir.actions.act_window"]._for_xml_id(f"{ADDON}.action_association_call_reminder")
        return {**action, "domain": [("id", "in", shown)], "context": {"create": False}}

    def action_send_reminders_now(self):
        """Have today's reminders sent now, in the background."""
        self.check_access("write")
        for campaign in self:
            campaign._check_sender()
        self._write_facts({"reminders_asked_on": fields.Date.context_today(self)})
        self._wake("cron_send_reminders")
        return notification(self.env._("Today's reminders are going out. Their recap will follow."))

    def action_start_reminders(self):
        """Remind automatically, every morning."""
        self.check_access("write")
        for campaign in self:
            campaign._check_sender()
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
        asked |= Domain("id", "in", self._get_campaigns_of_asked_calls(today).ids)
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

    @api.model
    def _get_campaigns_of_asked_calls(self, today):
        """Return the campaigns of the calls that the treasurer asked to have reminded of."""
        moves = self.env["account.move"].search([("reminder_asked_on", ">=", today)])
        return self.union(*(reminder.campaign for reminder in moves._get_reminders(today).values() if reminder.step))

    def _find_asked_reminders(self):
        """Return {call: step} of what is to go out today: all that is due, or the calls asked for one by one."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        due = self._find_due_reminders(today=today)
        if self.reminders_on or (self.reminders_asked_on and self.reminders_asked_on >= today):
            return due
        return {move: step for move, step in due.items() if move.reminder_asked_on and move.reminder_asked_on >= today}

    def _send_next_reminders(self):
        """Send the next reminders due today, a batch at most.

        :return: (how many were sent, how many are left).
        """
        self.ensure_one()
        due = self._find_asked_reminders()
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
