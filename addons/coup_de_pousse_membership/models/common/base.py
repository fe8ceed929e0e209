"""Facts that only our methods write.

A field of ours that is declared read-only (a state, a date of what was done, a link to what was made, what is
computed and stored) follows from something that happened. Odoo keeps such a field read-only on the screen alone:
over RPC anybody who may write the record could set it. Here it is refused for everybody but the superuser; a
method that states a fact does so by :meth:`Base._write_facts` or :meth:`Base._create_with_facts`.
"""

from odoo import api, models, tools
from odoo.exceptions import AccessError

#: Addons whose read-only fields are facts.
OURS = frozenset({"coup_de_pousse_membership", "accompaniment", "network_governance"})


class Base(models.AbstractModel):
    _inherit = "base"

    #: Fields that bring a record into somebody's reach: who may write it before may do so afterwards too.
    _placed_by = frozenset()

    @api.model
    @tools.ormcache()
    def _get_fact_fields(self):
        """Return the names of this model's fields that only our methods write."""
        if self._transient or self._abstract:
            return frozenset()
        return frozenset(
            name
            for name, field in self._fields.items()
            if field.readonly
            and field.store
            and name not in models.MAGIC_COLUMNS
            and field._modules
            and OURS.issuperset(field._modules)
        )

    def _check_no_facts(self, names):
        """Raise an error if one of these fields is a fact, and who writes is not one of our methods."""
        facts = self._get_fact_fields().intersection(names)
        if facts:
            labels = [self._fields[name]._description_string(self.env) or name for name in sorted(facts)]
            raise AccessError(
                self.env._(
                    "%(model)s: nobody fills in “%(fields)s” directly, since it follows from what was done. Use the "
                    "buttons of the record instead.",
                    model=self.env["ir.model"]._get(self._name).name,
                    fields=", ".join(labels),
                )
            )

    @api.model
    def default_get(self, fields):
        """Neither the context nor a default that a user has set states a fact."""
        if self.env.su or not (facts := self._get_fact_fields().intersection(fields)):
            return super().default_get(fields)
        values = super().default_get([name for name in fields if name not in facts])
        for name in facts:
            field = self._fields[name]
            if field.default:
                value = field.convert_to_cache(field.default(self), self, validate=False)
                values[name] = field.convert_to_write(value, self)
        return values

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self._check_no_facts(vals)
        res = super().write(vals)
        if not self._placed_by.isdisjoint(vals):
            self.check_access("write")
        return res

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and self._get_fact_fields():
            for vals in vals_list:
                self._check_no_facts(vals)
        return super().create(vals_list)

    def copy_data(self, default=None):
        """What happened to a record did not happen to its copy."""
        if self.env.su or not (facts := self._get_fact_fields()):
            return super().copy_data(default)
        self._check_no_facts(default or {})
        return [
            {name: value for name, value in vals.items() if name not in facts} for vals in super().copy_data(default)
        ]

    def _write_facts(self, vals):
        """Write what follows from something done, for a user who may write these records.

        :raise AccessError: if the user may not.
        """
        self.check_access("write")
        return self.sudo().write(vals)

    @api.model
    def _create_with_facts(self, vals_list):
        """Create records, facts included, for a user who may create them.

        :raise AccessError: if the user may not.
        """
        self.check_access("create")
        records = self.sudo().create(vals_list).sudo(self.env.su)
        records.check_access("create")
        return records
