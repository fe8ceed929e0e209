"""Who leads missions is not deleted: the missions would say no more who led them."""

from odoo import api, models
from odoo.exceptions import UserError


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_referents(self):
        missions = self.env["accompaniment.mission"].sudo().with_context(active_test=False)
        led = missions.search([("referent_id", "in", self.ids)], limit=6)
        if led:
            raise UserError(
                self.env._(
                    "%(users)s cannot be deleted, as the referent of: %(missions)s. Archive the account instead: nobody "
                    "logs in with it any more, and the first screen shows the open missions to give to somebody else.",
                    users=", ".join(led.referent_id.mapped("name")),
                    missions=", ".join(led[:5].mapped("name")) + ("…" if len(led) > 5 else ""),
                )
            )
