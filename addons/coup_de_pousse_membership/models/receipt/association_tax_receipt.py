"""Tax receipts: a frozen statement with a number of its own, cancelled and replaced but never edited."""

import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date, formatLang

from ...calculation.receipt.grouping import group
from ...calculation.receipt.snapshot import fingerprint, freeze
from ..common.hold import hold
from ..common.notification import notification
from .association_receipt_form import KINDS
from .receipt_facts import ReceiptFacts
from .refusal_words import RefusalWords
from .year_payments import YearPayments


class AssociationTaxReceipt(models.Model):
    _name = "association.tax.receipt"
    _description = "Tax Receipt"
    _inherit = ["mail.thread"]
    _order = "year desc, name desc"
    _check_company_auto = True

    name = fields.Char(string="Receipt number", required=True, readonly=True, copy=False)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner", string="Donor", required=True, readonly=True, ondelete="restrict", index=True
    )
    year = fields.Integer(required=True, readonly=True, aggregator=None, help="Civil year of what was given.")
    kind = fields.Selection(KINDS, required=True, readonly=True)
    issued_on = fields.Date(required=True, readonly=True)
    amount = fields.Monetary(required=True, readonly=True)
    state = fields.Selection(
        [("issued", "Issued"), ("cancelled", "Cancelled")],
        required=True,
        readonly=True,
        default="issued",
        tracking=True,
    )
    line_ids = fields.One2many("association.tax.receipt.line", "receipt_id", string="Payments", readonly=True)
    facts = fields.Text(required=True, readonly=True, copy=False, help="All that the paper says, as it was issued.")
    fingerprint = fields.Char(required=True, readonly=True, copy=False, help="SHA-256 of what was frozen.")
    is_intact = fields.Boolean(compute="_compute_is_intact", string="As it was issued")
    signature = fields.Image(readonly=True, copy=False)
    replaces_id = fields.Many2one(
        "association.tax.receipt", readonly=True, copy=False, check_company=True, index="btree_not_null"
    )
    replaced_by_ids = fields.One2many("association.tax.receipt", "replaces_id", string="Replaced by", readonly=True)
    cancelled_on = fields.Date(readonly=True, copy=False)
    cancel_reason = fields.Char(readonly=True, copy=False, tracking=True)
    printed_on = fields.Datetime(
        string="First printed on", readonly=True, copy=False, help="What is printed after that says “duplicata”."
    )
    sent_on = fields.Datetime(string="Sent on", readonly=True, copy=False)

    _number_once = models.UniqueIndex(
        "(company_id, name)", "This number is taken: receipts are numbered without a gap."
    )
    _amount_positive = models.Constraint("CHECK (amount > 0)", "A receipt states more than 0.")
    _cancelled_dated = models.Constraint(
        "CHECK ((state = 'cancelled') = (cancelled_on IS NOT NULL AND cancel_reason IS NOT NULL))",
        "A receipt that is cancelled says when, and why.",
    )

    @api.depends("facts", "fingerprint")
    def _compute_is_intact(self):
        for receipt in self:
            receipt.is_intact = fingerprint(receipt.facts or "") == receipt.fingerprint

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A receipt is never deleted: its number would be missing. Cancel it instead."))

    # ---- issuing ----

    @api.model
    def _issue(self, company, year, entries, replaces=None):
        """Issue the receipts of these payments, each with its number and its frozen facts.

        :param entries: the :class:`~.year_payments.Entry` of one civil year; all of them may have a receipt.
        :param replaces: the receipt that is replaced by the only one issued.
        :raise UserError: if one of them may not.
        """
        for entry in entries:
            if entry.reason:
                raise UserError(
                    self.env._(
                        "%(donor)s – %(payment)s: %(reason)s",
                        donor=entry.partner.name,
                        payment=entry.label,
                        reason=RefusalWords(self.env).say(entry),
                    )
                )
        facts, day = ReceiptFacts(company), fields.Date.context_today(self)
        keyed = [
            (entry.partner.id, entry.partner.sudo().is_company, entry.nature, entry.day, entry) for entry in entries
        ]
        groups = group(keyed, company.sudo().receipt_per_gift)
        return self._create_with_facts([self._prepare(company, year, found, facts, day, replaces) for found in groups])

    def _prepare(self, company, year, entries, facts, day, replaces):
        kind, number = facts.get_kind(entries[0].partner), company._get_receipt_number(year)
        text = freeze(facts.gather(kind, number, entries, day, replaces.name if replaces else ""))
        return {
            "name": number,
            "company_id": company.id,
            "partner_id": entries[0].partner.id,
            "year": year,
            "kind": kind,
            "issued_on": day,
            "amount": float(sum(entry.stated for entry in entries)),
            "facts": text,
            "fingerprint": fingerprint(text),
            "signature": company.sudo().receipt_signature,
            "replaces_id": replaces.id if replaces else False,
            "line_ids": [
                Command.create(
                    {
                        **entry.values,
                        "year": year,
                        "date": entry.day,
                        "name": entry.label,
                        "nature": entry.nature,
                        "payment_mode": entry.mode,
                        "amount": float(entry.stated),
                    }
                )
                for entry in entries
            ],
        }

    # ---- cancelling and replacing ----

    def action_cancel(self):
        """Open the window that asks why this receipt is cancelled, and whether another takes its place."""
        self.ensure_one()
        self.check_access("write")
        return self.env["association.receipt.cancel.wizard"]._get_records_action(
            name=self.env._("Cancel receipt %s", self.name), target="new", context={"default_receipt_id": self.id}
        )

    def _cancel(self, reason):
        """Cancel this receipt: what it stated may be stated by another one."""
        self.ensure_one()
        self.check_access("write")
        hold(self)
        if self.state == "cancelled":
            raise UserError(self.env._("Receipt %s is cancelled already.", self.name))
        self._write_facts(
            {"state": "cancelled", "cancelled_on": fields.Date.context_today(self), "cancel_reason": reason}
        )
        self.line_ids._write_facts({"is_live": False})

    def _replace(self, reason):
        """Cancel this receipt and issue another one of the same payments, as they stand today.

        :raise UserError: if one of them may no longer have a receipt: nothing is done then.
        """
        self.ensure_one()
        self._cancel(reason)
        payments = YearPayments(self.company_id, self.year)
        entries = payments.list_entries(gifts=self.line_ids.gift_id, payment_lines=self.line_ids.payment_line_id)
        keys = {(line.gift_id.id, line.payment_line_id.id, line.call_id.id) for line in self.line_ids}
        entries = [
            entry
            for entry in entries
            if tuple(entry.values.get(name, False) for name in ("gift_id", "payment_line_id", "call_id")) in keys
            and not entry.payment.has_counterpart
        ]
        if len(entries) != len(self.line_ids):
            raise UserError(
                self.env._("Not all that receipt %s states is still there: cancel it without replacing it.", self.name)
            )
        return self._issue(self.company_id, self.year, entries, replaces=self)

    # ---- on paper ----

    def _get_paper(self):
        """Return what the paper says, from what was frozen alone, with its amounts and days as they are read."""
        self.ensure_one()
        facts = json.loads(self.facts)
        amount = formatLang(self.env, float(facts["amount"]), digits=2)
        for payment in facts["payments"]:
            payment["day"] = format_date(self.env, payment["date"])
            for name in ("amount", "given_back", "stated"):
                payment[f"{name}_shown"] = formatLang(self.env, float(payment[name]), digits=2)
        return {
            **facts,
            "amount_shown": f"***{amount}\N{NO-BREAK SPACE}{self.currency_id.symbol}***",
            "day": format_date(self.env, facts["issued_on"]),
            "natures": {payment["nature"] for payment in facts["payments"]},
            "modes": {payment["mode"] for payment in facts["payments"]},
            "sources": {payment["source"] for payment in facts["payments"]},
            "is_duplicate": bool(self.printed_on),
            "is_cancelled": self.state == "cancelled",
        }

    def _get_paper_lang(self):
        """Return the language of the paper."""
        return ReceiptFacts(self.company_id)._get_lang()

    def action_send(self):
        """Send these receipts by mail, each to its donor."""
        self.check_access("write")
        unreachable = self.filtered(lambda receipt: not receipt.partner_id.email)
        if unreachable:
            raise UserError(
                self.env._(
                    "No mail can reach %s: enter an address, or print the receipt.",
                    ", ".join(unreachable.partner_id.mapped("name")),
                )
            )
        self._send()
        return notification(self.env._("%s receipts are on their way.", len(self)))

    def _send(self):
        """Put one mail for each of these receipts into the queue."""
        template = self.env.ref("coup_de_pousse_membership.mail_template_tax_receipt").sudo()
        for receipt in self.filtered(lambda one: one.state == "issued"):
            template.send_mail(receipt.id)
            receipt._write_facts({"sent_on": fields.Datetime.now()})
