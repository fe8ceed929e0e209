"""Who did something that stays on record is archived as a user, not deleted."""

from odoo import api, models
from odoo.exceptions import UserError

#: Records that the sentence names.
NAMED = 5


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_deeds(self):
        """Return (model, domain) of what would no longer say who did it without these users; rooms add theirs."""
        return []

    @api.ondelete(at_uninstall=False)
    def _unlink_except_doers(self):
        everything = self.sudo().with_context(active_test=False)
        names = [
            record.display_name
            for model, domain in everything._get_deeds()
            for record in everything.env[model].search(domain, limit=NAMED + 1)
        ]
        if names:
            raise UserError(
                self.env._(
                    "%(users)s cannot be deleted: who did it stays on record of %(records)s. Archive the account "
                    "instead: nobody logs in with it any more.",
                    users=", ".join(self.mapped("name")),
                    records=", ".join(names[:NAMED]) + ("…" if len(names) > NAMED else ""),
                )
            )
