"""What a mandate and an office have in common: somebody holds them from a first day to a last one."""

from odoo import api, models


class GovernanceOfficerMixin(models.AbstractModel):
    """Makes somebody an officer of a body: what follows from it is kept in line with whatever changes."""

    _name = "governance.officer.mixin"
    _description = "Holding of an Officer"
    #: Fields whose change may change who directs the association, and since when.
    _officer_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records.body_id._follow_officers()
        return records

    def write(self, vals):
        bodies = self.body_id
        result = super().write(vals)
        if self._officer_fields & vals.keys():
            (bodies | self.body_id)._follow_officers()
        return result

    def unlink(self):
        bodies = self.body_id
        result = super().unlink()
        bodies._follow_officers()
        return result

    # ---- what is held on a day ----

    @api.model
    def _on_day_domain(self, day):
        """Return the domain of what is held on a day."""
        return [("date_from", "<=", day), "|", ("last_day", "=", False), ("last_day", ">=", day)]

    def _filtered_on_day(self, day):
        """Return what is held on a day."""
        return self.filtered(lambda held: held.date_from <= day and (not held.last_day or held.last_day >= day))
