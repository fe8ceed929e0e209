"""Past memberships in a list: which years, what was paid, what is still owed.

A list tells it in one of two ways: columns for each year (``Cotisation 2023``, ``Reste dû 2024``),
or one line for each member and year (``Saison``, ``Montant payé``). Both give periods: plain
dictionaries with ``date_from``, ``date_to``, ``amount``, ``due`` and ``settled_on`` (dates in ISO
text, amounts in the currency), so that they can be stored as JSON.
"""

import datetime
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ..table.values import ValueProblem, read_date, read_text
from .member_columns import YEARLY_TARGETS, season_in
from .member_line import LineProblem
from .member_values import FeeCell, read_fee

FIRST_YEAR = 1900
#: A membership longer than this is a mistake in the dates (years).
LONGEST = 3


@dataclass(frozen=True)
class YearStart:
    """First day of a membership year.

    :param month: 1 for calendar years.
    """

    month: int = 1
    day: int = 1

    def period(self, year):
        """Return the first and the last day of the membership year that starts in ``year``."""
        following = datetime.date(year + 1, self.month, self.day)
        return datetime.date(year, self.month, self.day), following - datetime.timedelta(days=1)

    def period_of(self, day):
        """Return the first and the last day of the membership year in which a day lies."""
        start = datetime.date(day.year, self.month, self.day)
        return self.period(day.year if start <= day else day.year - 1)

    @property
    def is_calendar(self):
        """Return whether membership years are calendar years."""
        return (self.month, self.day) == (1, 1)


_MISSING = FeeCell("missing")


@dataclass(frozen=True)
class YearCells:
    """What the cells about one year say, before it is judged.

    :param said: target → :class:`FeeCell`.
    """

    said: dict

    def number(self, target):
        """Return the amount of a target, or None where there is none."""
        cell = self.said.get(target, _MISSING)
        return cell.value if cell.kind == "amount" else 0.0 if cell.kind == "free" else None

    def says(self, target, *kinds):
        """Return whether the cell of a target is of one of these kinds."""
        return self.said.get(target, _MISSING).kind in kinds

    @property
    def paid_on(self):
        """The day of payment, in whichever column it stands, or None."""
        cells = [self.said.get(target, _MISSING) for target in ("paid_on", "fee_paid")]
        return next((cell.value for cell in cells if cell.kind == "paid_on"), None)

    def is_member(self):
        """Return whether they say that there was a membership: an amount, a mark, a payment."""
        return bool(self.paid_on) or any(
            self.number(target) or self.says(target, "yes", "free") for target in ("fee", "fee_paid", "fee_due")
        )


@dataclass(frozen=True)
class PastMemberships:
    """What a row says about past memberships.

    :param periods: in the order of their first days.
    :param problems: each a :class:`LineProblem`: periods that are not possible.
    :param notes: pairs of a code and its values: what was taken for granted.
    """

    periods: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    @classmethod
    def joined(cls, parts):
        """Return what several parts of a row say together."""
        return cls(
            sorted((period for part in parts for period in part.periods), key=lambda period: period["date_from"]),
            [problem for part in parts for problem in part.problems],
            [note for part in parts for note in part.notes],
        )


class HistoryReader:
    """Reads the periods of each row of one table.

    :param columns: the table's columns with their targets.
    :param start: :class:`YearStart`.
    :param today: nothing is later than the membership year that follows.
    :param year: year of all memberships, where the file does not say it; or None.
    """

    def __init__(self, columns, start, today, year=None):
        self._yearly = {}
        self._plain = {}
        for column in columns:
            if column.target in YEARLY_TARGETS and column.year:
                self._yearly.setdefault(column.year, {})[column.target] = column
            elif column.target:
                self._plain.setdefault(column.target, column)
        self._start, self._today, self._year = start, today, year
        said = {"period_year", "period_from"} & set(self._plain)
        amounts = {"fee", "fee_paid", "fee_due", "paid_on"} & set(self._plain)
        #: One line for each member and year.
        self.is_long = bool(said or ((year or "paid_on" in self._plain) and amounts))
        self.reads = self.is_long or bool(self._yearly)

    def seasons_without_start(self):
        """Return the headers that name two years, where the membership year is the calendar's."""
        if not self._start.is_calendar:
            return []
        return [
            column.header
            for columns in self._yearly.values()
            for column in columns.values()
            if season_in(column.header)
        ]

    def read_row(self, take, mark):
        """Return the :class:`PastMemberships` of a row.

        :param take: function of a column and a reader: the value of the row's cell, or None.
        :param mark: decimal mark of the file.
        """
        parts = []
        for year, columns in sorted(self._yearly.items()):
            cells = self._cells(columns, take, mark)
            if cells.is_member():
                parts.append(self._judge(cells, self._start.period(year), columns))
        if self.is_long:
            cells = self._cells({t: c for t, c in self._plain.items() if t in YEARLY_TARGETS}, take, mark)
            days = self._days(cells, take)
            if days and (cells.number("fee") or not cells.says("fee_paid", "no")):
                parts.append(self._judge(cells, days, self._plain))
        return PastMemberships.joined(parts)

    def _cells(self, columns, take, mark):
        said = {}
        for target, column in columns.items():
            if target == "paid_on":
                day = take(column, read_date, self._today)
                said[target] = FeeCell("paid_on", day) if day else _MISSING
            else:
                said[target] = take(column, read_fee, self._today, mark) or _MISSING
        return YearCells(said)

    def _days(self, cells, take):
        """Return the first and last day that a line of one membership says, or None."""
        first, last = (
            take(self._plain[target], read_date, self._today) if target in self._plain else None
            for target in ("period_from", "period_to")
        )
        if first and last:
            return first, last
        if first:
            return first, _one_year_later(first) - datetime.timedelta(days=1)
        year = take(self._plain["period_year"], self._read_year) if "period_year" in self._plain else self._year
        if year:
            return self._start.period(year)
        return self._start.period_of(cells.paid_on) if cells.paid_on else None

    def _read_year(self, cell):
        """Return the year of a cell: ``2024``, or the first of ``2023-2024``."""
        if isinstance(cell, datetime.date):
            return cell.year
        text = read_text(cell) or ""
        season = season_in(text)
        if season and self._start.is_calendar:
            raise ValueProblem("season", value=text)
        digits = text.removesuffix(".0")
        if not season and not (digits.isdecimal() and len(digits) == 4):
            raise ValueProblem("year", value=text)
        return season or int(digits)

    def _judge(self, cells, days, columns):
        """Return the one period that cells say, or the problem that its days are impossible.

        :param days: first and last day of the period.
        :param columns: targets that the file has for it.
        """
        first, last = days
        limit = self._start.period_of(self._today)[1] + datetime.timedelta(days=366)
        if not (first.year >= FIRST_YEAR and first <= last <= limit and last.year - first.year <= LONGEST):
            values = {"first": first.isoformat(), "last": last.isoformat()}
            return PastMemberships(problems=[LineProblem("", "period", values)])
        owed = _owed(cells)
        if not owed:
            return PastMemberships(problems=[LineProblem("", "unpaid_without_fee", {"year": first.year})])
        if cells.paid_on and cells.paid_on > self._today:
            return PastMemberships(problems=[LineProblem("", "future", {"value": cells.paid_on.isoformat()})])
        amount, due = owed
        settled = None if due else cells.paid_on or min(last, self._today)
        unproven = due and not {"fee_paid", "fee_due", "paid_on"} & set(columns)
        period = {
            "date_from": first.isoformat(),
            "date_to": last.isoformat(),
            "amount": amount,
            "due": due,
            "settled_on": settled.isoformat() if settled else None,
        }
        return PastMemberships([period], notes=[("no_proof_of_payment", {"year": first.year})] if unproven else [])


