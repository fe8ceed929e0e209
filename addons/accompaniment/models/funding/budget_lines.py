"""The budget of a plan line for line as the Cerfa prints it: subtotals, lines, totals, and what differs from the plan."""

from dataclasses import dataclass, field
from itertools import zip_longest


@dataclass
class BudgetLine:
    """A line of the form.

    :param planned: amounts of all that stands on it, in the plan's currency.
    :param wants_comment: whether actual and planned differ by more than the setting, and nobody says why.
    """

    code: str
    label: str
    is_subtotal: bool
    planned: float = 0.0
    granted: float = 0.0
    actual: float = 0.0
    notes: list = field(default_factory=list)
    wants_comment: bool = False

    @property
    def difference(self):
        """What actually came or went, less what was planned."""
        return self.actual - self.planned

    @property
    def percent(self):
        """The actual amount out of the planned one, in per cent; None where nothing was planned."""
        return 100 * self.actual / self.planned if self.planned else None


def list_budget(plan):
    """Return ({side: its lines}, {side: its total}, {side: its lines in kind}).

    :return: lines in the form's order; totals leave out what is in kind.
    """
    lines, totals, in_kind = {}, {}, {}
    for side in ("charge", "product"):
        found = _list_side(plan, side)
        lines[side] = [line for account, line in found if not account.is_in_kind]
        in_kind[side] = [line for account, line in found if account.is_in_kind]
        tops = [line for line in lines[side] if line.is_subtotal]
        totals[side] = BudgetLine(
            "", "", True, *(sum(getattr(line, name) for line in tops) for name in ("planned", "granted", "actual"))
        )
    return lines, totals, in_kind


def pair(lines):
    """Return the lines of both sides beside each other, as the form prints them."""
    return list(zip_longest(lines["charge"], lines["product"]))


def _list_side(plan, side):
    """Return [(account, its line)] in the form's order; a subtotal holds what stands on it and below it."""
    accounts = plan.env["funding.account"].search([("side", "=", side)])
    limit = plan.company_id.funding_comment_share
    found = {account: BudgetLine(account.code, account.name, not account.parent_id) for account in accounts}
    for line in plan.line_ids.filtered(lambda line: line.side == side):
        amounts = (line.amount_planned, line.amount_granted, line.amount_actual)
        for account in line.account_id | line.account_id.parent_id:
            _add(found[account], amounts)
        if line.note:
            found[line.account_id].notes.append(line.note)
    for gift in plan.in_kind_ids:
        account = gift._get_account(side)
        for one in account | account.parent_id:
            _add(found[one], (gift.amount, 0, gift.amount))
    for account, line in found.items():
        own = not account.child_ids or account.parent_id
        gap = abs(line.difference) > limit * line.planned if line.planned else bool(line.actual)
        line.wants_comment = bool(own and gap and not line.notes)
    return list(found.items())


def _add(line, amounts):
    planned, granted, actual = amounts
    line.planned += planned
    line.granted += granted
    line.actual += actual
