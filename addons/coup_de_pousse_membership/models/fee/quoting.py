"""What members owe under a grid, and why: everything is read at once, then each fee is computed."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ...calculation.common.amounts import decimal
from ...calculation.fee import fee
from ...calculation.fee.fee_period import age_in_years, period, year_of_membership
from ...calculation.register.figures import FIGURES
from .quote_writer import QuoteWriter


class MemberRow(NamedTuple):
    """What a fee is computed from; a plain row, as a record read field by field takes longer than the fee."""

    id: int
    partner_id: int
    category_id: int | None
    tariff_id: int | None
    territory_id: int | None
    since: date | None
    chosen_amount: float | None
    founded_on: date | None


class MemberQuote(NamedTuple):
    """What one member owes under a grid, and why; values are as Odoo writes them, False for none.

    :param amount: the fee in the grid's currency, before tax, without the entry fee; False if there is
        a problem.
    :param year: year of membership, 1 for the first.
    :param sentence: explains the amount.
    :param problem: a sentence if no amount can be given, of the kind ``problem_code`` (see
        ``calculation/fee/fee.py``).
    """

    member_id: int
    amount: float
    entry_fee: float
    rule_id: int
    basis: str
    basis_value: float
    date_from: date
    date_to: date
    year: int
    sentence: str
    problem: str
    problem_code: str

    @property
    def total(self):
        """Return the fee and the entry fee together."""
        return self.amount + self.entry_fee

    def as_dict(self):
        """Return the quote for those who ask from outside."""
        return self._asdict()

    def fee_values(self):
        """Return the values that a membership keeps of its quote; its days apart."""
        return {
            "rule_id": self.rule_id,
            "basis": self.basis,
            "basis_value": self.basis_value,
            "amount": self.amount,
            "entry_fee": self.entry_fee,
            "quote_sentence": self.sentence,
        }


class Quoting:
    """Quotes the fees of members under one grid, with a number of queries that does not depend on how many."""

    def __init__(self, grid, members, start, last_known=None):
        """Prepare to quote.

        :param start: day from which the membership of a new member runs.
        :param last_known: whether the last known figure is read where the year's is missing; None: as the
            grid says.
        """
        self.grid = grid
        self.members = members
        self.start = start
        self.last_known = grid.last_known_figures if last_known is None else last_known

    def quotes(self):
        """Return one :class:`MemberQuote` per member, in the same order.

        :raise AccessError: if the user may not read one of them.
        """
        writer = QuoteWriter(self.grid)
        return [
            self._explain(member_id, writer, answer, case, span) for member_id, span, case, answer in self.answers()
        ]

    def answers(self):
        """Return [(member id, its :class:`Period`, its :class:`Case`, the calculation's answer)], in the same order.

        :raise AccessError: if the user may not read one of the members.
        """
        rows = self._read_members()
        # Whoever may read the member's file may know its fee, whatever the fee is computed from.
        cases = self._make_cases(self.grid.sudo(), self.members.sudo(), rows)
        calculation = self.grid._to_calculation()
        return [
            (member_id, span, case, fee.quote(calculation, case))
            for member_id, (span, case) in zip(self.members.ids, cases, strict=True)
        ]

    # ---- what is read ----

    def _read_members(self):
        """Return {member id: what its fee is computed from, beside the yearly figures}."""
        model = self.members.with_context(active_test=False)
        query = model._search([("id", "in", self.members.ids)])
        partner = query.join(query.table, "partner_id", "res_partner", "id", "partner_id")
        names = [name for name in MemberRow._fields if name != "founded_on"]
        columns = [model._field_to_sql(query.table, name, query) for name in names]
        columns.append(self.grid.env["res.partner"]._field_to_sql(partner, "founded_on", query))
        rows = {row[0]: MemberRow(*row) for row in self.grid.env.execute_query(query.select(*columns))}
        if len(rows) < len(self.members):  # the search leaves out what the user may not read: say what
            self.members.check_access("read")
        return rows

    def _read_figures(self, grid, partner_ids):
        """Return ({partner id: {figure: Decimal}}, {partner id: {figure: its year}} of the earlier ones).

        Unknown figures are left out.

        Only the figures that a rule of the grid asks for: those of the grid's year, or the last known ones
        where that is asked.
        """
        asked = {*grid.rule_ids.mapped("basis"), *grid.rule_ids.mapped("second_basis")}
        names = [name for name in FIGURES if name in asked]
        model = grid.env["association.annual.figures"]
        figures, years = defaultdict(dict), defaultdict(dict)
        for partner_id, year, known in model._read_known(partner_ids, names, grid.figures_year, self.last_known):
            figures[partner_id].update(known)
            if self.last_known:
                years[partner_id].update(dict.fromkeys(known, year))
        return figures, {
            partner_id: {name: year for name, year in known.items() if year != grid.figures_year}
            for partner_id, known in years.items()
        }

    # ---- what is computed ----

    def _make_cases(self, grid, members, rows):
        """Return the (period, case) of each member, read as a row."""
        figures, figure_years = self._read_figures(grid, [row.partner_id for row in rows.values()])
        above = grid.env["association.territory"].browse({row.territory_id for row in rows.values()} - {None})
        territories = {territory.id: ids for territory, ids in above._with_all_above().items()}
        rejoined = members._rejoining_dates() if grid.year_counting == "last" else None
        current = members._get_current_ids(grid.date_from)
        long = members._get_long_memberships()
        first, last, rollover = grid.date_from, grid.date_to, grid.rollover_from or None
        cases = []
        for member_id in members.ids:
            row = rows[member_id]
            span = period(first, last, None if member_id in current else self.start, rollover)
            joined = row.since if rejoined is None else rejoined.get(member_id)
            case = fee.Case(
                category=row.category_id,
                figures=_with_age(figures.get(row.partner_id, {}), row.founded_on, span.start),
                territories=territories.get(row.territory_id, frozenset()),
                tariff=row.tariff_id,
                year=year_of_membership(joined, first, long.get(member_id, ())),
                new=row.since is None,
                months=span.months,
                chosen=decimal(row.chosen_amount),
                figure_years=figure_years.get(row.partner_id, {}),
            )
            cases.append((span, case))
        return cases

    def _explain(self, member_id, writer, answer, case, span):
        """Turn the calculation's answer into what people and programs read."""
        return MemberQuote(
            member_id=member_id,
            amount=False if answer.problem else float(answer.amount),
            entry_fee=float(answer.entry_fee),
            rule_id=answer.rule.key if answer.rule else False,
            basis=answer.basis or False,
            basis_value=False if answer.basis_value is None else float(answer.basis_value),
            date_from=span.start,
            date_to=span.end,
            year=case.year,
            sentence=False if answer.problem else writer.sentence(answer, case),
            problem=writer.problem(answer, case) if answer.problem else False,
            problem_code=answer.problem or False,
        )


def _with_age(figures, founded_on, day):
    """Return the figures of a member, its age on a day among them if it can be known."""
    return {**figures, fee.AGE: Decimal(age_in_years(founded_on, day))} if founded_on else figures
