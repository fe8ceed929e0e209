"""The fee of a membership: the form proposes what the grid gives."""

from odoo import api, models


class AssociationMembership(models.Model):
    _inherit = "association.membership"

    # ---- entered by hand ----

    @api.onchange("member_id", "grid_id")
    def _onchange_grid_id(self):
        """Take the period from the grid, and the fee that it gives to the member."""
        grid = self.grid_id
        if not grid or self.payment_state not in (False, "not_called", "free"):
            return None
        self.date_from, self.date_to = grid.date_from, grid.date_to
        member = self.member_id._origin
        if not member:
            return None
        [quote] = grid._quote(member)
        self.update({"tariff_id": member.tariff_id, **quote.fee_values()})
        if not quote.problem:
            return None
        return {
            "warning": {
                "title": self.env._("The grid gives no fee"),
                "message": quote.problem,
                "type": "notification",
            }
        }

    def action_view_member(self):
        """Open the member's file."""
        self.ensure_one()
        return self.member_id._get_records_action(context={})
