"""Fees that become income when they are received (ANC 2018-06, art. 142-1).

A call then credits a waiting account instead of income. What has been paid of it is moved from there
to income; a payment that is unmatched moves it back. The same goes for money paid back on a credit
note. What a credit note merely cancels never was income.

Nothing is remembered beside the journal items: what is due is compared with what is posted, and the
difference is posted. The parts therefore sum to the whole, whatever was matched and unmatched.
"""

from collections import defaultdict
from decimal import Decimal

from odoo.fields import Command, Date
from odoo.tools import float_repr

from ...calculation.call.income import recognised
from ...calculation.common.amounts import decimal
from ..register.settlements import read_settlements


class IncomeOnReceipt:
    """The income of some calls and credit notes, brought in line with what has been paid of them."""

    def __init__(self, moves):
        self.env = moves.env
        waiting = {move: _get_waiting_lines(move) for move in moves.sudo()}
        self.waiting = {move: lines for move, lines in waiting.items() if lines}
        self.moves = moves.browse().union(*self.waiting)

    def sync(self, day):
        """Post what is missing between the paid part of these documents and their posted income.

        :param day: date of the entries; the first open day after it where it is locked.
        """
        if not self.waiting:
            return
        posted = self._get_posted_income()
        paid = self._get_paid_amounts()
        vals_list = []
        for move, lines in self.waiting.items():
            commands = _prepare_income_lines(move, lines, paid[move], posted)
            if commands:
                vals_list.append(self._prepare_entry(move, commands, day))
        self.env["account.move"].sudo().create(vals_list)._post(soft=False)

    def _get_posted_income(self):
        """Return {(call, membership, product): amount already moved from waiting to income}."""
        rows = self.env["account.move.line"]._read_group(
            [
                ("move_id.fee_call_id", "in", self.moves.ids),
                ("account_id", "in", self.moves.company_id.membership_waiting_account_id.ids),
                ("parent_state", "=", "posted"),
            ],
            ["move_id", "membership_id", "product_id"],
            ["balance:sum"],
        )
        posted = defaultdict(Decimal)
        for entry, membership, product, balance in rows:
            posted[entry.fee_call_id, membership, product] -= decimal(balance)
        return posted

    def _get_paid_amounts(self):
        """Return {call: what money has settled of it}, credit notes and losses left aside.

        A call reset to draft keeps its payments in Odoo, but charges nothing any more.
        """
        moves = self.moves.filtered(lambda move: move.state == "posted")
        settlements = read_settlements(moves)
        paid = defaultdict(Decimal)
        for move in moves:
            for settled in settlements[move.id]:
                paid[move] += settled.amount * settled.money
        return paid

    def _prepare_entry(self, move, commands, day):
        return {
            "move_type": "entry",
            "company_id": move.company_id.id,
            "journal_id": move.company_id._get_entry_journal().id,
            "date": move._get_accounting_date(day or Date.context_today(move), False),
            "ref": self.env._("Fee received: %s", move.name),
            "fee_call_id": move.id,
            "line_ids": commands,
        }


def _get_waiting_lines(move):
    """Return the lines of a call whose amount waits to be received."""
    account = move.company_id.membership_waiting_account_id
    if not account or not move.is_sale_document():
        return move.line_ids.browse()
    return move.line_ids.filtered(lambda line: line.membership_id and line.account_id == account)


def _prepare_income_lines(move, lines, paid, posted):
    """Return the commands that create the missing lines of income of one call."""
    currency = move.company_currency_id
    groups = lines.grouped(lambda line: (line.membership_id, line.product_id))
    amounts = [sum((decimal(line.balance) for line in group), Decimal(0)) for group in groups.values()]
    unit = Decimal(float_repr(currency.rounding, 6)).normalize()
    due = recognised(amounts, paid, decimal(abs(move.amount_total_signed)), unit)
    commands = []
    for (key, group), amount in zip(groups.items(), due, strict=True):
        missing = float(amount - posted.get((move, *key), Decimal(0)))
        if not currency.is_zero(missing):
            commands += _prepare_income_pair(move, group[0], missing)
    return commands


def _prepare_income_pair(move, line, balance):
    """Move ``balance`` (signed as in the call) from the waiting account to income."""
    product = line.product_id.product_tmpl_id.with_company(move.company_id)
    accounts = product.get_product_accounts(move.fiscal_position_id)
    income = accounts["income"] or move.company_id.membership_income_account_id
    common = {
        "name": line.name,
        "partner_id": move.commercial_partner_id.id,
        "membership_id": line.membership_id.id,
        "product_id": line.product_id.id,
    }
    return [
        Command.create({**common, "account_id": line.account_id.id, "balance": -balance}),
        Command.create({**common, "account_id": income.id, "balance": balance}),
    ]
