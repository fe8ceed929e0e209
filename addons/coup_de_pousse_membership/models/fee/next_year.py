"""Drafts the grid of the year after: the same rules, the dates one year later, the amounts raised."""

from dateutil.relativedelta import relativedelta

from ...calculation.common.amounts import decimal, round_to
from ...calculation.fee.fee_period import a_year_later

#: Amounts that a raise applies to; rates follow the figures, which rise by themselves.
RULE_AMOUNTS = ("amount", "unit_price", "floor", "cap", "entry_fee")
GRID_AMOUNTS = ("floor", "cap")


def duplicate_for_next_year(grid, percent, rounding_unit):
    """Return a drafted copy of a grid, one year later.

    :param percent: raise of the amounts, in per cent.
    :param rounding_unit: what raised amounts are multiples of, a :class:`~decimal.Decimal`.
    """
    date_from, date_to = a_year_later(grid.date_from, grid.date_to)
    copy = grid.copy(
        {
            "date_from": date_from,
            "date_to": date_to,
            "figures_year": grid.figures_year + 1,
            "rollover_from": grid.rollover_from and grid.rollover_from + relativedelta(years=1),
            "name": next_year_name(grid),
        }
    )
    if percent:
        _multiply_amounts(copy, 1 + decimal(percent) / 100, rounding_unit)
    return copy


def next_year_name(grid):
    """Return what the copy is called: the same words, the year after."""
    year, following = str(grid.date_from.year), str(grid.date_from.year + 1)
    return grid.name.replace(year, following) if year in grid.name else f"{grid.name} {following}"


def _multiply_amounts(grid, factor, unit):
    for records, names in ((grid, GRID_AMOUNTS), (grid.rule_ids, RULE_AMOUNTS)):
        for record in records:
            known = {name: decimal(record[name]) for name in names if record[name]}
            if known:
                record.write({name: float(round_to(old * factor, unit, "nearest")) for name, old in known.items()})
