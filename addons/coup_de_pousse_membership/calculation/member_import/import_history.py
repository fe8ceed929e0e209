"""Past memberships in a list: which years, what was paid, what is still owed.

A list tells it in one of two ways: columns for each year (``Cotisation 2023``, ``Reste dû 2024``),
or one line for each member and year (``Saison``, ``Montant payé``). Both give periods: plain
dictionaries with ``date_from``, ``date_to``, ``amount``, ``due`` and ``settled_on`` (dates in ISO
text, amounts in the currency), so that they can be stored as JSON.
"""

import datetime
from dataclasses import dataclass, field
from itertools import pairwise

from ..table.import_columns import YEARLY_TARGETS, season_in
from ..table.import_values import ValueProblem, read_date, read_fee, read_text

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
        return datetime.date(year, self.month, self.day), datetime.date(
            year + 1, self.month, self.day
        ) - datetime.timedelta(days=1)

    def period_of(self, day):
        """Return the first and the last day of the membership year in which a day lies."""
        start = datetime.date(day.year, self.month, self.day)
        return self.period(day.year if start <= day else day.year - 1)

    @property
    def is_calendar(self):
        """Tell whether membership years are calendar years."""
        return (self.month, self.day) == (1, 1)


@dataclass
class Facts:
    """What the cells about one year say, before it is judged."""

    given: dict = field(default_factory=dict)

    def number(self, target):
        """Return the amount of a target, or None where there is none."""
        kind, value = self.given.get(target, ("missing", None))
        return value if kind == "amount" else 0.0 if kind == "free" else None

    def says(self, target, *kinds):
        """Tell whether the cell of a target is of one of these kinds."""
        return self.given.get(target, ("missing", None))[0] in kinds

    @property
    def paid_on(self):
        """The day of payment, in whichever column it stands, or None."""
        for target in ("paid_on", "fee_paid"):
            kind, value = self.given.get(target, ("missing", None))
            if kind == "paid_on":
                return value
        return None

    def is_member(self):
        """Tell whether they say that there was a membership: an amount, a mark, a payment."""
        return bool(self.paid_on) or any(
            self.number(target) or self.says(target, "yes", "free") for target in ("fee", "fee_paid", "fee_due")
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

    def read(self, line, take, mark):
        """Return the periods of a row.

        :param line: the line, which gets problems and notes.
        :param take: function of a column and a reader, as ``LineReader`` reads cells.
        :param mark: decimal mark of the file.
        """
        periods = []
        for year, columns in sorted(self._yearly.items()):
            facts = self._facts(columns, take, mark)
            if facts.is_member():
                periods.append(self._period(line, facts, *self._start.period(year), columns))
        if self.is_long:
            facts = self._facts({t: c for t, c in self._plain.items() if t in YEARLY_TARGETS}, take, mark)
            dates = self._dates(facts, take)
            if dates and not facts.says("fee_paid", "no"):
                periods.append(self._period(line, facts, *dates, self._plain))
        return [period for period in periods if period]

    def _facts(self, columns, take, mark):
        facts = Facts()
        for target, column in columns.items():
            if target == "paid_on":
                day = take(column, read_date, self._today)
                facts.given[target] = ("paid_on", day) if day else ("missing", None)
            else:
                facts.given[target] = take(column, read_fee, self._today, mark) or ("missing", None)
        return facts

    def _dates(self, facts, take):
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
        return self._start.period_of(facts.paid_on) if facts.paid_on else None

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

    def _period(self, line, facts, first, last, columns):
        """Return the period as stored, or None where its dates are impossible."""
        limit = self._start.period_of(self._today)[1] + datetime.timedelta(days=366)
        possible = first.year >= FIRST_YEAR and first <= last <= limit and last.year - first.year <= LONGEST
        if not possible:
            values = {"first": first.isoformat(), "last": last.isoformat()}
            line.add_problem("", "period", values)
            return None
        amount, due = _owed(facts, columns)
        settled = None if due else facts.paid_on or min(last, self._today)
        if not due and "fee_paid" not in columns and "fee_due" not in columns and not facts.paid_on:
            note = ("history_assumed_paid", {"year": first.year})
            line.notes.append(note)
        return {
            "date_from": first.isoformat(),
            "date_to": last.isoformat(),
            "amount": amount,
            "due": due,
            "settled_on": settled.isoformat() if settled else None,
        }


def _owed(facts, columns):
    """Return the fee and what is still owed of it, in the currency.

    ========================  ==================================================
    the line says             fee, still owed
    ========================  ==================================================
    paid 50                   50, 0
    paid yes, or a day        called or 0, 0
    called 80, paid 50        80, 30
    called 80, paid nothing   80, 80 (where there is a column of payments)
    called 80                 80, 0 (where nothing says what was paid)
    owed 30                   called, else paid + 30; 30
    ========================  ==================================================
    """
    called, paid, due = (facts.number(target) for target in ("fee", "fee_paid", "fee_due"))
    marked = facts.says("fee_paid", "yes", "free", "paid_on") or facts.paid_on
    if due is not None and (due or paid is None):
        return round(called or (paid or 0) + due, 2), due
    if called is None:
        return paid or 0.0, 0.0
    if paid:
        return max(called, paid) if paid > called else called, round(max(called - paid, 0.0), 2)
    asks = "fee_paid" in columns or "paid_on" in columns
    return called, 0.0 if marked or not asks else called


def _one_year_later(day):
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return datetime.date(day.year + 1, 3, 1)


def check_order(line):
    """Sort the periods of a line; give it a problem where two of them overlap."""
    periods = sorted(line.values["history"], key=lambda period: period["date_from"])
    line.values["history"] = periods
    for earlier, later in pairwise(periods):
        if later["date_from"] <= earlier["date_to"]:
            line.add_problem("", "periods_overlap", {"first": earlier["date_from"], "other": later["date_from"]})
            return


def join_lines(lines, identity):
    """Bring the lines of one member together, one for each year: return line number → first line.

    The first line of each member gets the history of all; for anything else, what the line of the
    latest period says goes before. A period that an earlier line already gives is a problem of its
    line, which stays apart.

    :param lines: lines without problems.
    :param identity: function of a line's values, returning what its member is known by.
    """
    heads, joined, parts = {}, {}, {}
    for line in lines:
        key = identity(line.values)
        head = heads.setdefault(key, line)
        mine = line.values.get("history") or []
        if head is line:
            parts[head.number] = [dict(line.values)]
            continue
        taken = head.values.get("history") or []
        clash = any(
            old["date_from"] <= new["date_to"] and new["date_from"] <= old["date_to"] for old in taken for new in mine
        )
        if clash:
            line.add_problem("", "same_period", {"line": head.number})
            continue
        parts[head.number].append(dict(line.values))
        head.values["history"] = sorted(taken + mine, key=lambda period: period["date_from"])
        joined[line.number] = head.number
    for head in heads.values():
        _merge(head, parts[head.number])
    return joined


def _merge(head, parts):
    history = head.values.get("history")
    latest = sorted(parts, key=lambda part: max((p["date_from"] for p in part.get("history") or []), default=""))
    days = [part["since"] for part in parts if part.get("since")]
    for part in latest:
        head.values.update(part)
    if history:
        head.values["history"] = history
    if days:
        head.values["since"] = min(days)
