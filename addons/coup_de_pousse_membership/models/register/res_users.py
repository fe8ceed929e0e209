"""Who did something that stays on record is archived as a user, not deleted."""

from odoo import api, models
from odoo.exceptions import UserError


class ResUsers(models.Model):
    _inherit = "res.users"

    def _search_deeds(self):
        """Return lists of records that would no longer say who did them without these users; rooms add theirs."""
        return []

    @api.ondelete(at_uninstall=False)
    def _unlink_except_doers(self):
        names = [record.display_name for records in self.sudo()._search_deeds() for record in records]
        if names:
            raise UserError(
                self.env._(
                    "%(users)s cannot be deleted: who did it stays on record of %(records)s. Archive the account "
                    "instead: nobody logs in with it any more.",
                    users=", ".join(self.mapped("name")),
                    records=", ".join(names[:5]) + ("…" if len(names) > 5 else ""),
                )
            )
