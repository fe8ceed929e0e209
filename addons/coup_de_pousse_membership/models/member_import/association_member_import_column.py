"""A column of a list of members, and what it goes to."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...calculation.member_import.member_columns import (
    FIGURE_TARGETS,
    YEARLY_TARGETS,
    member_slot,
    period_year_in,
    year_in,
)

TARGETS = [
    ("name", "Name"),
    ("siren", "SIREN"),
    ("siret", "SIRET"),
    ("rna", "RNA number"),
    ("legal_form", "Legal form"),
    ("founded_on", "Founded on"),
    ("street", "Street"),
    ("street2", "Street, second line"),
    ("zip", "Postcode"),
    ("city", "City"),
    ("zip_city", "Postcode and city"),
    ("country", "Country"),
    ("email", "Email"),
    ("phone", "Phone"),
    ("phone2", "Other phone (kept as a note)"),
    ("website", "Website"),
    ("sector", "Sector"),
    ("category", "Member category"),
    ("since", "Member since"),
    ("budget", "Budget"),
    ("turnover", "Turnover"),
    ("employees", "Employees (FTE)"),
    ("volunteers", "Volunteers"),
    ("members", "Members of the organisation"),
    ("sites", "Number of sites"),
    ("inhabitants", "Inhabitants"),
    ("last_name", "Person: family name"),
    ("first_name", "Person: first name"),
    ("full_name", "Person: whole name"),
    ("civility", "Person: title"),
    ("kind", "Person or organisation"),
    ("fee", "Membership: fee called"),
    ("fee_paid", "Membership: fee paid"),
    ("fee_due", "Membership: still owed"),
    ("paid_on", "Membership: paid on"),
    ("period_year", "Membership: year"),
    ("period_from", "Membership: first day"),
    ("period_to", "Membership: last day"),
    ("notes", "Notes"),
    ("ref", "Reference"),
]


class AssociationMemberImportColumn(models.Model):
    _name = "association.member.import.column"
    _description = "Column of an Import of Members"
    _order = "index, id"
    _rec_name = "header"

    import_id = fields.Many2one(
        "association.member.import", required=True, readonly=True, ondelete="cascade", index=True
    )
    index = fields.Integer(required=True, readonly=True)
    letter = fields.Char(string="Column", compute="_compute_letter")
    header = fields.Char(readonly=True)
    sample = fields.Char(string="First value", readonly=True)
    target = fields.Selection(TARGETS, string="Goes to", help="Left empty, the column is not imported.")

    year = fields.Integer(
        string="Of the year",
        compute="_compute_year",
        store=True,
        readonly=False,
        help="Year of membership of this column, where each year has its own. A season has its first year.",
    )

    @api.depends("target", "header")
    def _compute_year(self):
        for column in self:
            column.year = period_year_in(column.header or "") if column.target in YEARLY_TARGETS else 0

    @api.depends("index")
    def _compute_letter(self):
        """Name the column as spreadsheets do: A to Z, then AA."""
        for column in self:
            letters, rest = "", column.index + 1
            while rest > 0:
                rest, digit = divmod(rest - 1, 26)
                letters = chr(ord("A") + digit) + letters
            column.letter = letters

    def write(self, vals):
        if {"target", "year"} & set(vals):
            imports = self.import_id
            imports._check_not_done()
            previewed = imports.filtered(lambda record: record.state == "previewed")
            previewed._write_facts(
                {
                    "state": "draft",
                    "notice": self.env._("Columns were corrected since the preview. Press “Preview” again."),
                }
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        self.import_id._check_not_done()

    def _told(self, with_target):
        """Return a column as it is named in a sentence: header, what it goes to or a value."""
        self.ensure_one()
        name = self.header or self.env._("column %(letter)s", letter=self.letter)
        if not with_target:
            return self.env._("“%(column)s” (%(sample)s)", column=name, sample=self.sample or "")
        target = dict(self._fields["target"]._description_selection(self.env))[self.target]
        if self.year:
            return self.env._(
                "“%(column)s” is “%(target)s” of %(year)s", column=name, target=target, year=str(self.year)
            )
        return self.env._("“%(column)s” is “%(target)s”", column=name, target=target)

    def _check_targets(self):
        """Refuse two columns that feed the same thing.

        :raise UserError: with the names of the two.
        """
        taken = {}
        for column in self.filtered("target"):
            other = taken.setdefault(member_slot(column.target, column.index, column.year), column)
            if other != column:
                raise UserError(
                    self.env._(
                        "The columns “%(first)s” and “%(second)s” both go to “%(target)s”. Keep one, "
                        "and empty “Goes to” of the other.",
                        first=other.header or other.letter,
                        second=column.header or column.letter,
                        target=dict(column._fields["target"]._description_selection(self.env))[column.target],
                    )
                )

    def _latest_figures_year(self):
        """Return the latest year that headers of figures name, or None."""
        named = [year_in(column.header or "") for column in self if column.target in FIGURE_TARGETS]
        return max(filter(None, named), default=None)
