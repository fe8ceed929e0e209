"""The amount against the figure, as drawn for a grid."""

from decimal import Decimal as D
from unittest import TestCase

import real_grids as grids
from coup_de_pousse_membership.calculation.fee.fee import Band, Grid, Rule, Scope
from coup_de_pousse_membership.calculation.fee.grid_curve import MOST_CURVES, curves


class TestGridCurve(TestCase):
    def test_bands(self):
        grid = Grid(
            (
                Rule("a", amount=D(50), bands=(Band("budget", None, D(1000)),)),
                Rule("b", amount=D(90), bands=(Band("budget", D(2000), None),)),
            )
        )
        [curve] = curves(grid, ["association"], {}, 12)
        self.assertEqual(curve.basis, "budget")
        self.assertEqual(curve.rows, ((0, 1000, 50), (1000, 2000, None), (2000, None, 90)))
        self.assertEqual([amount for _figure, amount in curve.points], [50, 50, None, None, 90, 90])
        figures = [figure for figure, _amount in curve.points]
        self.assertEqual(figures, sorted(figures))
        self.assertEqual(figures[2], 1000)
        self.assertLess(figures[1], 1000)

    def test_one_curve_for_each_profile_that_the_grid_tells_apart(self):
        found = curves(grids.FESP, ["service", "creche"], grids.TERRITORIES, 12)
        # service: 3 places (2 named, elsewhere) × 2 years; crèche: 3 years
        self.assertEqual(len(found), 3 * 2 + 3)
        first = found[0]
        self.assertEqual(first.limits, (("territory", ("metropole",), None), ("year", 1, 2)))
        self.assertEqual(first.rows[0], (0, 500000, 280))
        self.assertEqual(first.rows[1][:2], (500000, 1000000))
        self.assertEqual(first.rows[1][2], 400)

    def test_a_fee_without_figure_has_no_axis(self):
        [curve] = curves(Grid((Rule("a", amount=D(10)),)), ["person"], {}, 12)
        self.assertEqual((curve.basis, curve.rows), (None, ((None, None, D(10)),)))

    def test_no_more_curves_than_a_picture_holds(self):
        rules = tuple(Rule(f"{year}", scope=Scope(year_from=year, year_to=year)) for year in range(1, 60))
        self.assertEqual(len(curves(Grid(rules), ["person"], {}, 12)), MOST_CURVES)
