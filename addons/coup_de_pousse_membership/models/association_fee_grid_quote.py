"""What members owe under a grid, and why."""

from decimal import Decimal

from odoo import fields, models

from ..calculation import fee
from ..calculation.fee_period import age_in_years, months_between, period, year_of_membership
from ..quote_writer import QuoteWriter
from .association_fee_rule import decimal


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
            then False), of the kind ``problem_code`` (see ``calculation/fee.py``).
        """
        self.ensure_one()
        self.check_access("read")
        if not isinstance(members, models.BaseModel):
            members = self.env["association.member"].browse(members)
        start = fields.Date.to_date(date) or self.date_from
        members.check_access("read")
        # Whoever may read the member's file may know its fee, whatever the fee is computed from.
        periods, cases = self.sudo()._make_cases(members.sudo(), start)
        grid = self._to_calculation()
        answers = [fee.quote(grid, case) for case in cases]
        writer = QuoteWriter(self)
        return [
            self._explain(member, writer, answer, case, span)
            for member, answer, case, span in zip(members, answers, cases, periods, strict=True)
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

    def _make_cases(self, members, start):
        """Return the periods and the cases of members whose membership starts on a day."""
        # Read at once what is read below, instead of by a thousand records.
        members.fetch(["partner_id", "category_id", "tariff_id", "since", "chosen_amount"])
        members.partner_id.fetch(["founded_on", "territory_id"])
        figures = self._read_figures(members)
        joined = members._joining_dates(self.year_counting)
        # A set: looking a record up in a recordset walks through it.
        current = set(members._current_on(self.date_from))
        territories = members.partner_id.territory_id._with_all_above()
        first, last, rollover = self.date_from, self.date_to, self.rollover_from or None
        periods, cases = [], []
        for member in members:
            partner = member.partner_id
            span = period(first, last, None if member in current else start, rollover)
            known = figures.get(partner.id, {})
            if partner.founded_on:
                known = {**known, fee.AGE: Decimal(age_in_years(partner.founded_on, span.start))}
            periods.append(span)
            cases.append(
                fee.Case(
                    category=member.category_id.id,
                    figures=known,
                    territories=territories.get(partner.territory_id, frozenset()),
                    tariff=member.tariff_id.id or None,
                    year=year_of_membership(joined.get(member), first),
                    new=not member.since,
                    months=span.months,
                    chosen=decimal(member.chosen_amount),
                )
            )
        return periods, cases

    def _read_figures(self, members):
        """Return {partner id: {figure: Decimal}} for the grid's year; unknown figures are left out.

        Only the figures that a rule of the grid asks for.
        """
        asked = {*self.rule_ids.mapped("basis"), *self.rule_ids.mapped("second_basis")}
        names = [name for name in fee.FIGURES if name in asked]
        model = self.env["association.annual.figures"]
        query = model._search([("partner_id", "in", members.partner_id.ids), ("year", "=", self.figures_year)])
        # Plain rows: a record read field by field takes as long as the fee itself.
        columns = [model._field_to_sql(query.table, name, query) for name in ("partner_id", *names)]
        return {
            partner_id: {
                name: Decimal(str(value)) for name, value in zip(names, values, strict=True) if value is not None
            }
            for partner_id, *values in self.env.execute_query(query.select(*columns))
        }

    def _explain(self, member, writer, answer, case, span):
        """Turn the calculation's answer into what people and programs read."""
        known = answer.basis_value is not None
        return {
            "member_id": member.id,
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
