"""A membership entered by hand: the form proposes what the grid gives."""

from odoo import api, models


class AssociationMembership(models.Model):
    _inherit = "association.membership"

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
        [quote] = grid.quote(member)
        self.tariff_id = member.tariff_id
        self.entry_fee = quote["entry_fee"]
        self.rule_id = quote["rule_id"]
        self.basis = quote["basis"]
        self.basis_value = quote["basis_value"]
        self.amount = quote["amount"]
        self.quote_sentence = quote["sentence"]
        if not quote["problem"]:
            return None
        return {
            "warning": {
                "title": self.env._("The grid gives no fee"),
                "message": quote["problem"],
                "type": "notification",
            }
        }

    def action_view_member(self):
        """Open the member's file."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "association.member",
            "res_id": self.member_id.id,
            "view_mode": "form",
        }
