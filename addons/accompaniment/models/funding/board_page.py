"""What the page of a plan for the board shows: who pays how much, cash by month, and what if."""

from odoo.addons.coup_de_pousse_membership.models.common.shown_numbers import show_percent
from odoo.tools import format_amount, format_date, formatLang

#: Sources that the page tells one by one; the others are added up.
MOST_SOURCES = 9
#: The picture of the cash, in its own units.
WIDTH, HEIGHT = 680, 130


class BoardPage:
    """What the template of the page reads.

    :param plan: a ``funding.plan``, in the reader's language.
    """

    def __init__(self, plan):
        self.plan, self.env = plan, plan.env
        self.sources = self._list_sources()
        self.cash = self._draw_cash()

    def _list_sources(self):
        """Return [(name, planned, part that is granted in % of the longest bar, part that is not)], largest first."""
        amounts = {}
        for line in self.plan._get_products():
            name = line.funder_id.name or line.display_name
            planned, granted = amounts.get(name, (0, 0))
            amounts[name] = (planned + line.amount_planned, granted + min(line.amount_granted, line.amount_planned))
        ranked = sorted(amounts.items(), key=lambda item: (-item[1][0], item[0]))
        rest = ranked[MOST_SOURCES:]
        if rest:
            others = [sum(values) for values in zip(*(pair for _name, pair in rest), strict=True)]
            ranked = [*ranked[:MOST_SOURCES], (self.env._("Others"), others)]
        longest = max((planned for _name, (planned, _granted) in ranked), default=0)
        if not longest:
            return []
        return [
            (name, planned, 100 * granted / longest, 100 * (planned - granted) / longest)
            for name, (planned, granted) in ranked
        ]

    def _draw_cash(self):
        """Return the points of the curve, the height of zero and the labels of its months; None without months."""
        months = (self.plan.cash_curve or {}).get("months") or []
        if len(months) < 2:
            return None
        balances = [balance for _month, balance in months]
        low, high = min(0, *balances), max(0, *balances)
        span = (high - low) or 1
        step = WIDTH / (len(months) - 1)

        def place(balance):
            return round(HEIGHT - HEIGHT * (balance - low) / span, 1)

        return {
            "points": [(round(rank * step, 1), place(balance)) for rank, balance in enumerate(balances)],
            "zero": place(0),
            "labels": [
                (round(rank * step, 1), format_date(self.env, month, date_format="MMM"))
                for rank, (month, _balance) in enumerate(months)
            ],
            "low": self.money(low),
            "high": self.money(high),
        }

    # ---- as people read it ----

    def money(self, amount):
        return format_amount(self.env, amount, self.plan.currency_id)

    def percent(self, share):
        return show_percent(self.env, share)

    def number(self, value, digits):
        return formatLang(self.env, value, digits=digits)

    def month(self, day):
        return format_date(self.env, day, date_format="MMMM y") if day else "–"
