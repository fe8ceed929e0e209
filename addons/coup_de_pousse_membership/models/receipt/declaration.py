"""The yearly declaration of receipts (CGI art. 222 bis): how many and how much, by article, without names.

Of the civil year; or, where the association's financial year is another one, of the last one closed: what was
received in it and stands on receipts, and the receipts that were issued in it.
"""

import json
from collections import defaultdict
from datetime import date

from odoo.tools import format_date

from ...calculation.common.spreadsheet import Sheet
from .receipts_sheet import make_receipts_sheet


class Declaration:
    """The figures that are typed in on the tax office's site, and the receipts behind them.

    :param record: an ``association.receipt.year``.
    """

    def __init__(self, record):
        self.record, self.env = record, record.env
        self.first, self.last = self._get_period()
        self.is_civil = (self.first, self.last) == (date(record.year, 1, 1), date(record.year, 12, 31))

    def _get_period(self):
        """Return the first and the last day of the financial year that ends in the record's year."""
        company = self.record.company_id
        month = int(company.fiscalyear_last_month)
        dates = company.compute_fiscalyear_dates(date(self.record.year, month, 1))
        return dates["date_from"], dates["date_to"]

    def _get_lines(self):
        """Return the payments of the period that stand on receipts which were not cancelled."""
        days = [("year", "=", self.record.year)] if self.is_civil else self._in_period("date")
        return self.env["association.tax.receipt.line"].search([*self._of_company(), ("is_live", "=", True), *days])

    def _get_receipts(self):
        """Return the receipts that count: those of the civil year, or those issued in the financial year."""
        days = [("year", "=", self.record.year)] if self.is_civil else self._in_period("issued_on")
        domain = [*self._of_company(), ("state", "=", "issued"), *days]
        return self.env["association.tax.receipt"].search(domain, order="year, name")

    def _of_company(self):
        return [("company_id", "=", self.record.company_id.id)]

    def _in_period(self, name):
        return [(name, ">=", self.first), (name, "<=", self.last)]

    def list_totals(self):
        """Return [(articles, how many receipts, the amount received)], by articles."""
        totals = defaultdict(lambda: [0, 0.0])
        receipts, lines = self._get_receipts(), self._get_lines()
        articles = {receipt: json.loads(receipt.facts)["form"]["articles"] for receipt in receipts | lines.receipt_id}
        for receipt in receipts:
            totals[articles[receipt]][0] += 1
        for line in lines:
            totals[articles[line.receipt_id]][1] += line.amount
        currency = self.record.currency_id
        return [(name, count, currency.round(amount)) for name, (count, amount) in sorted(totals.items())]

    def make_sheets(self):
        """Return the sheets of the workbook: the totals, then the receipts behind them."""
        return [self._make_totals(), make_receipts_sheet(self._get_receipts())]

    def _make_totals(self):
        columns = [
            (self.env._("Article of the tax code"), 28, "text"),
            (self.env._("Number of receipts"), 20, "integer"),
            (self.env._("Amount"), 16, "money"),
        ]
        title = (self.record.company_id.name, self._get_title())
        return Sheet(self.env._("Declaration"), columns, self.list_totals(), title=title, total=self.env._("Total"))

    def _get_title(self):
        if self.is_civil:
            return self.env._("Tax receipts of %s", self.record.year)
        return self.env._(
            "Financial year from %(first)s to %(last)s: receipts issued, and amounts received that stand on a receipt",
            first=format_date(self.env, self.first),
            last=format_date(self.env, self.last),
        )
