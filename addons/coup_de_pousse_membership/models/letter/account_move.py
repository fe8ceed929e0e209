"""A call for a fee as a letter: what its text names, whom it goes to, its PDF."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import get_lang

from ..common.batch import explain, isolate

#: What the engine and a text say in their own words, that a person understands.
DOCUMENT_ERRORS = (UserError, ValueError, OSError)


def explain_document(env, error, what):
    """Return why a document could not be made, as a sentence; log what was not expected.

    :param what: what failed, for the log.
    """
    return str(error) if isinstance(error, DOCUMENT_ERRORS) else explain(env, error, what)


class AccountMove(models.Model):
    _inherit = "account.move"

    campaign_log_ids = fields.One2many("association.reminder.log", "move_id", string="Letters")
    call_members = fields.Char(compute="_compute_call_texts", compute_sudo=True, string="Members called")
    call_period = fields.Char(compute="_compute_call_texts", compute_sudo=True, string="Period called")
    call_explanation = fields.Char(compute="_compute_call_texts", compute_sudo=True, string="How the fee was found")
    call_reference = fields.Char(compute="_compute_call_texts", compute_sudo=True, string="Reference to quote")
    call_bank_id = fields.Many2one(
        "res.partner.bank", compute="_compute_call_bank_id", compute_sudo=True, string="Account to pay into"
    )
    call_due_date = fields.Date(
        compute="_compute_call_due_date",
        compute_sudo=True,
        string="Last day to pay the call",
        help="Of the earliest instalment that is still open.",
    )

    @api.depends("invoice_line_ids.membership_id", "payment_reference", "name")
    @api.depends_context("lang")
    def _compute_call_texts(self):
        for move in self:
            memberships = move.invoice_line_ids.membership_id
            move.call_members = ", ".join(memberships.partner_id.mapped("name"))
            move.call_period = ", ".join(
                dict.fromkeys(filter(None, (membership._period_label() for membership in memberships)))
            )
            move.call_explanation = memberships.quote_sentence if len(memberships) == 1 else False
            move.call_reference = move.payment_reference or move.name

    @api.depends("partner_bank_id", "company_id.partner_id.bank_ids")
    def _compute_call_bank_id(self):
        for move in self:
            move.call_bank_id = move.partner_bank_id or move.company_id.partner_id.bank_ids[:1]

    @api.depends("invoice_date_due", "line_ids.date_maturity", "line_ids.reconciled")
    def _compute_call_due_date(self):
        due = self._get_due_dates()
        for move in self:
            move.call_due_date = due.get(move.id, move.invoice_date_due)

    def _get_due_dates(self):
        """Return {id: last day to pay of the earliest instalment that is still open}."""
        return {
            move.id: day
            for move, day in self.env["account.move.line"]
            .sudo()
            ._read_group(
                [("move_id", "in", self.ids), ("display_type", "=", "payment_term"), ("reconciled", "=", False)],
                ["move_id"],
                ["date_maturity:min"],
            )
            if day
        }

    # ---- whom it goes to ----

    def _get_letter_recipients(self):
        """Return {call: (who receives letters about it, why none can be sent by mail)}.

        Today's billing correspondent comes first, wherever it is employed, then whom the call is made
        out to, then the organisation's own address. An address that came back is not written to again.
        """
        contacts = self._get_billing_contacts_of_payers()
        unusable = {False, *self._get_dead_addresses()}
        possible = {}
        for move in self:
            payer = move.invoice_line_ids.membership_id.payer_id[:1]
            possible[move] = contacts.get(payer, payer.browse()) | move.partner_id | payer | move.commercial_partner_id
        # Read together: each union would be read on its own.
        self.env["res.partner"].union(*possible.values()).fetch(["active", "name", "email", "email_normalized", "lang"])
        found = {}
        for move, partners in possible.items():
            candidates = partners.filtered("active") or move.partner_id
            alive = candidates.filtered(lambda partner: partner.email_normalized not in unusable)
            found[move] = (alive[:1], False) if alive else (candidates[:1], candidates._why_no_letter())
        return found

    def _get_billing_contacts_of_payers(self):
        """Return {payer: its billing correspondent today}."""
        members = (
            self.env["association.member"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", self.invoice_line_ids.membership_id.payer_id.ids),
                    ("company_id", "in", self.company_id.ids),
                ]
            )
        )
        return {member.partner_id: contact.sudo() for member, contact in members._get_billing_contacts().items()}

    def _get_dead_addresses(self):
        """Return the addresses that sent back a letter about calls of the same associations."""
        bounced = [
            ("company_id", "in", self.company_id.ids),
            ("message_id.notification_ids", "any", [("notification_status", "=", "bounce")]),
        ]
        return {email for [email] in self.env["association.reminder.log"].sudo()._read_group(bounced, ["email"])}

    # ---- what it holds ----

    def _render_letters(self, template, recipients):
        """Return {call: subject, text, sender}, each in its recipient's language.

        :param recipients: {call: (partner, …)}.
        """
        rendered = {}
        by_lang = self.grouped(lambda move: get_lang(self.env, recipients[move][0].lang).code)
        for lang, moves in by_lang.items():
            text = template.sudo().with_context(lang=lang)
            parts = {
                field: text._render_field(field, moves.ids, options={"post_process": field == "body_html"})
                for field in ("subject", "body_html", "email_from", "reply_to")
            }
            for move in moves:
                rendered[move] = {field: values[move.id] for field, values in parts.items()}
        return rendered

    def _prepare_call_documents(self):
        """Make the PDF of the calls that have none yet; return {call: why it has none}.

        One that cannot be printed does not keep the others.
        """
        refused = {}

        def refuse(move, error):
            why = explain_document(self.env, error, f"Printing the call {move.id}")
            refused[move] = self.env._("Its PDF could not be made: %s", why)

        missing = self.filtered(lambda move: not move.invoice_pdf_report_id)
        isolate(self.env, missing, lambda moves: moves._print_calls(), refuse)
        return refused

    def _print_calls(self):
        """Print the calls, and keep each PDF on its call, as Odoo's own sending does."""
        send = self.env["account.move.send"].sudo()
        data = {
            move.sudo(): {
                "pdf_report": send._get_default_pdf_report_id(move),
                "invoice_edi_format": send._get_default_invoice_edi_format(move, sending_methods={}),
                "sending_methods": {},
                "extra_edis": {},
                "author_user_id": self.env.uid,
                "author_partner_id": self.env.user.partner_id.id,
            }
            for move in self
        }
        send._generate_invoice_documents(data)
        errors = [entry["error"] for entry in data.values() if entry.get("error")]
        if errors:
            raise UserError(send._format_error_text(errors[0]))
