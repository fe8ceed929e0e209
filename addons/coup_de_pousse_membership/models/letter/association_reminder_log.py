"""What was sent of a campaign: each call and each reminder, once, and what became of it."""

import base64
import logging
import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize, html2plaintext
from odoo.tools.misc import get_lang
from odoo.tools.pdf import merge_pdf

from ...calculation.common.spreadsheet import Sheet
from ...calculation.letter.letter import letter_state
from ..common.batch import attempt, explain
from .account_move import explain_document

_logger = logging.getLogger(__name__)

#: Documents that are made while the user waits: a second each.
PRINTED_AT_ONCE = 50

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
#: States of a letter that did not reach its addressee.
UNREACHED = ("to_post", "bounced", "failed")


class AssociationReminderLog(models.Model):
    """A letter about a call: the call itself (without a step), or a reminder.

    Both in one table, since they share queue, rate, addresses, bounces and the list to post.
    """

    _name = "association.reminder.log"
    _description = "Letter of a Campaign"
    _inherit = ["association.part"]
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    campaign_id = fields.Many2one(
        "association.campaign", required=True, ondelete="cascade", index=True, check_company=True
    )
    company_id = fields.Many2one(related="campaign_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    payment_state = fields.Selection(related="move_id.payment_state", string="Payment")
    step_id = fields.Many2one(
        "association.reminder.step",
        string="Reminder",
        ondelete="restrict",
        index="btree_not_null",
        readonly=True,
        check_company=True,
    )
    kind = fields.Char(compute="_compute_kind", string="Letter")
    move_id = fields.Many2one(
        "account.move",
        string="Call",
        required=True,
        ondelete="cascade",
        index=True,
        readonly=True,
        check_company=True,
    )
    membership_ids = fields.Many2many(
        "association.membership",
        "association_reminder_log_membership_rel",
        string="Memberships",
        readonly=True,
        check_company=True,
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
            log.failure = log._get_failure() if log.state in UNREACHED else False

    def _get_failure(self):
        """Return why a letter did not reach its addressee."""
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

    # ---- handed over to the queue of mails ----

    def _hand_over(self):
        """Put a mail for each of these letters in Odoo's queue."""
        by_text = self.grouped(lambda log: log.step_id.template_id or log.campaign_id.call_template_id)
        for template, logs in by_text.items():
            logs._fill_in_and_post(template)
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _fill_in_and_post(self, template):
        """Post letters of one text; what goes wrong with one stands in its row, and the others go on."""
        texts, recipients = {}, {log.move_id: (log.partner_id,) for log in self}
        if error := attempt(self.env, lambda: texts.update(self.move_id._render_letters(template, recipients))):
            why = explain_document(self.env, error, f"Filling in the text {template.id}")
            self.refusal = self.env._(
                "The text “%(text)s” could not be filled in: %(why)s", text=template.name, why=why
            )
            return
        for log in self:
            if error := attempt(self.env, lambda log=log: log._post_letter(template, texts[log.move_id])):
                log.refusal = explain(self.env, error, f"Letter {log.id}")

    def _post_letter(self, template, text):
        """Post the letter on its call for its recipient alone, its mail waiting in the queue."""
        self.ensure_one()
        letter = self.with_context(lang=self._get_letter_lang())
        move = letter.move_id.with_company(self.company_id).with_context(
            email_notification_allow_footer=True, disable_attachment_import=True, no_document=True
        )
        message = move.message_post(**letter._prepare_message(template, text))
        # The copy belongs to the message, not to the call, which has the PDF itself.
        message.attachment_ids.write({"res_model": message._name, "res_id": message.id})
        self.write({"message_id": message.id, "queued_on": fields.Datetime.now(), "refusal": False, "by_post": False})

    def _prepare_message(self, template, text):
        """Return the values of the message that is the letter."""
        pdf = self.move_id.invoice_pdf_report_id
        return {
            "message_type": "comment",
            "subtype_xmlid": "mail.mt_comment",
            "author_id": self.company_id.partner_id.id,
            "email_from": text["email_from"],
            **({"reply_to": text["reply_to"]} if text["reply_to"] else {}),
            "subject": text["subject"],
            "body": text["body_html"],
            "partner_ids": self.partner_id.ids,
            "attachments": [(pdf.name, pdf.raw)] if pdf else [],
            "email_layout_xmlid": "mail.mail_notification_layout_with_responsible_signature",
            "email_add_signature": False,
            "mail_server_id": template.mail_server_id.id,
            "model_description": self.env._("Call for a fee"),
            "mail_auto_delete": template.auto_delete,
            # The letter is for one addressee: neither the call's followers nor its author get a copy.
            "notify_skip_followers": True,
            "notify_author_mention": True,
            "force_send": False,
        }

    # ---- again ----

    def action_correct_address(self):
        """Open the address that a letter could not reach, to correct it and send the letter again."""
        self.ensure_one()
        self.check_access("write")
        return self.env["association.letter.address.wizard"]._get_records_action(
            name=self.env._("Correct the address and send again"),
            target="new",
            context={"default_log_id": self.id},
        )

    def action_send_again(self):
        """Send again what did not arrive, each to the address that its addressee has today."""
        self.check_access("write")
        arrived = self.filtered(lambda log: log.state in ("queued", "sent"))
        if arrived:
            raise UserError(
                self.env._(
                    "Already on their way, or arrived: %(names)s. Keep only letters that failed, came back or "
                    "have no address.",
                    names=", ".join(arrived[:5].partner_id.mapped("display_name")),
                )
            )
        self.sudo()._send_again()
        return True

    def _send_again(self):
        """Hand over again letters that did not arrive, in place of what was queued for them before."""
        self.env["mail.mail"].search(
            [("mail_message_id", "in", self.message_id.ids), ("state", "in", ("outgoing", "exception"))]
        ).cancel()
        # An address that sent these letters back is tried once more, since the treasurer asks for it.
        self.message_id = False
        errors = self.move_id._prepare_call_documents()
        recipients = self.move_id._get_letter_recipients()
        for log in self:
            partner, why_not = recipients[log.move_id]
            log.write(
                {
                    "partner_id": partner.id,
                    "email": partner.email_normalized,
                    "posted_on": False,
                    "by_post": bool(why_not),
                    "refusal": errors.get(log.move_id) or why_not,
                }
            )
        self.filtered(lambda log: not log.refusal)._hand_over()

    def _correct_address(self, email):
        """Write the address of a letter's addressee, and send the letter again.

        :raise UserError: if it is not an e-mail address.
        """
        self.ensure_one()
        self.check_access("write")
        email = (email or "").strip()
        if not email_normalize(email):
            raise UserError(self.env._("“%s” is not an e-mail address: write one such as name@example.org.", email))
        self.partner_id.email = email
        self.sudo()._send_again()

    # ---- by post ----

    def action_mark_posted(self):
        """Record that letters were posted today."""
        self.check_access("write")
        self.filtered(lambda log: not log.posted_on).posted_on = fields.Date.context_today(self)
        return True

    def action_print_letters(self):
        """Download one PDF to print: each call, after its letter where it is a reminder."""
        self.check_access("read")
        letters = self.sudo().with_context(bin_size=False)
        if not letters:
            raise UserError(self.env._("Select the letters to print."))
        letters._check_printed_soon()
        missing = letters.move_id._prepare_call_documents()
        if missing:
            raise UserError("\n".join(f"{move.name}: {why}" for move, why in missing.items()))
        letters._print_reminders()
        pages = []
        for letter in letters:
            if letter.step_id:
                pages.append(base64.b64decode(letter.document))
            pages.append(letter.move_id.invoice_pdf_report_id.raw)
        name = self.env._("Letters to post") + ".pdf"
        return self.env["association.spreadsheet"]._download_file(name, merge_pdf(pages))

    def _check_printed_soon(self):
        """Raise a UserError for more documents than the user can wait for; those by post were made with their row."""
        slow = len(self._without_document()) + len(self.move_id.filtered(lambda move: not move.invoice_pdf_report_id))
        if slow > PRINTED_AT_ONCE:
            raise UserError(
                self.env._(
                    "%(count)s of these documents are still to be made, a second each: select fewer letters, so that "
                    "%(limit)s at most are, print them, then go on with the next.",
                    count=slow,
                    limit=PRINTED_AT_ONCE,
                )
            )

    def _without_document(self):
        """Return the reminders to print whose document is not made, or says what is no longer so."""
        return self.filtered(lambda letter: letter.step_id and letter.document_facts != letter._get_document_facts())

    def _get_document_facts(self):
        """Return what a letter says that may change before it is printed: the address, and what is left to pay."""
        return f"{self.partner_id._display_address()}\n{self.move_id.amount_residual}"

    def _print_reminders(self):
        """Make the PDF of the reminders that have none yet."""
        report = self.env["ir.actions.report"]
        for letter in self._without_document():
            content, _kind = report._render_qweb_pdf(
                "coup_de_pousse_membership.report_reminder_letter_action", letter.ids
            )
            letter._write_facts({"document": base64.b64encode(content), "document_facts": letter._get_document_facts()})

    def _try_to_print(self):
        """Make what is to be posted; one that cannot be made says why when the user prints it."""
        for letter in self.filtered("by_post"):
            if error := attempt(self.env, letter._print_reminders):
                why = explain_document(self.env, error, f"Printing the reminder {letter.id}")
                _logger.info("Reminder %s cannot be printed: %s", letter.id, why)

    def _get_letter_lang(self):
        """Return the language of the addressee."""
        return get_lang(self.env, self.partner_id.lang).code

    def _get_letter_text(self):
        """Return the subject and text of a reminder, as its mail would have them today."""
        self.ensure_one()
        move = self.sudo().move_id
        return move._render_letters(self.step_id.template_id, {move: (self.partner_id,)})[move]

    def action_export_letters(self):
        """Download the addresses to post to, for labels."""
        self.check_access("read")
        columns = [
            (self.env._("Addressed to"), 40, "text"),
            (self.env._("Address"), 60, "text"),
            (self.env._("Members"), 40, "text"),
            (self.env._("Call"), 20, "text"),
            (self.env._("Left to pay"), 14, "money"),
            (self.env._("Why"), 40, "text"),
        ]
        rows = [
            (
                log.partner_id.display_name,
                " ".join(log.sudo().partner_id._display_address(without_company=True).split("\n")).strip(),
                log.members,
                log.sudo().move_id.name,
                log.amount,
                log.failure,
            )
            for log in self
        ]
        name = self.env._("Letters to post")
        return self.env["association.spreadsheet"]._download(name, [Sheet(name, columns, rows)])
