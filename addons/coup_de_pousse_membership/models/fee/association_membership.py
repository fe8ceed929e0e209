"""What a grid gives to a membership: its fee, by which rule, on which figure, in words."""

from odoo import api, fields, models

from ..common.optional_number import OptionalFloat


class AssociationMembership(models.Model):
    _inherit = "association.membership"

    grid_id = fields.Many2one("association.fee.grid", index="btree_not_null", ondelete="restrict", check_company=True)
    rule_id = fields.Many2one("association.fee.rule", ondelete="restrict", copy=False, check_company=True)
    basis = fields.Selection(selection="_selection_basis", string="According to", copy=False)
    basis_value = OptionalFloat(string="Figure", digits=(16, 2), copy=False)
    tariff_id = fields.Many2one("association.tariff", ondelete="restrict", copy=False, check_company=True)
    quote_sentence = fields.Char(string="Explanation", copy=False)

    @api.model
    def _selection_basis(self):
        return self.env["association.fee.rule"]._selection_basis()

    @api.depends("rule_id")
    def _compute_payment_state(self):
        return super()._compute_payment_state()

    def _is_free(self):
        """A rule of the grid says that nothing is owed."""
        self.ensure_one()
        return bool(self.rule_id) and not self.total

    def _get_board_columns(self):
        columns = super()._get_board_columns()
        at = [name for name, _width, _kind in columns].index("amount")
        return [*columns[:at], ("basis", 18, "text"), ("basis_value", 14, "number"), *columns[at:]]

    @api.model_create_multi
    def create(self, vals_list):
        """A voted grid that gives a membership is used from then on: it cannot change any more."""
        memberships = super().create(vals_list)
        grids = memberships.grid_id.sudo()
        for grid in grids.filtered(lambda grid: grid.state == "draft"):
            grid._check_usable()
        grids.filtered(lambda grid: grid.state == "voted").state = "used"
        return memberships

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
        [quote] = grid._quote(member, grid._get_first_day())
        self.update({"tariff_id": member.tariff_id, **quote.fee_values()})
        self.date_from, self.date_to = quote.date_from, quote.date_to
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
