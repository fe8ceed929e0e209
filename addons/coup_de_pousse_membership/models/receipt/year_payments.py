"""Reads what was given and paid in a civil year, for the rules of ``calculation/receipt/refusals.py``."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN

from odoo.tools import SQL

from ...calculation.common.amounts import CENT, decimal
from ...calculation.receipt.refusals import COMPANY, FEE, GIFT, INDIVIDUAL, PUBLIC, Payment, refusal, stated
from ..register.settlements import money_of_entry, read_settlements

PUBLIC_FORMS = ("local_authority", "public_body")
#: What came in as money for calls, by who paid it and how; how much of the call is a fee, and how much of it gives
#: access to services.
FEES = """
    SELECT call.id, call.name, other.id, other.date,
           COALESCE(cheque.partner_id, statement.partner_id, payment.partner_id, other.partner_id),
           ROUND(part.debit_amount_currency * entry.money, 2),
           CASE WHEN journal.type = 'cash' THEN 'cash'
                WHEN cheque.id IS NOT NULL THEN 'cheque' ELSE 'transfer' END,
           shares.fee, shares.counterpart, shares.total
      FROM account_partial_reconcile part
      JOIN account_move_line own ON own.id = part.debit_move_id
      JOIN account_move call ON call.id = own.move_id
      JOIN account_move_line other ON other.id = part.credit_move_id
      JOIN account_move other_move ON other_move.id = other.move_id
      JOIN account_journal journal ON journal.id = other_move.journal_id
      LEFT JOIN association_cheque cheque ON cheque.id = other.cheque_id
      LEFT JOIN account_bank_statement_line statement ON statement.id = other_move.statement_line_id
      LEFT JOIN account_payment payment ON payment.id = other_move.origin_payment_id
      %(money)s
      JOIN LATERAL (
          SELECT SUM(line.price_total) AS total,
                 SUM(line.price_total) FILTER (WHERE line.membership_id IS NOT NULL AND NOT %(counterpart)s) AS fee,
                 SUM(line.price_total) FILTER (WHERE line.membership_id IS NOT NULL AND %(counterpart)s) AS counterpart
            FROM account_move_line line
           WHERE line.move_id = call.id AND line.display_type = 'product'
           ) shares ON TRUE
     WHERE call.company_id = %(company)s AND call.move_type = 'out_invoice' AND call.state = 'posted'
       AND other_move.move_type = 'entry' AND entry.money > 0
       AND other.date BETWEEN %(first)s AND %(last)s
       AND (shares.fee IS NOT NULL OR shares.counterpart IS NOT NULL)
       AND (%(all)s OR other.id = ANY(%(lines)s))
     ORDER BY other.date, other.id, call.id
