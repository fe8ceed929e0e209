from odoo import api, fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    is_membership_call = fields.Boolean(compute="_compute_is_membership_call", string="Call for a fee")
    membership_count = fields.Integer(compute="_compute_is_membership_call", string="Memberships")

    # Odoo then finds in memory, instead of by a query for each call, that a new call is in no campaign yet.
    campaign_line_ids = fields.One2many("association.campaign.line", "move_id", string="Recipients")

    @api.depends("line_ids.membership_id", "move_type")
    def _compute_is_membership_call(self):
        for move in self:
            memberships = move.line_ids.membership_id
            move.membership_count = len(memberships)
            move.is_membership_call = bool(memberships) and move.is_sale_document()

    @api.depends_context("association_with_payer")
    def _compute_display_name(self):
        """Where a call is chosen for a payment, say who owes it and how much."""
        super()._compute_display_name()
        if self.env.context.get("association_with_payer"):
            for move in self:
                due = move.amount_residual and move.currency_id.format(move.amount_residual)
                move.display_name = " · ".join(filter(None, [move.name, move.commercial_partner_id.name, due]))

    def action_view_memberships(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "coup_de_pousse_membership.action_association_membership"
        )
        return {
            **action,
            "domain": [("id", "in", self.line_ids.membership_id.ids)],
            "context": {},
        }
