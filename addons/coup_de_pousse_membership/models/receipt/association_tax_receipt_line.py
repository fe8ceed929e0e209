"""One payment that a receipt states."""

from odoo import fields, models

from ..gift.association_gift import PAYMENT_MODES

NATURES = [("money", "Money"), ("goods", "Goods or services"), ("waived", "Waived expenses")]


class AssociationTaxReceiptLine(models.Model):
    _name = "association.tax.receipt.line"
    _description = "Payment on a Tax Receipt"
    _inherit = ["association.part"]
    _order = "receipt_id, date, id"

    receipt_id = fields.Many2one(
        "association.tax.receipt", required=True, readonly=True, ondelete="cascade", index=True, check_company=True
    )
    company_id = fields.Many2one(related="receipt_id.company_id", store=True)
    currency_id = fields.Many2one(related="receipt_id.currency_id")
    is_live = fields.Boolean(readonly=True, default=True, help="The receipt is not cancelled.")
    year = fields.Integer(readonly=True, required=True)
    date = fields.Date(required=True, readonly=True)
    name = fields.Char(string="For", readonly=True)
    nature = fields.Selection(NATURES, required=True, readonly=True)
    payment_mode = fields.Selection(PAYMENT_MODES, readonly=True)
    amount = fields.Monetary(readonly=True, required=True, help="Received, less what was given in return.")
    gift_id = fields.Many2one(
        "association.gift", readonly=True, ondelete="restrict", index="btree_not_null", check_company=True
    )
    payment_line_id = fields.Many2one(
        "account.move.line",
        string="Payment of a fee",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
    )
    call_id = fields.Many2one(
        "account.move", readonly=True, ondelete="restrict", index="btree_not_null", check_company=True
    )

    _gift_once = models.UniqueIndex(
        "(gift_id) WHERE is_live AND gift_id IS NOT NULL", "This gift is on a receipt already."
    )
    _payment_once = models.UniqueIndex(
        "(payment_line_id, call_id) WHERE is_live AND payment_line_id IS NOT NULL",
        "This payment is on a receipt already.",
    )
    _of_one_year = models.Constraint(
        "CHECK (EXTRACT(YEAR FROM date) = year)", "A receipt states payments of one civil year."
    )
    _amount_positive = models.Constraint("CHECK (amount > 0)", "A receipt states more than 0.")
    _of_something = models.Constraint(
        "CHECK ((gift_id IS NULL) <> (payment_line_id IS NULL))", "A receipt states a gift, or a payment of a fee."
    )
