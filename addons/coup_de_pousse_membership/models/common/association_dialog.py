"""A dialog is about records that its user may read: what it shows of them is read with all rights."""

from odoo import api, models


class AssociationDialog(models.AbstractModel):
    """Base of the dialogs that belong to no association themselves: their records say which one it is about."""

    _name = "association.dialog"
    _description = "Dialog"

    @api.model_create_multi
    def create(self, vals_list):
        dialogs = super().create(vals_list)
        dialogs._check_choices_are_readable(dialogs._fields)
        return dialogs

    def write(self, vals):
        result = super().write(vals)
        self._check_choices_are_readable(vals)
        return result

    def _check_choices_are_readable(self, names):
        """Raise an access error if a dialog names a record that its user may not read.

        :param names: fields that may have changed.
        """
        if self.env.su:
            return
        for name in names:
            field = self._fields.get(name)
            if field and field.store and field.type in ("many2one", "many2many") and not field.related:
                self[name].check_access("read")
