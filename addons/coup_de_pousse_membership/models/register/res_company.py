"""Who looks after the members of an association."""

from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_treasurer_user(self):
        """Return who looks after the fees: a treasurer of this association, else the user at work."""
        self.ensure_one()
        group = self.env.ref("coup_de_pousse_membership.group_membership_treasurer").sudo()
        manager = self.env.ref("coup_de_pousse_membership.group_membership_manager").sudo()
        users = group.all_user_ids.filtered(lambda user: user.active and not user.share and self in user.company_ids)
        # Administrators hold the treasurer's rights without being the treasurer.
        return (users - manager.all_user_ids)[:1] or users[:1] or self.env.user
