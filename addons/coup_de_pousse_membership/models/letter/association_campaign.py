"""The calls of a campaign go out by mail: in the background, at the treasurer's rate, each once."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize
from odoo.tools.misc import get_lang

from ...calculation.letter.letter import BURST_MINUTES, mails_allowed

ADDON = "coup_de_pousse_membership"
#: Letters between two commits: a second each for the PDF, so that a pause is heard soon.
BATCH = 10
#: Minutes after which a mail that still waits is looked into.
STUCK_MINUTES = 15
#: Payment states of a call that is still to be paid.
OPEN = ("not_paid", "partial")


class AssociationCampaign(models.Model):
    _inherit = "association.campaign"

    call_template_id = fields.Many2one(
        "mail.template",
        string="Text of the call",
        domain="[('model', '=', 'account.move')]",
        ondelete="restrict",
        default=lambda self: self.env.ref(f"{ADDON}.mail_template_call", raise_if_not_found=False),
    )
    mails_per_hour = fields.Integer(
        default=300,
        required=True,
        help="Calls and reminders together. Most providers accept a few hundred an hour from one sender.",
    )
    sending_state = fields.Selection(
        [("none", "Not started"), ("running", "Under way"), ("paused", "Paused")],
        string="Sending",
        default="none",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    log_ids = fields.One2many("association.reminder.log", "campaign_id", string="Letters")
    waiting_count = fields.Integer(compute="_compute_letter_counts", compute_sudo=True, string="Calls to be sent")
    queued_count = fields.Integer(compute="_compute_letter_counts", compute_sudo=True, string="In the queue")
    sent_count = fields.Integer(compute="_compute_letter_counts", compute_sudo=True, string="Sent by mail")
    posted_count = fields.Integer(compute="_compute_letter_counts", compute_sudo=True, string="Sent by post")
    to_post_count = fields.Integer(compute="_compute_letter_counts", compute_sudo=True, string="To print and post")
    unreached_count = fields.Integer(compute="_compute_letter_counts", compute_sudo=True, string="Came back or failed")
    sending_sentence = fields.Char(compute="_compute_sending_sentence")
    sending_progress = fields.Float(compute="_compute_sending_progress", string="Calls sent (%)")
    sending_text = fields.Char(compute="_compute_sending_progress", string="Calls sent")
    sending_problem = fields.Char(compute="_compute_sending_problem", compute_sudo=True, string="Mails do not leave")

    _rate_positive = models.Constraint(
        "CHECK (mails_per_hour BETWEEN 1 AND 10000)", "Send between 1 and 10,000 mails an hour."
    )

    @api.depends("line_ids.mail_state", "line_ids.move_id", "line_ids.state", "log_ids.state")
    def _compute_letter_counts(self):
        by_state = {
            (campaign, state): count
            for campaign, state, count in self.env["association.reminder.log"]._read_group(
                [("campaign_id", "in", self.ids), ("step_id", "=", False)], ["campaign_id", "state"], ["__count"]
            )
        }
        waiting = self._count_waiting()
        for campaign in self:
            campaign.waiting_count = waiting.get(campaign, 0)
            campaign.queued_count = by_state.get((campaign, "queued"), 0)
            campaign.sent_count = by_state.get((campaign, "sent"), 0)
            campaign.posted_count = by_state.get((campaign, "posted"), 0)
            campaign.to_post_count = by_state.get((campaign, "to_post"), 0)
            campaign.unreached_count = sum(by_state.get((campaign, state), 0) for state in ("bounced", "failed"))

    def _count_waiting(self):
        """Return {campaign: calls still to be sent}."""
        return dict(
            self.env["association.campaign.line"]._read_group(
                self._get_waiting_domain(), ["campaign_id"], ["move_id:count_distinct"]
            )
        )

    @api.depends("waiting_count", "mails_per_hour", "sending_state")
    def _compute_sending_sentence(self):
        for campaign in self:
            hours = campaign.waiting_count / campaign.mails_per_hour if campaign.mails_per_hour else 0
            if not campaign.waiting_count:
                campaign.sending_sentence = False
            elif hours < 1:
                campaign.sending_sentence = self.env._("At this rate, all are sent within an hour.")
            else:
                campaign.sending_sentence = self.env._("At this rate, all are sent in about %d hours.", round(hours))

    @api.depends("waiting_count", "queued_count", "sent_count", "posted_count", "to_post_count", "unreached_count")
    def _compute_sending_progress(self):
        for campaign in self:
            gone = campaign.sent_count + campaign.posted_count + campaign.to_post_count + campaign.unreached_count
            total = gone + campaign.queued_count + campaign.waiting_count
            campaign.sending_progress = 100.0 * gone / total if total else 0.0
            campaign.sending_text = self.env._(
                "%(gone)s of %(total)s calls dealt with: %(sent)s sent, %(queued)s in the queue, %(to_post)s to post, "
                "%(unreached)s came back or failed",
                gone=gone,
                total=total,
                sent=campaign.sent_count,
                queued=campaign.queued_count,
                to_post=campaign.to_post_count,
                unreached=campaign.unreached_count,
            )

    @api.depends("log_ids.state", "sending_state")
    @api.depends_context("lang")
    def _compute_sending_problem(self):
        stuck_since = fields.Datetime.now() - timedelta(minutes=STUCK_MINUTES)
        for campaign in self:
            # Where no letter is on its way, nothing can be stuck.
            stuck = campaign.sending_state == "running" and self.env["association.reminder.log"].search_count(
                [("campaign_id", "in", campaign.ids), ("state", "=", "queued"), ("queued_on", "<", stuck_since)],
                limit=1,
            )
            failed = self.env["association.reminder.log"].search(
                [("campaign_id", "in", campaign.ids), ("state", "=", "failed"), ("message_id", "!=", False)],
                order="queued_on desc, id desc",
            )
            if stuck:
                campaign.sending_problem = self.env["ir.mail_server"]._find_sending_problem(reach=False) or self.env._(
                    "Mails wait in the queue for more than %s minutes: ask an administrator.", STUCK_MINUTES
                )
            elif failed:
                campaign.sending_problem = self.env._(
                    "%(count)s mails were not sent; the latest: %(why)s", count=len(failed), why=failed[0].failure
                )
            else:
                campaign.sending_problem = False

    @api.depends("sending_state", "waiting_count", "queued_count")
    def _compute_is_working(self):  # pylint: disable=missing-return
        # A compute has nothing to return.
        super()._compute_is_working()
        for campaign in self:
            left = campaign.waiting_count + campaign.queued_count
            campaign.is_working |= campaign.sending_state == "running" and bool(left)

    def _get_waiting_domain(self):
        """Return the domain of the recipients whose call is still to be sent."""
        return Domain(
            [
                ("campaign_id", "in", self.ids),
                ("state", "=", "called"),
                ("move_id.state", "=", "posted"),
                # What is settled already needs no call to pay it.
                ("move_id.payment_state", "in", OPEN),
                # Sent from the invoice itself, by hand: not a second time.
                ("move_id.is_move_sent", "=", False),
                ("move_id.campaign_log_ids", "not any", [("step_id", "=", False)]),
            ]
        )

    # ---- what the treasurer does ----

    def action_ask_sending(self):
        """Ask at what rate the calls go out, and say how many, and what is in the way."""
        self.ensure_one()
        self.check_access("write")
        self._check_can_send()
        return self.env["association.sending.wizard"]._get_records_action(
            name=self.env._("Send the calls"), target="new", context={"default_campaign_id": self.id}
        )

    def action_start_sending(self):
        """Have the calls sent, now and as long as the campaign calls."""
        self.check_access("write")
        for campaign in self:
            campaign._check_can_send()
        self._write_facts({"sending_state": "running"})
        self._wake("cron_send_calls")
        return True

    def action_pause_sending(self):
        """Hold the mails back, calls and reminders; those already handed over still go."""
        self.check_access("write")
        sending = self.filtered(lambda campaign: campaign.sending_state == "running")
        sending._write_facts({"sending_state": "paused"})
        return True

    def _check_can_send(self):
        """Raise a UserError if something is missing to send the calls."""
        if not self.call_template_id:
            raise UserError(self.env._("%s: choose the text of the call first.", self.name))
        self._check_sender()
        if not self.sudo().line_ids.filtered(lambda line: line.state == "called"):
            raise UserError(self.env._("%s: nobody was called yet. Launch the campaign first.", self.name))

    def _check_sender(self):
        """Raise a UserError if the association cannot send mails."""
        if not email_normalize(self.company_id.email):
            raise UserError(
                self.env._(
                    "%s has no e-mail address to send from: give it one in Settings / Companies.",
                    self.company_id.name,
                )
            )

    def action_edit_call_text(self):
        """Open the words that the call is sent with."""
        self.ensure_one()
        self.check_access("write")
        return self.call_template_id._get_records_action(name=self.call_template_id.name, context={})

    def action_view_letters(self):
        """Open what was sent: all, or one kind given by the button."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(f"{ADDON}.action_association_reminder_log")
        return {
            **action,
            "domain": [("campaign_id", "=", self.id)],
            "context": {
                "create": False,
                "association_one_campaign": True,
                **{f"search_default_{name}": 1 for name in self.env.context.get("association_letters", "").split()},
            },
        }

    def _get_lines_context(self):
        return {**super()._get_lines_context(), "association_sending": self.sending_state != "none"}

    # ---- the job ----

    @api.model
    def _cron_send_calls(self):
        """Send the calls of the campaigns that are sending, as far as their rate allows now."""
        campaigns = self.search([("sending_state", "=", "running")])
        later = False
        for campaign in campaigns._in_staff_language():
            while done := campaign._send_next_calls():
                left = campaign._count_waiting().get(campaign, 0)
                if not self.env["ir.cron"]._commit_progress(done, remaining=left):
                    return
                # Somebody may have paused meanwhile.
                campaign.invalidate_recordset(["sending_state"])
            later |= bool(campaign._count_waiting())
        self.env["ir.cron"]._commit_progress(remaining=0)
        if later:
            self._wake("cron_send_calls", fields.Datetime.now() + timedelta(minutes=1))

    def _in_staff_language(self):
        """Yield each campaign in the language of who follows it: reasons are kept as they are written."""
        for campaign in self:
            user = campaign._get_staff_user()
            yield campaign.with_context(lang=get_lang(self.env, user.lang).code)

    def _get_staff_user(self):
        """Return who of the staff is told what becomes of the letters."""
        return self.company_id._get_treasurer_user()

    def _mails_allowed(self):
        """Return how many mails of this campaign may be handed over now, a batch at most."""
        self.ensure_one()
        now = fields.Datetime.now()
        in_hour, in_minutes = (
            self.env["association.reminder.log"].search_count(
                [("campaign_id", "=", self.id), ("message_id", "!=", False), ("queued_on", ">", now - span)]
            )
            for span in (timedelta(hours=1), timedelta(minutes=BURST_MINUTES))
        )
        return min(BATCH, mails_allowed(self.mails_per_hour, in_hour, in_minutes))

    def _send_next_calls(self):
        """Send the next calls, a batch at most; return how many."""
        self.ensure_one()
        limit = self._mails_allowed() if self.sending_state == "running" else 0
        if not limit:
            return 0
        waiting = self.env["association.campaign.line"].search(self._get_waiting_domain(), limit=limit, order="id")
        moves = self._lock_calls(waiting.move_id)
        if moves:
            self._send_letters(dict.fromkeys(moves, self.env["association.reminder.step"]))
        return len(moves)

    def _lock_calls(self, moves):
        """Return the calls whose recipients nobody else is writing to at this moment.

        Calls of no campaign are held themselves.
        """
        lines = self.env["association.campaign.line"].search(
            [("campaign_id", "=", self.id), ("move_id", "in", moves.ids)]
        )
        held = lines - lines.try_lock_for_update(allow_referencing=True)
        single = moves - lines.move_id
        return moves - held.move_id - (single - single.try_lock_for_update(allow_referencing=True))

    # ---- the letters: one row of the log, one PDF and one mail for each call ----

    def _send_letters(self, steps):
        """Write the log of letters about some calls, and put their mails in Odoo's queue.

        Log and mail are committed together: killed before, neither is; run again, what has a row is
        not sent again.

        :param steps: {call: its reminder's step, empty for the call itself}.
        :return: the rows of the log.
        """
        self.ensure_one()
        moves = self.env["account.move"].union(*steps)
        errors = moves._prepare_call_documents()
        recipients = moves._get_letter_recipients()
        logs = (
            self.env["association.reminder.log"]
            .sudo()
            .create(
                [self._prepare_letter(move, step, recipients[move], errors.get(move)) for move, step in steps.items()]
            )
        )
        logs.flush_recordset()
        logs.filtered(lambda log: not log.by_post and not log.refusal)._hand_over()
        logs._try_to_print()
        return logs

    def _prepare_letter(self, move, step, recipient, error):
        """Return the values of the row of one letter."""
        partner, why_not = recipient
        return {
            "campaign_id": self.id,
            "step_id": step.id,
            "move_id": move.id,
            "membership_ids": [fields.Command.set(move.invoice_line_ids.membership_id.ids)],
            "partner_id": partner.id,
            "email": partner.email_normalized,
            "amount": move.amount_residual,
            "by_post": bool(why_not) and not error,
            "refusal": error or why_not,
        }