"""


@dataclass
class Entry:
    """A gift, or the part of a payment that is for fees of one kind.

    :param partner: who gave: the receipt would be theirs.
    :param nature: ``money``, ``goods``, ``waived``; :param mode: how the money came.
    :param values: the links by which a receipt's line names it: ``gift_id``, or ``payment_line_id`` and ``call_id``.
    :param payment: what the rules need to know.
    """

    partner: object
    day: date
    nature: str
    mode: str
    label: str
    values: dict
    payment: Payment
    reason: str | None = None

    @property
    def stated(self):
        return stated(self.payment)

    @property
    def key(self):
        return tuple(sorted(self.values.items()))


class YearPayments:
    """The payments of a civil year of an association, each with why it gives no right to a receipt, if so.

    A fixed number of queries, however many payments.

    :param company: the association; who asks may read its gifts and its books.
    """

    def __init__(self, company, year):
        self.company, self.year, self.env = company, year, company.env
        self.first, self.last = date(year, 1, 1), date(year, 12, 31)
        self.setting = company.sudo()._get_receipt_setting()

    def list_entries(self, gifts=None, payment_lines=None, ignoring=None):
        """Return the :class:`Entry` of the year.

        :param gifts: only these gifts; :param payment_lines: and only these payments of fees. Both None: all.
        :param ignoring: receipts that count for nothing: those about to be replaced.
        """
        everything = gifts is None and payment_lines is None
        entries = []
        if everything or gifts:
            entries += self._read_gifts(gifts)
        if everything or payment_lines:
            entries += self._read_fees(payment_lines)
        self._judge(entries, ignoring)
        return sorted(entries, key=lambda entry: (entry.day, entry.key))

    # ---- gifts ----

    def _read_gifts(self, gifts):
        domain = [
            ("company_id", "=", self.company.id),
            ("date", ">=", self.first),
            ("date", "<=", self.last),
            ("state", "!=", "draft"),
        ]
        if gifts is not None:
            domain.append(("id", "in", gifts.ids))
        found = self.env["association.gift"].search(domain)
        invoices = found.move_id.sudo().filtered(lambda move: move.move_type == "out_invoice")
        settled = read_settlements(invoices)
        paid = {
            invoice.id: sum(one.amount * one.money for one in settled.get(invoice.id, ()) if one.kind == "entry")
            >= decimal(invoice.amount_total)
            for invoice in invoices
        }
        return [self._make_gift(gift, paid) for gift in found]

    def _make_gift(self, gift, paid):
        move = gift.move_id.sudo()
        undone = gift.state == "cancelled" or bool(move and (move.state != "posted" or move.reversal_move_ids))
        facts = {
            "given_back": decimal(gift.given_back),
            "paid": paid.get(move.id, True),
            "undone": undone,
        }
        return Entry(
            partner=gift.partner_id,
            day=gift.date,
            nature=gift.kind,
            mode=gift.payment_mode if gift.kind == "money" else False,
            label=gift.description or dict(gift._fields["kind"]._description_selection(self.env))[gift.kind],
            values={"gift_id": gift.id},
            payment=self._make_payment(GIFT, gift.partner_id, decimal(gift.amount), **facts),
        )

    # ---- fees ----

    def _read_fees(self, payment_lines):
        self.env.flush_all()
        rows = self.env.execute_query(self._select_fees(payment_lines))
        partners = self.env["res.partner"].browse([row[4] for row in rows]).exists()
        partners.fetch(["name", "is_company", "legal_form", "street", "zip", "city", "active"])
        return [entry for row in rows for entry in self._make_fees(*row)]

    def _make_fees(self, call, name, line, day, partner, amount, mode, fee, counterpart, total):
        """Return the parts of a payment that are for fees: those without counterpart, and those with one."""
        partner = self.env["res.partner"].browse(partner)
        received = decimal(amount)
        for share, has_counterpart in ((fee, False), (counterpart, True)):
            if not share or not total:
                continue
            part = (received * decimal(share) / decimal(total)).quantize(CENT, ROUND_DOWN)
            yield Entry(
                partner=partner,
                day=day,
                nature="money",
                mode=mode,
                label=name,
                values={"payment_line_id": line, "call_id": call},
                payment=self._make_payment(FEE, partner, part, has_counterpart=has_counterpart),
            )

    def _select_fees(self, payment_lines):
        """Return the query of what came in as money for calls, with how much of each call is a fee."""
        company = self.company.sudo()
        counterpart = SQL(
            "(line.account_id = %s OR line.product_id = ANY(%s))",
            company.membership_income_counterpart_account_id.id or 0,
            self.env.ref("coup_de_pousse_membership.product_membership_fee_counterpart").sudo().ids,
        )
        return SQL(
            FEES,
            money=money_of_entry(),
            counterpart=counterpart,
            company=company.id,
            first=self.first,
            last=self.last,
            all=payment_lines is None,
            lines=[] if payment_lines is None else payment_lines.ids,
        )

    # ---- the rules ----

    def _make_payment(self, source, partner, amount, **facts):
        contact = partner.sudo()
        return Payment(
            source=source,
            donor=self._get_donor(contact),
            amount=amount,
            named=bool(contact.name),
            addressed=bool(contact.street and contact.zip and contact.city),
            archived=not contact.active,
            **facts,
        )

    @staticmethod
    def _get_donor(partner):
        if partner.legal_form in PUBLIC_FORMS:
            return PUBLIC
        return COMPANY if partner.is_company else INDIVIDUAL

    def _judge(self, entries, ignoring):
        """Say of each entry which receipt states it, else why none would."""
        known = self._find_receipts(entries, ignoring)
        for entry in entries:
            receipt = known.get(entry.key, "")
            entry.payment = Payment(**{**vars(entry.payment), "receipt": receipt})
            entry.reason = refusal(entry.payment, self.setting)

    def _find_receipts(self, entries, ignoring):
        """Return {key of the entry: number of the receipt that states it}."""
        gifts = [entry.values["gift_id"] for entry in entries if "gift_id" in entry.values]
        lines = [entry.values["payment_line_id"] for entry in entries if "payment_line_id" in entry.values]
        found = (
            self.env["association.tax.receipt.line"]
            .sudo()
            .search_fetch(
                [
                    ("is_live", "=", True),
                    ("receipt_id", "not in", ignoring.ids if ignoring else []),
                    "|",
                    ("gift_id", "in", gifts),
                    ("payment_line_id", "in", lines),
                ],
                ["receipt_id", "gift_id", "payment_line_id", "call_id"],
            )
        )
        return {
            (("gift_id", line.gift_id.id),)
            if line.gift_id
            else (("call_id", line.call_id.id), ("payment_line_id", line.payment_line_id.id)): line.receipt_id.name
            for line in found
        }
