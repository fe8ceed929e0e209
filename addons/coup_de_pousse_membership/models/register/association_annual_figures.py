"""What an organisation declares of a year: budget, employees, members…"""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...calculation.common.amounts import decimal
from ...calculation.register.figures import FIGURES
from ..common.optional_number import OptionalFloat, OptionalInteger, OptionalMonetary
from .combining import combine

FIRST_YEAR, LAST_YEAR = 1900, 2100


class AssociationAnnualFigures(models.Model):
    _name = "association.annual.figures"
    _description = "Yearly Figures"
    _order = "year desc, partner_id"
    _rec_name = "year"

    partner_id = fields.Many2one("res.partner", string="Organisation", required=True, ondelete="cascade", index=True)
    year = fields.Integer(required=True, default=lambda self: fields.Date.context_today(self).year - 1, index=True)
    currency_id = fields.Many2one("res.currency", required=True, default=lambda self: self.env.company.currency_id)
    budget = OptionalMonetary(help="Yearly budget. Left empty, it is unknown: 0 means zero.")
    turnover = OptionalMonetary(help="Yearly turnover. Left empty, it is unknown: 0 means zero.")
    employees = OptionalFloat(
        string="Employees (FTE)",
        digits=(12, 2),
        help="Full-time equivalents. Left empty, it is unknown: 0 means nobody.",
    )
    volunteers = OptionalInteger(help="Left empty, it is unknown: 0 means nobody.")
    members = OptionalInteger(string="Members of the organisation", help="Left empty, it is unknown: 0 means nobody.")
    sites = OptionalInteger(string="Number of sites", help="Left empty, it is unknown.")
    inhabitants = OptionalInteger(help="For a local authority. Left empty, it is unknown.")
    source = fields.Selection(
        [
            ("declared", "Declared by the organisation"),
            ("accounts", "Read from its accounts"),
            ("imported", "Imported"),
            ("estimated", "Estimated by the office"),
        ],
        required=True,
        default="declared",
    )
    declared_on = fields.Date(string="Received on", default=fields.Date.context_today, required=True)

    # An index, not a constraint: merging two contacts deletes the rows that break a constraint.
    _partner_year_unique = models.UniqueIndex(
        "(partner_id, year)",
        "This organisation already has figures for that year: change those instead.",
    )
    _year_plausible = models.Constraint(
        f"CHECK (year BETWEEN {FIRST_YEAR} AND {LAST_YEAR})",
        "The year of the figures must be written with four digits, such as 2025.",
    )

    @api.model
    def _read_known(self, partner_ids, names, year, earlier=False):
        """Return [(partner id, year, {figure: its value, a Decimal})], the earliest year first, in one query.

        Unknown figures are left out: where the rows of a partner are laid over each other, the last known one stays.

        :param names: figures to read.
        :param earlier: read the years before, too.
        """
        until = "<=" if earlier else "="
        query = self._search([("partner_id", "in", partner_ids), ("year", until, year)], order="year")
        columns = [self._field_to_sql(query.table, name, query) for name in ("partner_id", "year", *names)]
        return [
            (
                partner_id,
                of_year,
                {name: decimal(value) for name, value in zip(names, values, strict=True) if value is not None},
            )
            for partner_id, of_year, *values in self.env.execute_query(query.select(*columns))
        ]

    @api.constrains(*FIGURES)
    def _check_not_negative(self):
        for figures in self:
            for name in FIGURES:
                value = figures[name]
                if value is not False and value < 0:
                    raise ValidationError(
                        self.env._(
                            "%(organisation)s, %(year)s: “%(figure)s” is %(value)s. A figure cannot "
                            "be negative; leave it empty if it is unknown.",
                            organisation=figures.partner_id.display_name,
                            year=figures.year,
                            figure=self._fields[name]._description_string(self.env),
                            value=value,
                        )
                    )

    @api.depends("partner_id", "year")
    def _compute_display_name(self):
        for figures in self:
            figures.display_name = f"{figures.partner_id.display_name or ''} {figures.year}"

    @api.model
    def _combine_years(self, partners, kept_partner):
        """Keep one row per year before contacts become one.

        :raise UserError: if two contacts have different figures of one year: people decide which are right.
        """
        rows = self.search([("partner_id", "in", partners.ids)])
        for same_year in rows.grouped("year").values():
            same_year = same_year.sorted(lambda row: row.partner_id != kept_partner)
            combine(same_year[0], same_year[1:], FIGURES)
