"""New directors read the network's digest, until they unsubscribe."""

from odoo import api, models

from .digest_digest import DIRECTOR


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        users._get_directors()._subscribe_to_digest()
        return users

    def write(self, vals):
        if "group_ids" not in vals:
            return super().write(vals)
        before = self._get_directors()
        res = super().write(vals)
        (self._get_directors() - before)._subscribe_to_digest()
        return res

    def _get_directors(self):
        return self.filtered(lambda user: user.has_group(DIRECTOR))

    def _subscribe_to_digest(self):
        digest = self.env.ref("coup_de_pousse_membership.digest_network", raise_if_not_found=False)
        if self and digest:
            digest.sudo().user_ids |= self
