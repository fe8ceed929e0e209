"""What each line of the bank gives to each call."""

from odoo import api, fields, models

from ..call.open_calls import OPEN_CALLS


class AssociationPaymentImportPart(models.Model):
    """What one line of the bank pays of one call (or cheque deposit, or payment announced)."""

    _name = "association.payment.import.part"
    _description = "Part of a Payment"
    _inherit = ["association.part"]
    _order = "id"
    _rec_name = "move_id"

    line_id = fields.Many2one(
        "association.payment.import.line", required=True, ondelete="cascade", index=True, check_company=True
    )
    company_id = fields.Many2one(related="line_id.company_id")
    move_id = fields.Many2one(
        "account.move",
        string="Call",
        required=True,
        ondelete="cascade",
        index=True,
        domain=OPEN_CALLS,
        help="What this payment settles.",
        check_company=True,
    )
    partner_id = fields.Many2one(related="move_id.commercial_partner_id", string="Owed by")
    currency_id = fields.Many2one(related="line_id.currency_id")
    residual = fields.Monetary(related="move_id.amount_residual", string="Still due")
    amount = fields.Monetary(string="Part", required=True)

    _amount_positive = models.Constraint("CHECK (amount > 0)", "What a payment gives to a call is more than 0.")
    _one_part_a_call = models.UniqueIndex(
        "(line_id, move_id)", "This call is chosen twice for one payment: keep one line with the whole part."
    )

    @api.onchange("move_id")
    def _onchange_move_id(self):
        """Propose what this call still has due, as far as the payment reaches."""
        given = sum((self.line_id.part_ids - self).mapped("amount"))
        self.amount = max(min(self.residual, self.line_id.amount - given), 0)

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts.line_id._decide()
        return parts

    def write(self, vals):
        lines = self.line_id
        result = super().write(vals)
        (lines | self.line_id)._decide()
        return result

    def unlink(self):
        self.line_id._decide()
        return super().unlink()
