"""The shares of a fee, each a line of the invoice."""

from odoo import fields, models


class AssociationFeeShare(models.Model):
    """For whom a part of the fee is: a federal and a local share, each a line of the invoice."""

    _name = "association.fee.share"
    _description = "Share of a Fee"
    _inherit = ["association.grid.part"]
    _order = "grid_id, sequence, id"

    grid_id = fields.Many2one("association.fee.grid", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    weight = fields.Float(
        string="Part",
        digits=(16, 2),
        required=True,
        help="The fee is split in proportion: 49 and 37 make a fee of 86 into 49 and 37, and one of "
        "43 into 24.50 and 18.50.",
    )
    product_id = fields.Many2one(
        "product.product",
        string="Invoiced as",
        domain=[("type", "=", "service")],
        help="Gives the account of this share. Empty: the product of the member's category.",
    )

    _weight_positive = models.Constraint(
        "CHECK (weight > 0)", "A share's part must be above 0: delete the share if it is nothing."
    )
