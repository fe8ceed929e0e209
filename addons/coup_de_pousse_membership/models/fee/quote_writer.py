"""A quote in words: what a fee comes from, or why there is none.

One writer serves all the quotes of a run: what many members have in common is put in words once.
"""

from functools import cached_property

from odoo.tools.misc import formatLang, get_lang

from ...calculation.fee import fee
from ...calculation.fee.fee_period import months_between


class QuoteWriter:
    """Writes the quotes of one grid, in the language of its environment."""

    def __init__(self, grid):
        self.grid = grid
        self.env = grid.env
        self.rules = {rule.id: rule for rule in grid.rule_ids}
        self._amounts = {}
        self._figures = {}
        self._rule_texts = {}

    @cached_property
    def _labels(self):
        return dict(self.env["association.fee.rule"]._selection_basis())

    @cached_property
    def _thousands(self):
        """What separates thousands in this language; None where it groups digits otherwise."""
        language = get_lang(self.env)
        return language.thousands_sep if language.grouping == "[3,0]" else None

    @cached_property
    def _adjustments(self):
        return {line.id: line.name for line in self.grid.adjustment_ids}

    def sentence(self, answer, case):
        """Explain an amount: “Budget 2025 of 120,000 €: band from 50,000 € to 150,000 €, 150 €.”"""
        first, *others = answer.steps
        parts = [self._rule_part(answer, case, self.money(first[1]))]
        parts += [self._step_part(step, case) for step in others]
        parts += self._other_years(answer, case)
        if answer.entry_fee:
            parts.append(self.env._("entry fee: %s", self.money(answer.entry_fee)))
        if len(parts) == 1:
            return f"{parts[0]}."
        return self.env._("; ").join(parts) + "."

    def money(self, amount):
        """Write an amount in the grid's currency."""
        if amount not in self._amounts:
            self._amounts[amount] = formatLang(self.env, float(amount), currency_obj=self.grid.currency_id)
        return self._amounts[amount]

    def _figure(self, value, basis):
        key = value, basis
        if key not in self._figures:
            self._figures[key] = self._format_figure(value, basis)
        return self._figures[key]

    def _format_figure(self, value, basis):
        """Write a figure as the rules do; budgets, whole and all different, without Odoo's long way."""
        if self._thousands is None or value != value.to_integral_value():
            return next(iter(self.rules.values()))._format_figure(value, basis)
        text = f"{int(value):,}".replace(",", self._thousands)
        return f"{text}\N{NO-BREAK SPACE}{self._symbol}" if basis in fee.MONEY else text

    @cached_property
    def _symbol(self):
        return self.grid.currency_id.symbol or ""

    # ---- what the rule alone gives ----

    def _rule_part(self, answer, case, amount):
        rule = self.rules[answer.rule.key]
        if answer.rule.method == "free":
            chosen = self.env._("chosen amount") if case.chosen else self.env._("suggested amount")
            return self.env._(
                "%(rule)s: %(kind)s, %(amount)s",
                rule=rule.name or self.grid.name,
                kind=chosen,
                amount=amount,
            )
        key = answer.rule.key, answer.basis, case.figure_years.get(answer.basis)
        if key not in self._rule_texts:
            self._rule_texts[key] = self._rule_text(rule, *key[1:])
        return self._rule_texts[key] % {
            "value": self._figure(answer.basis_value, answer.basis) if answer.basis else "",
            "amount": amount,
        }

    def _other_years(self, answer, case):
        """Name the figures of an earlier year that the rule read beside the one that explains the amount."""
        others = {basis: case.figure_years.get(basis) for basis in fee.needed_figures(answer.rule)}
        return [self._figure_label(basis, year) for basis, year in others.items() if year and basis != answer.basis]

    def _rule_text(self, rule, basis, year):
        """Return the words of a rule, in which the member's figure and amount are left open."""
        holes = {"value": "%(value)s", "amount": "%(amount)s"}
        name = (rule.name or self.grid.name).replace("%", "%%")
        if not basis:
            return self.env._("%(rule)s: %(amount)s", rule=name, amount=holes["amount"])
        how = ", ".join(filter(None, [self._band_text(rule), self._price_text(rule)]))
        values = {
            **holes,
            "figure": self._figure_label(basis, year).replace("%", "%%"),
            "how": how.replace("%", "%%") or name,
        }
        if basis in fee.MONEY:
            return self.env._("%(figure)s of %(value)s: %(how)s, %(amount)s", **values)
        return self.env._("%(figure)s: %(value)s, %(how)s, %(amount)s", **values)

    def _figure_label(self, basis, year=None):
        """Name a figure and its year: the grid's, or the earlier one of the last known figure."""
        label = self._labels[basis]
        if basis == fee.AGE:
            return label
        if year:
            return self.env._("%(figure)s %(year)s (last known)", figure=label, year=year)
        return self.env._("%(figure)s %(year)s", figure=label, year=self.grid.figures_year)

    def _band_text(self, rule):
        bands = rule._describe_bands()
        return self.env._("band %s", bands) if bands else ""

    def _price_text(self, rule):
        """Say the rate or the price that multiplies the figure; empty for a fixed fee."""
        base = f"{self.money(rule.amount)} + " if rule.amount else ""
        if rule.method == "rate":
            return base + self._rate_text(rule.rate)
        if rule.method == "brackets":
            return base + self.env._("; ").join(
                self._bracket_text(rule, bracket) for bracket in rule.bracket_ids.sorted("starts_from")
            )
        price = self.money(rule.unit_price)
        if rule.method == "unit":
            text = self.env._("%s per unit", price)
        elif rule.method == "step":
            size = rule._format_figure(rule.group_size, fee.AGE)
            text = self.env._("%(price)s per started group of %(size)s", price=price, size=size)
        else:
            return ""
        if rule.threshold:
            number = rule._format_figure(rule.threshold)
            text = self.env._("%(text)s above %(number)s", text=text, number=number)
        return base + text

    def _bracket_text(self, rule, bracket):
        return self.env._(
            "%(rate)s from %(start)s",
            rate=self._rate_text(bracket.rate),
            start=rule._format_figure(bracket.starts_from),
        )

    def _rate_text(self, rate):
        text = formatLang(self.env, rate, digits=4).rstrip("0").rstrip(".,")
        return f"{text}\N{NO-BREAK SPACE}%"

    def fee_text(self, rule):
        """Say the fee that a line of the grid gives, as the grid is read: “60 € + 0.1 %”, “from 10 € to 50 €”."""
        if rule.method == "fixed":
            return self.money(rule.amount)
        if rule.method == "free":
            bounds = [self.money(bound) for bound in (rule.floor, rule.cap) if bound is not False]
            texts = [
                self.env._("as you choose"),
                " – ".join(bounds),
                self.env._("proposed: %s", self.money(rule.amount)),
            ]
            return ", ".join(filter(None, texts))
        bounds = [
            self.env._("minimum: %s", self.money(rule.floor)) if rule.floor is not False else "",
            self.env._("maximum: %s", self.money(rule.cap)) if rule.cap is not False else "",
        ]
        return ", ".join(filter(None, [self._price_text(rule), *bounds]))

    # ---- what happens to the amount afterwards ----

    def _step_part(self, step, case):
        name, amount = step[0], self.money(step[1])
        if name == "adjustment":
            label = self._adjustments[step[2]]
            return self.env._("%(name)s: %(amount)s", name=label, amount=amount)
        if name == "prorata":
            return self._prorata_part(case.months, amount)
        if name == "floor":
            return self.env._("minimum: %s", amount)
        if name == "cap":
            return self.env._("maximum: %s", amount)
        return self.env._("rounded: %s", amount)

    def _prorata_part(self, months, amount):
        if self.grid.amount_period == "month":
            return self.env._("for %(months)s months: %(amount)s", months=months, amount=amount)
        return self.env._(
            "%(months)s months of %(whole)s: %(amount)s",
            months=months,
            whole=months_between(self.grid.date_from, self.grid.date_to),
            amount=amount,
        )

    # ---- why there is no amount ----

    def problem(self, answer, case):
        """Say why no amount can be given, and what to do about it."""
        if answer.problem == "category_missing":
            return self.env._("No category on the member's file: choose one.")
        if answer.problem == "territory_missing":
            return self.env._("No territory: enter the postcode or the territory on the contact.")
        if answer.problem == "figure_missing":
            return self._missing_figure(answer.basis)
        if answer.problem in ("chosen_too_low", "chosen_too_high"):
            rule = answer.rule
            bound = rule.floor if answer.problem == "chosen_too_low" else rule.cap
            return self.env._(
                "The amount chosen, %(chosen)s, is outside the bounds of “%(rule)s” (%(bound)s): "
                "correct it on the member's file.",
                chosen=self.money(case.chosen),
                rule=self.rules[rule.key].name or self.grid.name,
                bound=self.money(bound),
            )
        category = self.env["association.category"].browse(case.category)
        return self.env._(
            "No rule of the grid “%(grid)s” fits (category %(category)s): complete the grid or "
            "correct the figures of %(year)s.",
            grid=self.grid.name,
            category=category.name,
            year=self.grid.figures_year,
        )

    def _missing_figure(self, basis):
        if basis == fee.AGE:
            return self.env._("Date of foundation not known: enter it on the contact.")
        if self.grid.last_known_figures:
            return self.env._(
                "“%(figure)s” is known neither for %(year)s nor for an earlier year: enter the figures.",
                figure=self._labels[basis],
                year=self.grid.figures_year,
            )
        return self.env._(
            "“%(figure)s” is not known for %(year)s: enter the figures of that year.",
            figure=self._labels[basis],
            year=self.grid.figures_year,
        )
