"""Handing letters over to Odoo's mail queue, sending them again, and the list to print and post."""

import base64
import logging

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize
from odoo.tools.misc import get_lang
from odoo.tools.pdf import merge_pdf
from psycopg2 import OperationalError

from ...calculation.common.spreadsheet import Sheet
from .account_move_letter import DOCUMENT_ERRORS

_logger = logging.getLogger(__name__)

#: Documents that are made while the user waits: a second each.
PRINTED_AT_ONCE = 50


class AssociationReminderLog(models.Model):
    _inherit = "association.reminder.log"

    def _hand_over(self):
        """Put a mail for each of these letters in Odoo's queue."""
        by_text = self.grouped(lambda log: log.step_id.template_id or log.campaign_id.call_template_id)
        for template, logs in by_text.items():
            recipients = {log.move_id: (log.partner_id,) for log in logs}
            try:
                with self.env.cr.savepoint():
                    texts = logs.move_id._render_letters(template, recipients)
            except DOCUMENT_ERRORS as error:
                logs.refusal = self.env._(
                    "The text “%(text)s” could not be filled in: %(why)s", text=template.name, why=error
                )
                continue
            for log in logs:
                log._try_to_post(template, texts[log.move_id])
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _try_to_post(self, template, text):
        """Post one letter; what goes wrong with it stands in its row, and the others go on."""
        try:
            with self.env.cr.savepoint():
                self._post_letter(template, text)
        except OperationalError:
            # Two transactions met: Odoo runs this one again.
            raise
        except Exception as error:
            _logger.exception("Letter %s failed", self.id)
            self.refusal = self.env._(
                "An error that was not expected (%s) stands in the log of the server.", type(error).__name__
            )

    def _post_letter(self, template, text):
        """Post the letter on its call for its recipient alone, its mail waiting in the queue."""
        self.ensure_one()
        letter = self.with_context(lang=self._get_letter_lang())
        pdf = self.move_id.invoice_pdf_report_id
        message = (
            letter.move_id.with_company(self.company_id)
            .with_context(email_notification_allow_footer=True, disable_attachment_import=True, no_document=True)
            .message_post(
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                author_id=self.company_id.partner_id.id,
                email_from=text["email_from"],
                **({"reply_to": text["reply_to"]} if text["reply_to"] else {}),
                subject=text["subject"],
                body=text["body_html"],
                partner_ids=self.partner_id.ids,
                attachments=[(pdf.name, pdf.raw)] if pdf else [],
                email_layout_xmlid="mail.mail_notification_layout_with_responsible_signature",
                email_add_signature=False,
                mail_server_id=template.mail_server_id.id,
                model_description=letter.env._("Call for a fee"),
                mail_auto_delete=template.auto_delete,
                # The letter is for one addressee: neither the call's followers nor its author get a copy.
                notify_skip_followers=True,
                notify_author_mention=True,
                force_send=False,
            )
        )
        # The copy belongs to the message, not to the call, which has the PDF itself.
        message.attachment_ids.write({"res_model": message._name, "res_id": message.id})
        self.write({"message_id": message.id, "queued_on": fields.Datetime.now(), "refusal": False, "by_post": False})

    # ---- again ----

    def action_correct_address(self):
        """Open the address that a letter could not reach, to correct it and send the letter again."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Correct the address and send again"),
            "res_model": "association.letter.address.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_log_id": self.id},
        }

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
        """Refuse to make more documents than the user can wait for; those by post were made with their row."""
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
        """Return the reminders to print whose document is not made, or tells what is no longer so."""
        return self.filtered(lambda letter: letter.step_id and letter.document_facts != letter._get_document_facts())

    def _get_document_facts(self):
        """Return what a letter tells that may change before it is printed: the address, and what is left to pay."""
        return f"{self.partner_id._display_address()}\n{self.move_id.amount_residual}"

    def _print_reminders(self):
        """Make the PDF of the reminders that have none yet."""
        report = self.env["ir.actions.report"]
        for letter in self._without_document():
            content, _kind = report._render_qweb_pdf(
                "coup_de_pousse_membership.report_reminder_letter_action", letter.ids
            )
            letter.write({"document": base64.b64encode(content), "document_facts": letter._get_document_facts()})

    def _try_to_print(self):
        """Make what is to be posted; one that cannot be made says why when the user prints it."""
        for letter in self.filtered(lambda letter: letter.by_post):
            try:
                with self.env.cr.savepoint():
                    letter._print_reminders()
            except DOCUMENT_ERRORS as error:
                _logger.info("Reminder %s cannot be printed: %s", letter.id, error)

    def _get_letter_lang(self):
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
