from odoo import api, models


class GovernanceOfficerMixin(models.AbstractModel):
    """What makes somebody an officer of a body: the declarations follow whatever changes in it."""

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
