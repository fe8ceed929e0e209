"""What changes a fee once a rule has given it."""

from odoo import fields, models

from ...calculation.common.amounts import decimal
from ...calculation.fee import fee


class AssociationFeeAdjustment(models.Model):
    """What changes a fee once a rule has given it: half price in the first year, solidarity…"""

    _name = "association.fee.adjustment"
    _description = "Fee Adjustment"
    _inherit = ["association.fee.scope"]
    _order = "grid_id, sequence, id"

    name = fields.Char(required=True, translate=True, help="As it is said in the quotes, such as “half price”.")
    percent = fields.Float(string="Percentage", digits=(6, 2), help="-50 halves the fee, 10 adds a tenth.")
    addition = fields.Monetary(string="Amount added", help="After the percentage. Negative to take off.")

    _percent_plausible = models.Constraint("CHECK (percent >= -100)", "A fee cannot be lowered by more than 100 %.")
    _years_in_order = models.Constraint(
        "CHECK (year_from >= 1 AND year_to >= 1 AND year_from <= year_to)",
        "Years of membership: 1 is the first, and the first one cannot come after the last one.",
    )

    def _to_calculation(self):
        return tuple(
            fee.Adjustment(
                key=line.id,
                scope=line._to_scope(),
                factor=1 + decimal(line.percent) / 100,
                addition=decimal(line.addition),
            )
            for line in self
        )
