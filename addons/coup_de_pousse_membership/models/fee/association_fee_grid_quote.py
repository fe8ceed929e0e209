"""What members owe under a grid, and why."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from odoo import fields, models

from ...calculation.fee import fee
from ...calculation.fee.fee_period import age_in_years, months_between, period, year_of_membership
from .association_fee_rule import decimal
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


class AssociationFeeGrid(models.Model):
    _inherit = "association.fee.grid"

    def quote(self, members, date=None):
        """Compute what members owe under this grid.

        :param members: ``association.member`` records (or their ids).
        :param date: day from which the membership runs; the grid's first day by default.
        :return: one dictionary per member, in the same order: ``member_id``; ``amount`` and
            ``entry_fee`` (in the grid's currency, before tax); ``rule_id``, ``basis`` and
            ``basis_value``; ``date_from`` and ``date_to``; ``year`` of membership; ``sentence`` that
            explains the amount; and ``problem``: a sentence if no amount can be given (``amount`` is
            then False), of the kind ``problem_code`` (see ``calculation/fee/fee.py``).
        """
        self.ensure_one()
        self.check_access("read")
        if not isinstance(members, models.BaseModel):
            members = self.env["association.member"].browse(members)
        start = fields.Date.to_date(date) or self.date_from
        rows = self._read_members(members)
        # Whoever may read the member's file may know its fee, whatever the fee is computed from.
        periods, cases = self.sudo()._make_cases(members.sudo(), rows, start)
        grid = self._to_calculation()
        answers = [fee.quote(grid, case) for case in cases]
        writer = QuoteWriter(self)
        return [
            self._explain(member_id, writer, answer, case, span)
            for member_id, answer, case, span in zip(members.ids, answers, cases, periods, strict=True)
        ]

    def _to_calculation(self):
        """Return the grid as the calculation reads it."""
        self.ensure_one()
        monthly = self.amount_period == "month"
        return fee.Grid(
            rules=self.rule_ids._to_calculation(),
            adjustments=self.adjustment_ids._to_calculation(),
            floor=decimal(self.floor),
            cap=decimal(self.cap),
            months=1 if monthly else months_between(self.date_from, self.date_to),
            prorata=self.prorata,
            rounding=(Decimal(self.rounding_unit), self.rounding_direction),
        )

    def _make_cases(self, members, rows, start):
        """Return the periods and the cases of members, read as rows, whose membership starts on a day."""
        first, last, rollover = self.date_from, self.date_to, self.rollover_from or None
        figures = self._read_figures([row.partner_id for row in rows.values()])
        rejoined = members._rejoining_dates() if self.year_counting == "last" else None
        current = members._get_current_ids(first)
        above = self.env["association.territory"].browse({row.territory_id for row in rows.values()} - {None})
        territories = {territory.id: ids for territory, ids in above._with_all_above().items()}
        periods, cases = [], []
        for member_id in members.ids:
            row = rows[member_id]
            span = period(first, last, None if member_id in current else start, rollover)
            known = figures.get(row.partner_id, {})
            if row.founded_on:
                known = {**known, fee.AGE: Decimal(age_in_years(row.founded_on, span.start))}
            joined = row.since if rejoined is None else rejoined.get(member_id)
            periods.append(span)
            cases.append(
                fee.Case(
                    category=row.category_id,
                    figures=known,
                    territories=territories.get(row.territory_id, frozenset()),
                    tariff=row.tariff_id,
                    year=year_of_membership(joined, first),
                    new=row.since is None,
                    months=span.months,
                    chosen=None if row.chosen_amount is None else decimal(row.chosen_amount),
                )
            )
        return periods, cases

    def _read_members(self, members):
        """Return {member id: what its fee is computed from, beside the yearly figures}.

        :raise AccessError: if the user may not read one of them.
        """
        model = members.with_context(active_test=False)
        query = model._search([("id", "in", members.ids)])
        partner = query.join(query.table, "partner_id", "res_partner", "id", "partner_id")
        names = [name for name in MemberRow._fields if name != "founded_on"]
        columns = [model._field_to_sql(query.table, name, query) for name in names]
        columns.append(self.env["res.partner"]._field_to_sql(partner, "founded_on", query))
        rows = {row[0]: MemberRow(*row) for row in self.env.execute_query(query.select(*columns))}
        if len(rows) < len(members):  # the search leaves out what the user may not read: say what
            members.check_access("read")
        return rows

    def _read_figures(self, partner_ids):
        """Return {partner id: {figure: Decimal}} for the grid's year; unknown figures are left out.

        Only the figures that a rule of the grid asks for.
        """
        asked = {*self.rule_ids.mapped("basis"), *self.rule_ids.mapped("second_basis")}
        names = [name for name in fee.FIGURES if name in asked]
        model = self.env["association.annual.figures"]
        query = model._search([("partner_id", "in", partner_ids), ("year", "=", self.figures_year)])
        columns = [model._field_to_sql(query.table, name, query) for name in ("partner_id", *names)]
        return {
            partner_id: {
                name: Decimal(str(value)) for name, value in zip(names, values, strict=True) if value is not None
            }
            for partner_id, *values in self.env.execute_query(query.select(*columns))
        }

    def _explain(self, member_id, writer, answer, case, span):
        """Turn the calculation's answer into what people and programs read."""
        known = answer.basis_value is not None
        return {
            "member_id": member_id,
            "amount": False if answer.problem else float(answer.amount),
            "entry_fee": float(answer.entry_fee),
            "rule_id": answer.rule.key if answer.rule else False,
            "basis": answer.basis or False,
            "basis_value": float(answer.basis_value) if known else False,
            "date_from": span.start,
            "date_to": span.end,
            "year": case.year,
            "sentence": False if answer.problem else writer.sentence(answer, case),
            "problem": writer.problem(answer, case) if answer.problem else False,
            "problem_code": answer.problem or False,
        }
