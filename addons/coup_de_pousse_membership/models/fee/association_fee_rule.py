"""The lines of a grid: whom each concerns, and the fee that it gives."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import formatLang

from ...calculation.common.amounts import decimal
from ...calculation.fee import fee
from ...calculation.register.figures import FIGURES
from ..common.optional_number import OptionalFloat, OptionalMonetary


class AssociationFeeRule(models.Model):
    _name = "association.fee.rule"
    _description = "Fee Rule"
    _inherit = ["association.fee.scope"]
    _order = "grid_id, sequence, id"

    grid_state = fields.Selection(related="grid_id.state")
    name = fields.Char(
        string="Label",
        compute="_compute_name",
        store=True,
        readonly=False,
        help="How the rule is called in quotes. Proposed from its criteria.",
    )
    basis = fields.Selection(
        selection="_selection_basis",
        string="According to",
        help="Figure that the band reads, as declared for the grid's year. Empty: none.",
    )
    basis_from = OptionalFloat(string="From", digits=(16, 2), help="Lower bound, included. Empty: no lower bound.")
    basis_below = OptionalFloat(
        string="Below", digits=(16, 2), help="Upper bound, not included. Empty: no upper bound."
    )
    second_basis = fields.Selection(
        selection="_selection_basis",
        string="And according to",
        help="A second figure that must be in its band too.",
    )
    second_from = OptionalFloat(string="From (second)", digits=(16, 2), help="Included.")
    second_below = OptionalFloat(string="Below (second)", digits=(16, 2), help="Not included.")
    method = fields.Selection(
        [
            ("fixed", "Fixed fee"),
            ("rate", "Rate of the figure"),
            ("unit", "Price per unit"),
            ("step", "Price per started group"),
            ("brackets", "Progressive rate"),
            ("free", "Free choice"),
        ],
        string="Kind of fee",
        default="fixed",
        required=True,
        help="Fixed fee: the amount.\n"
        "Rate of the figure: the amount (often 0), plus a percentage of the figure.\n"
        "Price per unit: the amount (often 0), plus a price for each unit above the threshold.\n"
        "Price per started group: the same, for each group of units, a started one counting whole.\n"
        "Progressive rate: the amount (often 0), plus each part of the figure at the rate of its bracket.\n"
        "Free choice: the member chooses between the minimum and the maximum; the amount is "
        "what is suggested.",
    )
    amount = fields.Monetary(required=True, default=0.0)
    rate = fields.Float(string="Rate (%)", digits=(16, 4))
    unit_price = fields.Monetary(string="Price", help="For each unit, or each started group.")
    threshold = fields.Float(digits=(16, 2), help="Units up to this number are in the amount already.")
    group_size = fields.Float(string="Units per group", digits=(16, 2), default=1.0, help="3: one price per started 3.")
    bracket_ids = fields.One2many("association.fee.bracket", "rule_id", string="Brackets", copy=True)
    floor = OptionalMonetary(string="Minimum", help="Empty: no minimum.")
    cap = OptionalMonetary(string="Maximum", help="Empty: no maximum.")
    entry_fee = fields.Monetary(help="Asked once, on top, from who joins for the first time.")

    _amount_not_negative = models.Constraint(
        "CHECK (amount >= 0 AND rate >= 0 AND unit_price >= 0 AND threshold >= 0 AND entry_fee >= 0)",
        "Fees, rates, prices and thresholds cannot be negative: write 0 for a free membership.",
    )
    _group_size_positive = models.Constraint(
        "CHECK (group_size > 0)", "A group has at least one unit: “Units per group” must be above 0."
    )
    _bounds_in_order = models.Constraint(
        "CHECK (floor >= 0 AND cap >= 0 AND floor <= cap)",
        "The minimum cannot be negative, nor above the maximum.",
    )
    _band_not_empty = models.Constraint(
        "CHECK (basis_from < basis_below AND second_from < second_below)",
        "A band must start below its upper bound: “From” has to be smaller than “Below”.",
    )
    _band_needs_basis = models.Constraint(
        "CHECK ((basis IS NOT NULL OR (basis_from IS NULL AND basis_below IS NULL)) AND "
        "(second_basis IS NOT NULL OR (second_from IS NULL AND second_below IS NULL)))",
        "A band needs a figure: choose what “From” and “Below” measure (budget, employees…).",
    )
    _price_needs_basis = models.Constraint(
        "CHECK (method IN ('fixed', 'free') OR basis IS NOT NULL)",
        "A rate or a price per unit needs a figure: choose it under “According to”.",
    )
    _years_in_order = models.Constraint(
        "CHECK (year_from >= 1 AND year_to >= 1 AND year_from <= year_to)",
        "Years of membership: 1 is the first, and the first one cannot come after the last one.",
    )

    @api.model
    def _selection_basis(self):
        figures = self.env["association.annual.figures"]
        names = [(name, figures._fields[name]._description_string(self.env)) for name in FIGURES]
        return [*names, (fee.AGE, self.env._("Age of the organisation (full years)"))]

    @api.depends(
        "basis",
        "basis_from",
        "basis_below",
        "second_basis",
        "second_from",
        "second_below",
        "category_ids",
        "tariff_ids",
    )
    def _compute_name(self):
        for rule in self:
            rule.name = rule._describe_bands() or ", ".join((rule.tariff_ids or rule.category_ids).mapped("name"))

    @api.constrains("method", "bracket_ids")
    def _check_brackets(self):
        for rule in self:
            if not rule._has_brackets():
                raise ValidationError(
                    self.env._(
                        "The rule “%(rule)s” has a progressive rate without brackets: write at least one, such as "
                        "from 0 at 0.1 %%.",
                        rule=rule.name or rule.grid_id.name,
                    )
                )

    # ---- in words ----

    def _describe_bands(self):
        """Say the bands in words, such as “from 50,000 € to 150,000 €”; empty if there is none."""
        self.ensure_one()
        texts = [
            self._describe_band(self.basis, self.basis_from, self.basis_below),
            self._describe_band(self.second_basis, self.second_from, self.second_below),
        ]
        if texts[1]:
            label = dict(self._selection_basis())[self.second_basis]
            texts[1] = f"{label} {texts[1]}"
        return ", ".join(filter(None, texts))

    def _describe_band(self, basis, lower, upper):
        if lower is not False and upper is not False:
            return self.env._(
                "from %(lower)s to %(upper)s",
                lower=self._format_figure(lower, basis),
                upper=self._format_figure(upper, basis),
            )
        if upper is not False:
            return self.env._("below %(upper)s", upper=self._format_figure(upper, basis))
        if lower is not False:
            return self.env._("from %(lower)s", lower=self._format_figure(lower, basis))
        return ""

    def _format_figure(self, value, basis=None):
        """Write a figure as people do: whole where it is whole, with its unit."""
        self.ensure_one()
        value = float(value)
        digits = 0 if value.is_integer() else 2
        text = formatLang(self.env, value, digits=digits)
        if (basis or self.basis) in fee.MONEY:
            return f"{text}\N{NO-BREAK SPACE}{self.currency_id.symbol or ''}"
        return text

    # ---- for the calculation ----

    def _to_calculation(self):
        """Return the rules as the calculation reads them, in the grid's order."""
        return tuple(rule._to_rule() for rule in self)

    def _is_complete(self):
        """Return whether a rule, perhaps still being typed, can be computed: what the database asks of it."""
        self.ensure_one()
        bands = ((self.basis_from, self.basis_below), (self.second_from, self.second_below))
        in_order = all(lower is False or upper is False or lower < upper for lower, upper in bands)
        return (
            in_order
            and self.group_size > 0
            and self._has_brackets()
            and bool(self.basis or self.method in ("fixed", "free"))
        )

    def _has_brackets(self):
        """Return whether a progressive fee has its brackets; other fees need none."""
        self.ensure_one()
        return self.method != "brackets" or bool(self.bracket_ids)

    def _to_rule(self):
        self.ensure_one()
        bands = [
            fee.Band(basis, decimal(lower), decimal(upper))
            for basis, lower, upper in (
                (self.basis, self.basis_from, self.basis_below),
                (self.second_basis, self.second_from, self.second_below),
            )
            if basis and (lower is not False or upper is not False)
        ]
        price = decimal(self.rate) / 100 if self.method == "rate" else decimal(self.unit_price)
        return fee.Rule(
            key=self.id,
            amount=decimal(self.amount),
            method=self.method,
            basis=self.basis or None,
            bands=tuple(bands),
            scope=self._to_scope(),
            price=price,
            threshold=decimal(self.threshold),
            step=decimal(self.group_size),
            brackets=self.bracket_ids._to_calculation() if self.method == "brackets" else (),
            floor=decimal(self.floor),
            cap=decimal(self.cap),
            entry_fee=decimal(self.entry_fee),
        )
