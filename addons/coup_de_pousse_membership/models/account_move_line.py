from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # Copied on purpose: a credit note made from a call concerns the same membership.
    membership_id = fields.Many2one(
        "association.membership",
        index="btree_not_null",
        ondelete="restrict",
        help="Membership whose fee this line calls (or gives back).",
    )
    payment_import_line_id = fields.Many2one(
        "association.payment.import.line",
        string="Line of the bank's file",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        readonly=True,
    )
    cheque_id = fields.Many2one(
        "association.cheque", string="Cheque", index="btree_not_null", ondelete="set null", copy=False, readonly=True
    )

    surplus_left = fields.Monetary(
        compute="_compute_surplus_left", currency_field="company_currency_id", string="Still to give"
    )

    @api.depends("amount_residual")
    def _compute_surplus_left(self):
        for line in self:
            line.surplus_left = -line.amount_residual

    def action_apply_surplus(self):
        """Give what members have paid too much to their open calls, the oldest due first."""
        if not self.env.user.has_group("coup_de_pousse_membership.group_membership_treasurer"):
            raise AccessError(self.env._("Only the treasurer gives a surplus to calls."))
        self.check_access("read")
        surplus = self.filtered(
            lambda line: line.account_type == "asset_receivable" and not line.reconciled and line.balance < 0
        )
        calls = self.sudo().search(
            [
                ("move_id.line_ids.membership_id", "!=", False),
                ("move_id.move_type", "=", "out_invoice"),
                ("company_id", "in", surplus.company_id.ids),
                ("partner_id", "in", surplus.partner_id.ids),
                ("account_id", "in", surplus.account_id.ids),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("balance", ">", 0),
            ]
        )
        owners = calls.grouped(lambda line: (line.company_id, line.partner_id, line.account_id, line.currency_id))
        plan = []
        for owner, lines in (
            surplus.sudo()
            .grouped(lambda line: (line.company_id, line.partner_id, line.account_id, line.currency_id))
            .items()
        ):
            if owner in owners:
                plan.append(lines | owners[owner])
        if not plan:
            raise UserError(
                self.env._(
                    "None of these payers has an open call. The surplus stays until the next call, or is paid back."
                )
            )
        self.sudo()._reconcile_plan(plan)
