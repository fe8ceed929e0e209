"""Figures: each defined once, read by the dashboards, the first screens, the page for the board and the digest."""

from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import ormcache

from ...calculation.metric import formula
from ...calculation.metric.dashboard_parts import CATEGORY, PERIOD, TERRITORY

#: Fields that say by what a figure is filtered, and the filter each stands for.
FILTERS = {"date_field": PERIOD, "territory_field": TERRITORY, "category_field": CATEGORY}


class AssociationMetric(models.Model):
    """One figure: what is counted or added up, of which records; or a formula of other figures."""

    _name = "association.metric"
    _description = "Figure of a Dashboard"
    _order = "sequence, id"

    code = fields.Char(required=True, help="By which formulas and screens name the figure.")
    name = fields.Char(required=True, translate=True)
    meaning = fields.Char(translate=True, help="What is counted, in words.")
    dashboard_id = fields.Many2one("spreadsheet.dashboard", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    model = fields.Char(help="Records that are counted or added up; empty for a formula.")
    domain = fields.Char(required=True, default="[]", help="Which of them; days may be relative: 'today', 'today +6m'.")
    measure = fields.Char(required=True, default="__count", help="__count, or a field and how: amount:sum.")
    formula = fields.Char(help="A sum of figures, or one sum divided by another: renewed / (renewed + left).")
    date_field = fields.Char(string="Period by", help="Path of the day that the period filters; empty: not filtered.")
    territory_field = fields.Char(string="Territory by")
    category_field = fields.Char(string="Category by")
    unit = fields.Selection(
        [("count", "Number"), ("money", "Amount"), ("percent", "Share"), ("days", "Days"), ("index", "Index")],
        required=True,
        default="count",
    )
    better = fields.Selection(
        [("up", "More is better"), ("down", "Less is better"), ("none", "Neither")], required=True, default="up"
    )
    is_card = fields.Boolean(string="Has a card")
    is_network = fields.Boolean(string="On the whole network's dashboard")
    chart = fields.Selection(
        [
            ("bar", "Bars"),
            ("beside", "Bars side by side"),
            ("line", "Curve"),
            ("running", "Curve that adds up"),
            ("pie", "Pie"),
            ("waterfall", "Why it changed"),
        ],
        help="Shown as a chart, and not as a number.",
    )
    grouping = fields.Char(
        string="Divided by", help="What a chart is divided by: fields with commas, such as date:month,kind."
    )
    menu = fields.Char(help="Menu that a click on the card opens.")
    action = fields.Char(help="Action in which the records behind the figure open.")

    _unique_code = models.UniqueIndex("(code)", "Another figure has this code.")
    _something = models.Constraint(
        "CHECK ((model IS NULL) <> (formula IS NULL))",
        "A figure counts records of a model, or is a formula: one of both.",
    )
    _chart_grouped = models.Constraint(
        "CHECK (chart IS NULL OR (grouping IS NOT NULL AND formula IS NULL))",
        "A chart counts records of a model, divided by a field.",
    )

    @api.constrains("formula", "domain")
    def _check_readable(self):
        for metric in self:
            try:
                Domain(literal_eval(metric.domain))
                codes = formula.codes(metric.formula) if metric.formula else ()
            except (ValueError, SyntaxError, TypeError) as error:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” cannot be read: correct its domain or its formula (%(reason)s).",
                        name=metric.name,
                        reason=error,
                    )
                ) from error
            if metric.code in codes:
                raise ValidationError(self.env._("“%s” is a formula of itself.", metric.name))

    # ---- what it is worth ----

    def _get_available(self):
        """Return the figures that the present user may read, of the addons that are installed."""
        parts = self._with_parts()
        known = {
            metric.code
            for metric in parts.filtered("model")
            if metric.model in self.env and self.env[metric.model].has_access("read")
        }
        known.update(formula.reach(known, parts._get_formulas()))
        return self.filtered(lambda metric: metric.code in known)

    def _get_formulas(self):
        """Return {code: formula} of those that are formulas."""
        return {metric.code: metric.formula for metric in self if metric.formula}

    def _get_groups(self):
        """Return the fields that a chart is divided by."""
        self.ensure_one()
        return self.grouping.split(",") if self.grouping else []

    def _with_parts(self):
        """Return these figures and all that their formulas read."""
        ids, found, todo = self._get_ids(), self.browse(), self
        while todo:
            found |= todo
            codes = {code for text in todo._get_formulas().values() for code in formula.codes(text)}
            todo = self.browse([ids[code] for code in sorted(codes) if code in ids]) - found
        return found

    def _get_domain(self, date_from=None, date_to=None, territory=None, category=None):
        """Return which records the figure counts.

        :param date_from: first day of the period, where the figure is of a period.
        :param territory: with all that lies in it.
        """
        self.ensure_one()
        domain = Domain(literal_eval(self.domain))
        if self.date_field and date_from:
            domain &= Domain(self.date_field, ">=", fields.Date.to_string(date_from))
        if self.date_field and date_to:
            until = fields.Date.add(date_to, days=1)
            domain &= Domain(self.date_field, "<", fields.Date.to_string(until))
        if self.territory_field and territory:
            domain &= Domain(self.territory_field, "child_of", territory.ids)
        if self.category_field and category:
            domain &= Domain(self.category_field, "in", category.ids)
        return domain

    def _get_values(self, also=(), **filters):
        """Return {code: number, or None where it is unknown} of these figures and of those their formulas read.

        :param also: domain that all records answer to besides.
        :param filters: see :meth:`_get_domain`.
        """
        parts = self._with_parts()
        together = {}
        for metric in parts.filtered("model"):
            domain = metric._get_domain(**filters)
            together.setdefault((metric.model, repr(domain)), (domain, []))[1].append(metric)
        values = {}
        for (model, _domain), (domain, metrics) in together.items():
            measures = list(dict.fromkeys(metric.measure for metric in metrics))
            [found] = self.env[model]._read_group(domain & Domain(list(also)), [], measures)
            numbers = dict(zip(measures, found, strict=True))
            values.update((metric.code, metric._get_number(numbers[metric.measure])) for metric in metrics)
        formulas = parts._get_formulas()
        reached = formula.reach(values, formulas)
        # What reads a figure that is not there, or formulas that read one another, have no value.
        values.update(dict.fromkeys(formulas))
        for code in reached:
            values[code] = formula.evaluate(formulas[code], values)
        return values

    def _get_number(self, found):
        """Return what was found; nothing counted is 0, an average of nothing is unknown."""
        is_unknown = found is None or found is False
        return None if is_unknown and self.measure.endswith(":avg") else found or 0

    @api.model
    def _get(self, *codes):
        """Return the figures of some codes, in their order."""
        ids = self._get_ids()
        return self.browse([ids[code] for code in codes])

    # ---- found by their codes on every screen ----

    @api.model
    @ormcache()
    def _get_ids(self):
        """Return {code: id of the figure}."""
        return {metric.code: metric.id for metric in self.sudo().search_fetch([], ["code"])}

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        if "code" in vals:
            self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
