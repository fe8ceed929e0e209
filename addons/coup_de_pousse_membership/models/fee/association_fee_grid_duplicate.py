"""Next year's grid, from this one."""

from decimal import Decimal

from dateutil.relativedelta import relativedelta
from odoo import models

from ...calculation.common.amounts import round_to

#: Amounts that a raise applies to; rates follow the figures, which rise by themselves.
RULE_AMOUNTS = ("amount", "unit_price", "floor", "cap", "entry_fee")
GRID_AMOUNTS = ("floor", "cap")


class AssociationFeeGrid(models.Model):
    _inherit = "association.fee.grid"

    def _duplicate_for_next_year(self, percent=0.0, rounding_unit="0.01"):
        """Draft a copy of this grid, its dates one year later.

        :param percent: raise of the amounts, in per cent.
        :param rounding_unit: what raised amounts are multiples of.
        :return: the copy.
        """
        self.ensure_one()
        year = relativedelta(years=1)
        grid = self.copy(
            {
                "date_from": self.date_from + year,
                "date_to": self.date_to + year,
                "figures_year": self.figures_year + 1,
                "rollover_from": self.rollover_from and self.rollover_from + year,
                "name": self._next_year_name(),
            }
        )
        if percent:
            factor = 1 + Decimal(str(percent)) / 100
            grid._multiply_amounts(factor, Decimal(rounding_unit))
        return grid

    def _next_year_name(self):
        year = self.date_from.year
        if str(year) in self.name:
            return self.name.replace(str(year), str(year + 1))
        return f"{self.name} {year + 1}"

    def _multiply_amounts(self, factor, unit):
        for records, names in ((self, GRID_AMOUNTS), (self.rule_ids, RULE_AMOUNTS)):
            for record in records:
                raised = {
                    name: float(round_to(Decimal(str(record[name])) * factor, unit, "nearest"))
                    for name in names
                    if record[name]
                }
                if raised:
                    record.write(raised)
