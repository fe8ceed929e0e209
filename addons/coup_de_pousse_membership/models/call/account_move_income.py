"""Fees that become income when they are received (ANC 2018-06, art. 142-1).

A call then credits a waiting account instead of income. What has been paid of it is moved from there
to income; a payment that is unmatched moves it back. The same goes for money paid back on a credit
note. What a credit note merely cancels never was income.

Nothing is remembered beside the journal items: what is due is compared with what is posted, and the
difference is posted. The parts therefore sum to the whole, whatever was matched and unmatched.
"""

from collections import defaultdict
from decimal import Decimal

from odoo import fields, models
from odoo.tools import float_repr

from ...calculation.call.income import recognised


class AccountMove(models.Model):
    _inherit = "account.move"

    # Copied on purpose: the reversal of such an entry takes back income of the same call.
    fee_call_id = fields.Many2one(
        "account.move",
        string="Income of the call",
        index="btree_not_null",
        readonly=True,
        help="Call (or credit note) whose payment this entry turns into income.",
    )

    def _post(self, soft=True):
        posted = super()._post(soft=soft)
        posted._sync_fee_income(fields.Date.context_today(self))
        return posted

    def button_draft(self):
        res = super().button_draft()
        self._sync_fee_income(fields.Date.context_today(self))
        return res

    def _sync_fee_income(self, day):
        """Post what is missing between the paid part of these documents and their posted income.

        :param day: date of the entries; the first open day after it where it is locked.
        """
        waiting = {move: move._get_waiting_lines() for move in self.sudo()}
        waiting = {move: lines for move, lines in waiting.items() if lines}
        if not waiting:
            return
        moves = self.browse().union(*waiting)
        posted = moves._get_posted_income()
        paid = moves._get_paid_amounts()
        vals_list = []
        for move, lines in waiting.items():
            commands = move._prepare_income_lines(lines, paid[move], posted)
            if commands:
                vals_list.append(move._prepare_income_entry(commands, day))
        self.env["account.move"].sudo().create(vals_list)._post(soft=False)

    def _get_waiting_lines(self):
        """Return the lines of a call whose amount waits to be received."""
        self.ensure_one()
        account = self.company_id.membership_waiting_account_id
        if not account or not self.is_sale_document():
            return self.line_ids.browse()
        return self.line_ids.filtered(lambda line: line.membership_id and line.account_id == account)

    def _get_posted_income(self):
        """Return {(call, membership, product): amount already moved from waiting to income}."""
        rows = self.env["account.move.line"]._read_group(
            [
                ("move_id.fee_call_id", "in", self.ids),
                ("account_id", "in", self.company_id.membership_waiting_account_id.ids),
                ("parent_state", "=", "posted"),
            ],
            ["move_id", "membership_id", "product_id"],
            ["balance:sum"],
        )
        posted = defaultdict(Decimal)
        for entry, membership, product, balance in rows:
            posted[entry.fee_call_id, membership, product] -= Decimal(str(balance))
        return posted

    def _get_paid_amounts(self):
        """Return {call: what money has settled of it}, credit notes left aside.

        A call reset to draft keeps its payments in Odoo, but charges nothing any more.
        """
        paid = defaultdict(Decimal)
        for move in self.filtered(lambda move: move.state == "posted"):
            for line in move.line_ids:
                for partial in line.matched_debit_ids:
                    if not partial.debit_move_id.move_id.is_sale_document():
                        paid[move] += Decimal(str(partial.amount))
                for partial in line.matched_credit_ids:
                    if not partial.credit_move_id.move_id.is_sale_document():
                        paid[move] += Decimal(str(partial.amount))
        return paid

    def _prepare_income_lines(self, lines, paid, posted):
        self.ensure_one()
        groups = lines.grouped(lambda line: (line.membership_id, line.product_id))
        amounts = [sum((Decimal(str(line.balance)) for line in group), Decimal(0)) for group in groups.values()]
        unit = Decimal(float_repr(self.company_currency_id.rounding, 6)).normalize()
        due = recognised(amounts, paid, Decimal(str(abs(self.amount_total_signed))), unit)
        commands = []
        for (key, group), amount in zip(groups.items(), due, strict=True):
            missing = float(amount - posted.get((self, *key), Decimal(0)))
            if not self.company_currency_id.is_zero(missing):
                commands += self._prepare_income_pair(group[0], missing)
        return commands

    def _prepare_income_pair(self, line, balance):
        """Move ``balance`` (signed as in the call) from the waiting account to income."""
        accounts = line.product_id.product_tmpl_id.with_company(self.company_id).get_product_accounts(
            self.fiscal_position_id
        )
        income = accounts["income"] or self.company_id.membership_income_account_id
        common = {
            "name": line.name,
            "partner_id": self.commercial_partner_id.id,
            "membership_id": line.membership_id.id,
            "product_id": line.product_id.id,
        }
        return [
            fields.Command.create({**common, "account_id": line.account_id.id, "balance": -balance}),
            fields.Command.create({**common, "account_id": income.id, "balance": balance}),
        ]

    def _prepare_income_entry(self, commands, day):
        self.ensure_one()
        journal = self.env["account.journal"].search(
            [("type", "=", "general"), ("company_id", "=", self.company_id.id)], limit=1
        )
        return {
            "move_type": "entry",
            "company_id": self.company_id.id,
            "journal_id": journal.id,
            "date": self._get_accounting_date(day or fields.Date.context_today(self), False),
            "ref": self.env._("Fee received: %s", self.name),
            "fee_call_id": self.id,
            "line_ids": commands,
        }
