"""What the page of a dashboard shows on paper: each figure with a year before, and its charts as bars."""

from dateutil.relativedelta import relativedelta
from odoo import fields
from odoo.tools import format_amount, format_date, formatLang

from ...calculation.common.spreadsheet import Sheet
from ...calculation.metric.formula import reach
from ..common.shown_numbers import show_percent

#: Bars that a chart of the page has at most; the others are added up.
MOST_BARS = 7
#: Charts that the page has room for.
MOST_CHARTS = 4
#: Months that a chart by month goes back at most.
MOST_MONTHS = 12


class MetricPage:
    """The figures of a dashboard, as a person reads them on paper or in a spreadsheet.

    :param dashboard: a ``spreadsheet.dashboard`` made of figures, in the reader's environment.
    :param filters: see ``association.metric._get_domain``.
    """

    def __init__(self, dashboard, **filters):
        self.dashboard, self.env, self.filters = dashboard, dashboard.env, filters
        metrics = dashboard._get_metrics()
        self.figures = metrics.filtered(lambda metric: not metric.chart)
        self.charts = metrics.filtered("chart")
        self.values = self.figures._get_values(**filters)
        self.before = self.figures._get_values(**self._get_filters_before())
        self.compared = self._list_compared()

    def _get_filters_before(self):
        """Return the filters with the same days of the year before."""
        days = {name: self.filters.get(name) for name in ("date_from", "date_to")}
        return {**self.filters, **{name: day and day - relativedelta(years=1) for name, day in days.items()}}

    def _list_compared(self):
        """Return the codes of the figures that are of a period, and so have one a year before."""
        dated = {metric.code for metric in self.figures if metric.date_field}
        return dated.union(reach(dated, self.figures._get_formulas()))

    # ---- the figures ----

    def list_rows(self):
        """Return [(figure, its value, the year before's, the change)], each as it is read."""
        return [
            (
                metric,
                self.show(metric, self.values[metric.code]),
                self.show(metric, self.before[metric.code]) if metric.code in self.compared else "",
                self.show_change(metric) if metric.code in self.compared else "",
            )
            for metric in self.figures
        ]

    def show(self, metric, value):
        """Return a value with its unit, ``–`` where it is unknown."""
        if value is None:
            return "–"
        if metric.unit == "money":
            return format_amount(self.env, value, self.env.company.currency_id)
        if metric.unit == "percent":
            return show_percent(self.env, value, digits=1)
        return formatLang(self.env, value, digits={"count": 0, "days": 1, "index": 2}[metric.unit])

    def show_change(self, metric):
        """Return how a figure changed: in percent, for a share in points."""
        value, before = self.values[metric.code], self.before[metric.code]
        if value is None or before is None:
            return "–"
        if metric.unit == "percent":
            return self.env._("%s points", self._show_signed(100 * (value - before)))
        if not before:
            return "–"
        return f"{self._show_signed(100 * (value - before) / abs(before))}\N{NO-BREAK SPACE}%"

    def _show_signed(self, number):
        return f"{'+' if number > 0 else ''}{formatLang(self.env, number, digits=1)}"

    # ---- the charts ----

    def list_charts(self):
        """Return [(chart, [(label, value as it is read, width of its bar in percent, whether below 0)])]."""
        return [(metric, bars) for metric in self.charts[:MOST_CHARTS] if (bars := self._list_bars(metric))]

    def _list_bars(self, metric):
        groups = metric._get_groups()
        rows = self.env[metric.model]._read_group(metric._get_domain(**self.filters), groups, [metric.measure])
        bars = [
            (" – ".join(map(self._show_group, [metric] * len(groups), groups, values)), number or 0)
            for *values, number in rows
        ]
        if metric.chart == "running":
            bars = self._add_up(metric, bars)
        elif metric.chart in ("bar", "pie") and ":" not in groups[0]:
            bars = self._rank(bars)
        else:
            bars = bars[-MOST_MONTHS:]
        longest = max((abs(number) for _label, number in bars), default=0)
        return [
            (label, self.show(metric, number), round(100 * abs(number) / longest, 1), number < 0)
            for label, number in bars
            if longest
        ]

    def _rank(self, bars):
        """Return the highest bars, the others added up."""
        ranked = sorted(bars, key=lambda bar: -bar[1])
        rest = ranked[MOST_BARS:]
        return [
            *ranked[:MOST_BARS],
            *([(self.env._("Others"), sum(number for _label, number in rest))] if rest else []),
        ]

    def _add_up(self, metric, bars):
        """Return the running total, from what there was before the period."""
        date_from = self.filters.get("date_from")
        total = 0
        if date_from:
            until = {**self.filters, "date_from": None, "date_to": fields.Date.subtract(date_from, days=1)}
            [[total]] = self.env[metric.model]._read_group(metric._get_domain(**until), [], [metric.measure])
        running = total or 0
        added = []
        for label, number in bars:
            running += number
            added.append((label, running))
        return added[-MOST_MONTHS:]

    def _show_group(self, metric, group_by, value):
        """Return what a bar is called."""
        name, _separator, granularity = group_by.partition(":")
        field = self.env[metric.model]._fields[name]
        if granularity:
            shape = {"year": "yyyy", "quarter": "QQQ yyyy"}.get(granularity, "MMM yyyy")
            return format_date(self.env, value, date_format=shape) if value else self.env._("Not known")
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value) or self.env._("Not known")
        return value.display_name or self.env._("Not known")

    # ---- in a spreadsheet ----

    def make_sheets(self):
        """Return the figures as one sheet, in numbers."""
        columns = [
            (self.env._("What is counted"), 36, "text"),
            (self.env._("This period"), 16, "number"),
            (self.env._("A year before"), 16, "number"),
            (self.env._("What it says"), 70, "text"),
        ]
        rows = [
            (
                metric.name,
                self.values[metric.code],
                self.before[metric.code] if metric.code in self.compared else None,
                metric.meaning or "",
            )
            for metric in self.figures
        ]
        return [Sheet(self.dashboard.name, columns, rows)]
