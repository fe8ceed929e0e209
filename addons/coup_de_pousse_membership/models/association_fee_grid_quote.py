"""What members owe under a grid, and why."""

from decimal import Decimal
from functools import reduce

from odoo import fields, models
from odoo.tools.misc import formatLang

from ..calculation import fee
from ..calculation.fee_period import age_in_years, months_between, period, year_of_membership
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
            then False).
        """
        self.ensure_one()
        self.check_access("read")
        if not isinstance(members, models.BaseModel):
            members = self.env["association.member"].browse(members)
        start = fields.Date.to_date(date) or self.date_from
        grid = self._to_calculation()
        periods, cases = self._make_cases(members, start)
        answers = [fee.quote(grid, case) for case in cases]
        rules = {rule.id: rule for rule in self.rule_ids}
        return [
            self._explain(member, rules, answer, case, span)
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
        current = members._current_on(self.date_from)
        territories = members.partner_id.territory_id._with_all_above()
        periods, cases = [], []
        for member in members:
            partner = member.partner_id
            span = period(
                self.date_from,
                self.date_to,
                None if member in current else start,
                self.rollover_from or None,
            )
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
                    year=year_of_membership(joined.get(member), self.date_from),
                    new=not member.since,
                    months=span.months,
                    chosen=decimal(member.chosen_amount),
                )
            )
        return periods, cases

    def _read_figures(self, members):
        """Return {partner id: {figure: Decimal}} for the grid's year; unknown figures are left out."""
        rows = self.env["association.annual.figures"].search_fetch(
            [("partner_id", "in", members.partner_id.ids), ("year", "=", self.figures_year)],
            ["partner_id", *fee.FIGURES],
        )
        return {
            row.partner_id.id: {
                name: Decimal(str(row[name])) for name in fee.FIGURES if row[name] is not False
            }
            for row in rows
        }

    # ---- in words ----

    def _explain(self, member, rules, answer, case, span):
        """Turn the calculation's answer into what people and invoices read."""
        rule = rules.get(answer.rule.key) if answer.rule else self.env["association.fee.rule"]
        problem = self._problem_sentence(member, answer, rule) if answer.problem else False
        return {
            "member_id": member.id,
            "amount": False if problem else float(answer.amount),
            "entry_fee": float(answer.entry_fee),
            "rule_id": rule.id,
            "basis": answer.basis or False,
            "basis_value": float(answer.basis_value) if answer.basis_value is not None else False,
            "date_from": span.start,
            "date_to": span.end,
            "year": case.year,
            "sentence": False if problem else self._sentence(rule, answer, case),
            "problem": problem,
        }

    def _sentence(self, rule, answer, case):
        """Explain an amount: “Budget 2025 of 120,000 €: band from 50,000 € to 150,000 €, 150 €.”"""
        labels = dict(self.adjustment_ids.mapped(lambda line: (line.id, line.name)))
        first, *others = answer.steps
        parts = [self._rule_part(rule, answer, case, self._money(first[1]))]
        parts += [self._step_part(step, case, labels) for step in others]
        if answer.entry_fee:
            parts.append(self.env._("entry fee: %s", self._money(answer.entry_fee)))
        return f"{reduce(self._join, parts)}."

    def _join(self, before, after):
        """Put two parts one after the other, with the spaces that the language asks for."""
        return self.env._("%(before)s; %(after)s", before=before, after=after)

    def _rule_part(self, rule, answer, case, amount):
        """Say what the rule alone gives."""
        if rule.method == "free":
            chosen = self.env._("chosen amount") if case.chosen else self.env._("suggested amount")
            return self.env._(
                "%(rule)s: %(kind)s, %(amount)s",
                rule=rule.name or self.name, kind=chosen, amount=amount,
            )
        if not answer.basis:
            return self.env._("%(rule)s: %(amount)s", rule=rule.name or self.name, amount=amount)
        how = ", ".join(filter(None, [self._band_text(rule), self._price_text(rule)]))
        values = {
            "figure": self._figure_label(answer.basis),
            "value": rule._format_figure(answer.basis_value, answer.basis),
            "how": how or rule.name,
            "amount": amount,
        }
        if answer.basis in fee.MONEY:
            return self.env._("%(figure)s of %(value)s: %(how)s, %(amount)s", **values)
        return self.env._("%(figure)s: %(value)s, %(how)s, %(amount)s", **values)

    def _figure_label(self, basis):
        label = dict(self.env["association.fee.rule"]._selection_basis())[basis]
        if basis == fee.AGE:
            return label
        return self.env._("%(figure)s %(year)s", figure=label, year=self.figures_year)

    def _band_text(self, rule):
        bands = rule._describe_bands()
        return self.env._("band %s", bands) if bands else ""

    def _price_text(self, rule):
        """Say the rate or the price that multiplies the figure; empty for a fixed fee."""
        base = self._money(rule.amount) + " + " if rule.amount else ""
        if rule.method == "rate":
            rate = formatLang(self.env, rule.rate, digits=4).rstrip("0").rstrip(".,")
            return f"{base}{rate}\N{NO-BREAK SPACE}%"
        price = self._money(rule.unit_price)
        if rule.method == "unit":
            text = self.env._("%s per unit", price)
        elif rule.method == "step":
            size = rule._format_figure(rule.group_size, "")
            text = self.env._("%(price)s per started group of %(size)s", price=price, size=size)
        else:
            return ""
        if rule.threshold:
            text = self.env._(
                "%(text)s above %(number)s",
                text=text, number=rule._format_figure(rule.threshold),
            )
        return base + text

    def _step_part(self, step, case, labels):
        """Say what happened to the amount after the rule."""
        name, amount = step[0], self._money(step[1])
        if name == "adjustment":
            return self.env._("%(name)s: %(amount)s", name=labels[step[2]], amount=amount)
        if name == "prorata" and self.amount_period == "month":
            return self.env._(
                "for %(months)s months: %(amount)s", months=case.months, amount=amount
            )
        if name == "prorata":
            whole = months_between(self.date_from, self.date_to)
            return self.env._(
                "%(months)s months of %(whole)s: %(amount)s",
                months=case.months, whole=whole, amount=amount,
            )
        labels = {
            "floor": self.env._("minimum: %s", amount),
            "cap": self.env._("maximum: %s", amount),
            "rounding": self.env._("rounded: %s", amount),
        }
        return labels[name]

    def _money(self, amount):
        return formatLang(self.env, float(amount), currency_obj=self.currency_id)

    def _problem_sentence(self, member, answer, rule):
        """Say why no amount can be given, and what to do about it."""
        if answer.problem == "category_missing":
            return self.env._("No category on the member's file: choose one.")
        if answer.problem == "territory_missing":
            return self.env._("No territory: enter the postcode or the territory on the contact.")
        if answer.problem == "figure_missing" and answer.basis == fee.AGE:
            return self.env._("Date of foundation not known: enter it on the contact.")
        if answer.problem == "figure_missing":
            return self.env._(
                "“%(figure)s” is not known for %(year)s: enter the figures of that year.",
                figure=dict(rule._selection_basis())[answer.basis],
                year=self.figures_year,
            )
        if answer.problem in ("chosen_too_low", "chosen_too_high"):
            bound = rule.floor if answer.problem == "chosen_too_low" else rule.cap
            return self.env._(
                "The amount chosen, %(chosen)s, is outside the bounds of “%(rule)s” (%(bound)s): "
                "correct it on the member's file.",
                chosen=self._money(member.chosen_amount),
                rule=rule.name or self.name,
                bound=self._money(bound),
            )
        return self.env._(
            "No rule of the grid “%(grid)s” fits (category %(category)s): complete the grid or "
            "correct the figures of %(year)s.",
            grid=self.name,
            category=member.category_id.name,
            year=self.figures_year,
        )
