"""Records with a first and a last day: the last one never comes before the first."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .dated_records import show_day


class AssociationDated(models.AbstractModel):
    """Base of what has a ``date_from`` and a ``date_to``: the database refuses days in disorder, but names nobody."""

    _name = "association.dated"
    _description = "Record with a First and a Last Day"

    #: Field by which a new record is named in a refusal.
    _dated_by = "name"

    _dates_in_order = models.Constraint(
        "CHECK (date_from <= date_to)", "The last day comes before the first one: correct one of the two."
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("date_to"):
                self._refuse_disorder(vals if "date_from" in vals else {**self.default_get(["date_from"]), **vals})
        return super().create(vals_list)

    def write(self, vals):
        if {"date_from", "date_to"} & vals.keys():
            for record in self:
                record._refuse_disorder({"date_from": record.date_from, "date_to": record.date_to, **vals})
        return super().write(vals)

    def _refuse_disorder(self, vals):
        """Raise a sentence that names the record, if these values end it before it begins."""
        first, last = (fields.Date.to_date(vals.get(name)) for name in ("date_from", "date_to"))
        if first and last and last < first:
            raise ValidationError(
                self.env._(
                    "%(record)s: the last day, %(last)s, comes before the first one, %(first)s. Correct one of the two.",
                    record=self.display_name or self._get_dated_name(vals),
                    last=show_day(self.env, last),
                    first=show_day(self.env, first),
                )
            )

    @api.model
    def _get_dated_name(self, vals):
        """Return what a new record is called, by its values; else the kind of record that it is."""
        name = vals.get(self._dated_by)
        if name and self._fields[self._dated_by].type == "many2one":
            name = self.env[self._fields[self._dated_by].comodel_name].browse(name).display_name
        return name or self.env["ir.model"]._get(self._name).name
