"""The yearly declaration of receipts (CGI art. 222 bis): how many and how much, by article, without names."""

import json
from collections import defaultdict

from ...calculation.common.spreadsheet import Sheet
from .receipts_sheet import make_receipts_sheet


class Declaration:
    """The figures that are typed in on the tax office's site, and the receipts behind them.

    :param record: an ``association.receipt.year``.
    """

    def __init__(self, record):
        self.record, self.env = record, record.env

    def _get_receipts(self):
        return self.env["association.tax.receipt"].search(
            [
                ("company_id", "=", self.record.company_id.id),
                ("year", "=", self.record.year),
                ("state", "=", "issued"),
            ],
            order="name",
        )

    def list_totals(self, receipts=None):
        """Return [(articles, how many receipts, their amount)], by articles."""
        totals = defaultdict(lambda: [0, 0.0])
        for receipt in self._get_receipts() if receipts is None else receipts:
            total = totals[json.loads(receipt.facts)["form"]["articles"]]
            total[0] += 1
            total[1] += receipt.amount
        currency = self.record.currency_id
        return [(articles, count, currency.round(amount)) for articles, (count, amount) in sorted(totals.items())]

    def make_sheets(self):
        """Return the sheets of the workbook: the totals, then the receipts behind them."""
        receipts = self._get_receipts()
        return [self._make_totals(receipts), make_receipts_sheet(receipts)]

    def _make_totals(self, receipts):
        columns = [
            (self.env._("Article of the tax code"), 28, "text"),
            (self.env._("Number of receipts"), 20, "integer"),
            (self.env._("Amount"), 16, "money"),
        ]
        title = (self.record.company_id.name, self.env._("Tax receipts of %s", self.record.year))
        totals = self.list_totals(receipts)
        return Sheet(self.env._("Declaration"), columns, totals, title=title, total=self.env._("Total"))
