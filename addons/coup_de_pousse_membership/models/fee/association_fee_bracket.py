"""The brackets of a progressive fee: from which figure on, at which rate."""

from odoo import fields, models

from ...calculation.common.amounts import decimal
from ...calculation.fee.fee import Bracket


class AssociationFeeBracket(models.Model):
    """One bracket of a progressive fee: the part of the figure that lies in it is charged at its rate."""

    _name = "association.fee.bracket"
    _description = "Bracket of a Progressive Fee"
    _inherit = ["association.grid.part", "association.part"]
    _order = "rule_id, starts_from"

    rule_id = fields.Many2one("association.fee.rule", required=True, ondelete="cascade", index=True, check_company=True)
    grid_id = fields.Many2one(related="rule_id.grid_id")
    company_id = fields.Many2one(related="rule_id.company_id")
    currency_id = fields.Many2one(related="rule_id.currency_id")
    starts_from = fields.Float(
        string="From the figure", digits=(16, 2), required=True, help="Up to where the next bracket starts."
    )
    rate = fields.Float(string="Rate (%)", digits=(16, 4), help="Of the part of the figure that lies in the bracket.")

    _not_negative = models.Constraint(
        "CHECK (starts_from >= 0 AND rate >= 0)", "A bracket starts at 0 or above, and its rate is not below 0."
    )
    _starts_once = models.Constraint(
        "UNIQUE (rule_id, starts_from)", "Two brackets of a fee start at the same figure: keep one of them."
    )

    def _to_calculation(self):
        """Return the brackets as the calculation reads them, in rising order."""
        brackets = (Bracket(decimal(line.starts_from), decimal(line.rate) / 100) for line in self)
        return tuple(sorted(brackets))
