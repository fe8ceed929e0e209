"""Calls for fees: the invoices that memberships are paid by."""

from dataclasses import dataclass, replace
from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import float_repr

from ...calculation.common.amounts import decimal, split
from ..common.hold import hold

#: Whose membership it is, when it runs and what it costs: what a call says, and what its payment proves.
CALLED_FIELDS = frozenset({"member_id", "payer_id", "grid_id", "date_from", "date_to", "amount", "entry_fee"})
CALLED_STATES = ("called", "partial", "paid")


@dataclass(frozen=True)
class CallPart:
    """What one line of a call asks for.

    :param product: the ``product.product`` that it is invoiced as.
    :param label: what it is beside the product: a share, the entry fee; False for the whole fee.
    :param explanation: sentence that says how the amount was found.
    """

    product: object
    label: str
    amount: float
    explanation: str = ""


class AssociationMembership(models.Model):
    _inherit = "association.membership"

    # ---- what no longer changes once it is called ----

    def write(self, vals):
        if not self.env.su and not CALLED_FIELDS.isdisjoint(vals):
            self._check_as_called(vals)
        return super().write(vals)

    def _check_as_called(self, vals):
        """Raise if whose membership it is, its period or its fee changes after it was called or paid."""
        names = CALLED_FIELDS.intersection(vals)
        for membership in self.filtered(lambda membership: membership.payment_state in CALLED_STATES):
            changed = [name for name in sorted(names) if membership._differs_from(name, vals[name])]
            if changed:
                raise UserError(
                    self.env._(
                        "%(membership)s has been called or paid: “%(fields)s” can no longer change. Take the call back "
                        "with a credit note, then prepare another membership.",
                        membership=membership.display_name,
                        fields=", ".join(self._fields[name]._description_string(self.env) for name in changed),
                    )
                )

    def _differs_from(self, name, value):
        """Return whether a value is another one than the membership has."""
        field = self._fields[name]
        return field.convert_to_cache(value, self) != field.convert_to_cache(self[name], self)

    # ---- what can be called ----

    def _why_not_callable(self):
        """Return {membership: sentence that says why no call can be issued for it now}."""
        reasons = {}
        for membership in self:
            if membership.admission != "admitted":
                reasons[membership] = self.env._("Not admitted: record the decision first.")
            elif membership.payment_state == "free":
                reasons[membership] = self.env._("Nothing to call: the membership is free.")
            elif membership.payment_state == "cancelled":
                reasons[membership] = self.env._("Cancelled: create a new membership if the fee is owed after all.")
            elif membership.payment_state != "not_called":
                reasons[membership] = self.env._("Already called.")
            elif membership.sudo().line_ids.filtered(lambda line: line.parent_state == "draft"):
                reasons[membership] = self.env._("A draft call exists: post it or delete it before issuing another.")
            elif not membership.total:
                reasons[membership] = self.env._("No fee: choose a grid, or enter the amount.")
        return reasons

    def _without_reason(self, reasons):
        """Return the memberships that have no reason not to be called."""
        return self - self.browse().union(*reasons)

    def _reason_lines(self, reasons):
        """Return one line for each membership that cannot be called, with the reason."""
        return [
            self.env._("%(membership)s: %(reason)s", membership=membership.display_name, reason=reason)
            for membership, reason in reasons.items()
        ]

    def _list_reasons(self, reasons, limit=10):
        lines = [f"- {line}" for line in self._reason_lines(dict(list(reasons.items())[:limit]))]
        if len(reasons) > limit:
            lines.append(self.env._("… and %s more.", len(reasons) - limit))
        return "\n".join([self.env._("No call was issued. To be mended first:"), *lines])

    # ---- calls are issued ----

    def _issue_calls(self, invoice_date=None, due_date=None):
        """Create and post the calls for these memberships: one invoice per payer.

        Either all are called, or none.

        :param invoice_date: date of the invoices, today by default.
        :param due_date: last day to pay; by default, as the company's settings say.
        :return: the posted invoices.
        :raise UserError: if one membership cannot be called, with the reasons.
        """
        hold(self)
        moves = self.env["account.move"].create(self._prepare_calls(invoice_date, due_date))
        moves.action_post()
        return moves

    def _issue_calls_in_bulk(self, invoice_date=None, due_date=None):
        """Create and post the calls for these memberships, as :meth:`_issue_calls` does, ten times faster.

        The same invoices with the same journal items; what the chatter of an invoice says is shorter.
        Meant for some hundreds of memberships at a time, followed by a commit.

        :param invoice_date: date of the invoices, today by default.
        :param due_date: last day to pay; by default, as the company's settings say.
        :return: the posted invoices.
        :raise UserError: if one membership cannot be called, with the reasons; none is called then.
        """
        return self.env["account.move"]._create_posted_in_bulk(self._prepare_calls(invoice_date, due_date))

    def _prepare_calls(self, invoice_date=None, due_date=None):
        """Return the values of the calls for these memberships: one invoice per company and payer.

        :raise UserError: if one membership cannot be called, with the reasons.
        """
        reasons = self._why_not_callable()
        if reasons:
            raise UserError(self._list_reasons(reasons))
        invoice_date = invoice_date or fields.Date.context_today(self)
        addressees = self._get_addressees(invoice_date)
        vals_list = []
        for company, memberships in self.grouped("company_id").items():
            company._check_membership_accounting()
            due = due_date or company._get_call_due_date(fields.Date.to_date(invoice_date))
            for payer, called in memberships.grouped("payer_id").items():
                addressee = addressees.get(payer, payer)
                vals_list.append(called._prepare_call(company, addressee, invoice_date, due))
        return vals_list

    def _get_addressees(self, day):
        """Return {payer: the person of that organisation who receives its bills on a day}."""
        contacts = self.member_id._get_billing_contacts(day)
        return {
            member.partner_id: contact
            for member, contact in contacts.items()
            # Elsewhere employed, the person would owe the fee in the accounts.
            if contact.commercial_partner_id == member.partner_id.commercial_partner_id
        }

    def _prepare_call(self, company, payer, invoice_date, due_date):
        """Return the values of one invoice that calls these memberships' fees."""
        lang = payer.lang or self.env.lang
        called = self.with_context(lang=lang).with_company(company)
        vals = {
            "move_type": "out_invoice",
            "company_id": company.id,
            "journal_id": company.membership_journal_id.id,
            "partner_id": payer.id,
            "currency_id": company.currency_id.id,
            "invoice_date": invoice_date,
            "narration": company.with_context(lang=lang)._get_membership_tax_mention(),
            "invoice_line_ids": [
                fields.Command.create(line) for membership in called for line in membership._prepare_call_lines()
            ],
        }
        if due_date:
            vals.update(invoice_date_due=due_date, invoice_payment_term_id=False)
        else:
            vals["invoice_payment_term_id"] = company.membership_payment_term_id.id
        return vals

    # ---- the lines of a call ----

    def _prepare_call_lines(self):
        """Return the values of the lines of one membership."""
        self.ensure_one()
        return [self._prepare_call_line(part) for part in self._get_call_parts()]

    def _get_call_parts(self):
        """Return the :class:`CallPart` that a call for one membership has."""
        product = self.category_id._get_product()
        if self.open_elsewhere:
            # Imported with a balance: it is called for that balance.
            return [CallPart(product, self.env._("Balance brought forward"), self.open_elsewhere)]
        parts = [CallPart(share.product_id or product, share.name, amount) for share, amount in self._split_fee()]
        parts = parts or [CallPart(product, False, self.amount)]
        parts[0] = replace(parts[0], explanation=self.quote_sentence)
        if self.entry_fee:
            parts.append(CallPart(product, self.env._("Entry fee"), self.entry_fee))
        return [part for part in parts if part.amount or len(parts) == 1]

    def _split_fee(self):
        """Return [(share of the grid, its part of the fee)]; the parts sum to the fee exactly."""
        shares = self.grid_id.share_ids
        if not shares:
            return []
        parts = split(
            Decimal(float_repr(self.amount, self.currency_id.decimal_places)),
            [decimal(share.weight) for share in shares],
            decimal(self.currency_id.rounding),
        )
        return list(zip(shares, map(float, parts), strict=True))

    def _prepare_call_line(self, part):
        vals = {
            "product_id": part.product.id,
            "name": self._get_call_label(part),
            "quantity": 1.0,
            "price_unit": part.amount,
            "membership_id": self.id,
        }
        if self.company_id.membership_income_recognition == "on_receipt":
            vals["account_id"] = self.company_id.membership_waiting_account_id.id
        return vals

    def _get_call_label(self, part):
        """Say what is called, for whom when somebody else pays, and how the amount was found."""
        self.ensure_one()
        title = " – ".join(filter(None, [part.product.display_name, part.label]))
        title = f"{title} {self._period_label()}"
        if self.payer_id != self.partner_id:
            title = f"{title} – {self.partner_id.name}"
        return "\n".join(filter(None, [title, part.explanation]))
