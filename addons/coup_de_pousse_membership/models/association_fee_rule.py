from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_repr
from odoo.tools.misc import formatLang

from ..calculation import fee
from ..optional_number import OptionalFloat


class AssociationFeeRule(models.Model):
    _name = "association.fee.rule"
    _description = "Fee Rule"
    _order = "grid_id, sequence, id"

    grid_id = fields.Many2one(
        "association.fee.grid", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="grid_id.company_id")
    currency_id = fields.Many2one(related="grid_id.currency_id")
    sequence = fields.Integer(default=10)
    name = fields.Char(
        string="Label",
        compute="_compute_name",
        store=True,
        readonly=False,
        help="How the rule is called in quotes. Proposed from its criteria.",
    )
    category_ids = fields.Many2many(
        "association.category", string="Categories", help="Empty: all categories."
    )
    basis = fields.Selection(
        selection="_selection_basis",
        string="According to",
        help="Figure that the band reads, as declared for the grid's year. Empty: fixed fee.",
    )
    basis_from = OptionalFloat(
        string="From", digits=(16, 2), help="Lower bound, included. Empty: no lower bound."
    )
    basis_below = OptionalFloat(
        string="Below", digits=(16, 2), help="Upper bound, not included. Empty: no upper bound."
    )
    amount = fields.Monetary(string="Fee", required=True, default=0.0)

    _amount_not_negative = models.Constraint(
        "CHECK (amount >= 0)", "A fee cannot be negative: write 0 for a free membership."
    )
    _band_not_empty = models.Constraint(
        "CHECK (basis_from IS NULL OR basis_below IS NULL OR basis_from < basis_below)",
        "A band must start below its upper bound: “From” has to be smaller than “Below”.",
    )
    _band_needs_basis = models.Constraint(
        "CHECK (basis IS NOT NULL OR (basis_from IS NULL AND basis_below IS NULL))",
        "A band needs a figure: choose what “From” and “Below” measure (budget, employees…).",
    )

    @api.model
    def _selection_basis(self):
        figures = self.env["association.annual.figures"]
        return [(name, figures._fields[name]._description_string(self.env)) for name in fee.FIGURES]

    @api.depends("basis", "basis_from", "basis_below", "category_ids")
    def _compute_name(self):
        for rule in self:
            rule.name = rule._describe_band() or ", ".join(rule.category_ids.mapped("name"))

    def _describe_band(self):
        """Say the band in words, such as “budget from 50,000 € to 150,000 €”; empty if there is none."""
        self.ensure_one()
        lower, upper = self.basis_from, self.basis_below
        if lower is not False and upper is not False:
            return self.env._(
                "from %(lower)s to %(upper)s",
                lower=self._format_figure(lower),
                upper=self._format_figure(upper),
            )
        if upper is not False:
            return self.env._("below %(upper)s", upper=self._format_figure(upper))
        if lower is not False:
            return self.env._("from %(lower)s", lower=self._format_figure(lower))
        return ""

    def _format_figure(self, value):
        """Write a figure as people do: whole where it is whole, with its unit."""
        self.ensure_one()
        value = float(value)
        digits = 0 if value.is_integer() else 2
        if self.basis in fee.MONEY:
            text = formatLang(self.env, value, digits=digits)
            return f"{text}\N{NO-BREAK SPACE}{self.currency_id.symbol or ''}"
        return formatLang(self.env, value, digits=digits)

    def _to_calculation(self):
        """Return the rules as the calculation reads them, in the grid's order."""
        return [
            fee.Rule(
                key=rule.id,
                amount=Decimal(float_repr(rule.amount, rule.currency_id.decimal_places)),
                categories=frozenset(rule.category_ids.ids),
                basis=rule.basis or None,
                lower=None if rule.basis_from is False else Decimal(str(rule.basis_from)),
                upper=None if rule.basis_below is False else Decimal(str(rule.basis_below)),
            )
            for rule in self
        ]

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._check_grid_is_draft()
        return rules

    def write(self, vals):
        self._check_grid_is_draft()
        res = super().write(vals)
        self._check_grid_is_draft()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_only_from_draft(self):
        self._check_grid_is_draft()

    def _check_grid_is_draft(self):
        for grid in self.grid_id:
            if grid.state != "draft":
                raise UserError(
                    self.env._(
                        "The grid “%(grid)s” has been voted: its rules can no longer change. "
                        "Duplicate it, change the copy and have that one voted.",
                        grid=grid.name,
                    )
                )