def _owed(cells):
    """Return the fee and what is still owed of it, in the currency: without proof of payment, all of it.

    None where nothing says the fee, nor that it is paid.

    ========================  ==================================================
    the line says             fee, still owed
    ========================  ==================================================
    paid 50                   50, 0
    paid yes, or a day        called or 0, 0
    called 80, paid 50        80, 30
    called 80, paid yes       80, 0
    called 80, paid no        80, 80
    called 80                 80, 80
    owed 30                   called, else paid + 30; 30
    member, paid no           nothing that can be told
    ========================  ==================================================
    """
    called, paid, due = (cells.number(target) for target in ("fee", "fee_paid", "fee_due"))
    refused = cells.says("fee_paid", "no")
    marked = cells.says("fee_paid", "yes", "free", "paid_on") or (cells.paid_on and not refused)
    if due is not None and (due or paid is None):
        return round(called or (paid or 0) + due, 2), due
    if called is None:
        return (paid or 0.0, 0.0) if marked or paid is not None else None
    if paid:
        return max(called, paid) if paid > called else called, round(max(called - paid, 0.0), 2)
    return called, 0.0 if marked else called


def _one_year_later(day):
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return datetime.date(day.year + 1, 3, 1)


def overlap_problem(periods):
    """Return a :class:`LineProblem` where two periods of one line overlap, else None.

    :param periods: in the order of their first days.
    """
    for earlier, later in pairwise(periods):
        if later["date_from"] <= earlier["date_to"]:
            values = {"first": earlier["date_from"], "other": later["date_from"]}
            return LineProblem("", "periods_overlap", values)
    return None


@dataclass(frozen=True)
class JoinedLines:
    """Lines of which those of one member are brought together.

    :param lines: all of them, as they are then to be taken.
    :param heads: number of a line → that of the line with which it is written.
    """

    lines: list
    heads: dict


def join_lines(lines, identity):
    """Return the :class:`JoinedLines` of a list that has one line for each member and year.

    The first line of each member gets the history of all; for anything else, what the line of the
    latest period says goes before. A period that an earlier line already gives is a problem of its
    line, which stays apart.

    :param lines: lines without problems.
    :param identity: function of a line's values, returning what its member is known by.
    """
    groups, heads, clashes = {}, {}, {}
    for line in lines:
        group = groups.setdefault(identity(line.values), [])
        if group and _shares_days(line, group):
            clashes[line.number] = LineProblem("", "same_period", {"line": group[0].number})
            continue
        if group:
            heads[line.number] = group[0].number
        group.append(line)
    merged = {group[0].number: _merge(group) for group in groups.values()}
    return JoinedLines(
        [
            line.refused(clashes[line.number]) if line.number in clashes else merged.get(line.number, line)
            for line in lines
        ],
        heads,
    )


def _periods(line):
    return line.values.get("history") or []


def _shares_days(line, others):
    return any(
        old["date_from"] <= new["date_to"] and new["date_from"] <= old["date_to"]
        for other in others
        for old in _periods(other)
        for new in _periods(line)
    )


def _merge(lines):
    """Return the first of several lines of one member, with what all of them say."""
    values = dict(lines[0].values)
    for line in sorted(lines, key=lambda line: max((p["date_from"] for p in _periods(line)), default="")):
        values.update(line.values)
    if history := [period for line in lines for period in _periods(line)]:
        values["history"] = sorted(history, key=lambda period: period["date_from"])
    if days := [line.values["since"] for line in lines if line.values.get("since")]:
        values["since"] = min(days)
    return replace(lines[0], values=values)
