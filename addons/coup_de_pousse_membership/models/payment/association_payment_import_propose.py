"""Which calls the lines of an import pay: what the plain module decides, put into words."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import float_repr
from odoo.tools.translate import LazyTranslate

from ...calculation.payment.payment_matching import BankLine, OpenItem, match

_lt = LazyTranslate(__name__)

#: A call settled longer ago than this is not taken for the one that a line pays a second time.
SETTLED_DAYS = 550
#: Journal entries that wait for the bank: payments announced, cheque deposits.
WAITING_MOVES = ["|", ("origin_payment_id", "!=", False), ("cheque_deposit_ids", "!=", False)]

PROPOSAL_SENTENCES = {
    "unknown": _lt("Neither a reference, nor a name, nor an amount that only one call has."),
    "deposit": _lt("Cheque deposit %(calls)s: the label says cheques, the amount is its total."),
    "reference": _lt("The reference of %(calls)s and its exact amount."),
    "references": _lt("The references of %(calls)s and their exact sum: one transfer for several calls."),
    "reference_less": _lt("The reference of %(calls)s; %(missing)s less than what is due: it stays partly paid."),
    "reference_more": _lt("The reference of %(calls)s; %(surplus)s too much, which stays on the payer's account."),
    "reference_and_others": _lt("The reference of one call, and the exact sum with others of %(payer)s: %(calls)s."),
    "paid_twice": _lt(
        "The reference of a call of %(payer)s that is settled already: paid twice? It stays on the payer's account."
    ),
    "email": _lt("The email of %(payer)s, and the exact amount of %(calls)s."),
    "name": _lt("The name of %(payer)s, and the exact amount of %(calls)s."),
    "name_several": _lt("The name of %(payer)s, and the exact sum of several calls: %(calls)s."),
    "name_less": _lt("The name of %(payer)s, but less than what is due: given to the oldest call (%(calls)s)."),
    "name_more": _lt("The name of %(payer)s, but %(surplus)s more than what is due."),
    "name_paid_twice": _lt(
        "The name of %(payer)s, whose call of this amount is settled already: paid twice? Nothing else is due."
    ),
    "other_currency": _lt(
        "It names %(calls)s, in another currency than this bank account: nothing is proposed. Record the payment on "
        "the call itself, at the bank's rate, and leave this line out."
    ),
    "amount": _lt("Only %(calls)s (%(payer)s) has this amount, and only this line."),
}


class AssociationPaymentImportLine(models.Model):
    _inherit = "association.payment.import.line"

    def _propose(self):
        """Replace the proposals of these lines; a number of queries that does not depend on how many."""
        self.check_access("write")
        lines = self.filtered(lambda line: line.state in ("todo", "suspense"))
        for some in lines.grouped(lambda line: (line.company_id, line.currency_id)).values():
            some._store_proposals(some._match())

    def _match(self):
        """Return {line's id: proposal} of lines of one association and currency."""
        items = self._get_open_items(self.company_id, self.currency_id)
        return match([line._as_bank_line() for line in self], items)

    def _as_bank_line(self):
        self.ensure_one()
        texts = dict.fromkeys(filter(None, [self.label, self.reference]))
        return BankLine(
            id=self.id,
            date=self.date,
            amount=Decimal(float_repr(self.amount, 2)),
            text=" ".join(texts),
            name=self.payer_name or "",
            email=self.email or "",
        )

    def _store_proposals(self, proposals):
        """Replace the proposals of these lines.

        :param proposals: {line's id: proposal}, of others too.
        """
        Part = self.env["association.payment.import.part"]
        self.part_ids.unlink()
        proposals = {line.id: proposals[line.id] for line in self}
        moves = self.env["account.move"].browse(
            {
                move_id
                for proposal in proposals.values()
                for move_id in (*(part[0] for part in proposal.parts), *proposal.foreign)
            }
        )
        payers = (
            self.env["res.partner"].browse({proposal.payer for proposal in proposals.values() if proposal.payer}).sudo()
        )
        numbers = {move.id: move.name for move in moves.sudo()}
        names = {payer.id: payer.name or "" for payer in payers}
        Part.create(
            [
                {"line_id": line_id, "move_id": move_id, "amount": float(amount)}
                for line_id, proposal in proposals.items()
                for move_id, amount in proposal.parts
            ]
        )
        for line in self:
            proposal = proposals[line.id]
            line._write_proposal(
                {
                    "certainty": proposal.certainty,
                    "payer_id": proposal.payer or False,
                    "reason": line._proposal_sentence(proposal, numbers, names),
                }
            )

    def _proposal_sentence(self, proposal, numbers, names):
        calls = [numbers[move_id] for move_id in (*(part[0] for part in proposal.parts), *proposal.foreign)]
        values = {"calls": ", ".join(calls[:5]) + ("…" if len(calls) > 5 else "")}
        values["payer"] = names.get(proposal.payer, "")
        # Only where they are said: writing an amount takes time.
        if proposal.code in ("reference_more", "name_more"):
            values["surplus"] = self.currency_id.format(float(proposal.surplus))
        if proposal.code == "reference_less":
            values["missing"] = self.currency_id.format(float(proposal.missing))
        return self.env._(PROPOSAL_SENTENCES[proposal.code]) % values

    # ----------------------------------------------------------------------------------------------
    # What is open
    # ----------------------------------------------------------------------------------------------
    @api.model
    def _get_open_items(self, company, currency):
        """Return the :class:`OpenItem` of the calls of a company, and of what waits for its bank.

        :param currency: of the bank account.
        """
        since = fields.Date.context_today(self) - timedelta(days=SETTLED_DAYS)
        moves = (
            self.env["account.move"]
            .sudo()
            .search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "posted"),
                    "|",
                    *("&", "&", ("move_type", "=", "out_invoice"), ("line_ids.membership_id", "!=", False)),
                    *("|", ("amount_residual", ">", 0), ("invoice_date", ">=", since)),
                    *("&", "&", ("move_type", "=", "entry"), ("currency_id", "=", currency.id), *WAITING_MOVES),
                ]
            )
        )
        due = self._get_due(moves)
        names = self._get_names(moves)
        return [item for move in moves if (item := self._as_open_item(move, due[move], names, currency))]

    @api.model
    def _get_open_lines(self, moves):
        """Return {entry: its journal items that money can settle, the oldest due first}."""
        lines = (
            self.env["account.move.line"]
            .sudo()
            .search(
                [
                    ("move_id", "in", moves.ids),
                    ("parent_state", "=", "posted"),
                    ("account_id.reconcile", "=", True),
                    ("reconciled", "=", False),
                    ("balance", ">", 0),
                ],
                order="date_maturity, id",
            )
        )
        grouped = defaultdict(self.env["account.move.line"].browse)
        return grouped | lines.grouped("move_id")

    @api.model
    def _get_due(self, moves):
        """Return {entry: what can still be matched with a payment of it}."""
        due = defaultdict(Decimal)
        for move, lines in self._get_open_lines(moves).items():
            due[move] = sum((Decimal(float_repr(line.amount_residual_currency, 2)) for line in lines), Decimal(0))
        return due

    @api.model
    def _get_names(self, moves):
        """Return {entry: names under which it may be paid}: the payer's, its people's, the members'."""
        learned = defaultdict(set)
        done = self._read_group(
            [("state", "=", "done"), ("payer_name", "!=", False), ("payer_id", "!=", False)],
            ["payer_id", "payer_name"],
        )
        for payer, name in done:
            learned[payer].add(name)
        payers, contacts = moves.commercial_partner_id, moves.commercial_partner_id.child_ids
        people = contacts.grouped("parent_id")
        # Together: below, those of one call are looked at apart from the others.
        (payers | contacts | moves.partner_id | moves.line_ids.membership_id.partner_id).fetch(["name"])
        found = {}
        for move in moves:
            payer = move.commercial_partner_id
            members = move.line_ids.membership_id.partner_id
            partners = payer | move.partner_id | people.get(payer, payer) | members
            found[move] = tuple(sorted({*filter(None, partners.mapped("name")), *learned[payer]}))
        return found

    @api.model
    def _as_open_item(self, move, due, names, currency):
        payer = move.commercial_partner_id
        deposit = bool(move.cheque_deposit_ids)
        if move.move_type == "entry" and not due:
            return None
        paid = move.origin_payment_id.invoice_ids
        references = {
            move.name,
            move.payment_reference,
            move.ref,
            *paid.mapped("name"),
            *move.cheque_deposit_ids.mapped("name"),
        }
        emails = {payer.email_normalized, move.partner_id.email_normalized}
        return OpenItem(
            id=move.id,
            payer=payer.id,
            due=due,
            total=Decimal(float_repr(move.amount_total, 2)),
            date=move.invoice_date_due or move.date,
            references=tuple(sorted(filter(None, references))),
            names=names[move],
            emails=tuple(sorted(filter(None, emails))),
            deposit=deposit,
            announced=move.move_type == "entry" and not deposit,
            foreign=move.currency_id != currency,
        )
