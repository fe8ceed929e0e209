"""Which app a user lands on: that of their role."""

from odoo import models

MODULE = "coup_de_pousse_membership"


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_first_screens(self):
        """Return ``[(group, action)]``: the first screen of each role, those who do before those who read."""
        screen = f"{MODULE}.action_association_overview"
        return [(f"{MODULE}.group_membership_office", screen), (f"{MODULE}.group_membership_director", screen)]

    def _get_first_screen(self):
        """Return the action that this user lands on; none for who has no role in our apps."""
        self.ensure_one()
        for group, action in self._get_first_screens():
            if self.has_group(group):
                return self.env.ref(action).sudo()
        return self.env["ir.actions.actions"]
