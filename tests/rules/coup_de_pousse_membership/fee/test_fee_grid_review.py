"""The holes of a grid, and the rules that are never reached."""

from decimal import Decimal as D
from unittest import TestCase

from coup_de_pousse_membership.calculation.fee.fee import Band, Rule, Scope
from coup_de_pousse_membership.calculation.fee.grid_review import ELSEWHERE, Hole, review


def rule(key, *bands, **scope):
    sets = {name: frozenset(value) for name, value in scope.items() if isinstance(value, list)}
    return Rule(
        key,
        bands=tuple(
            Band(basis, None if low is None else D(low), None if up is None else D(up)) for basis, low, up in bands
        ),
        scope=Scope(**{**scope, **sets}),
    )


def look(*rules, categories=("association",), territories=None):
    return review(rules, list(categories), territories or {})


class TestGridReview(TestCase):
    def test_a_complete_grid_has_nothing(self):
        found = look(rule("a", ("budget", None, 10)), rule("b", ("budget", 10, None)))
        self.assertEqual((found.holes, found.shadowed), ((), ()))

    def test_hole_between_two_bands(self):
        found = look(rule("a", ("budget", 0, 10)), rule("b", ("budget", 20, None)))
        self.assertEqual(found.holes, (Hole("association", (("budget", D(10), D(20)),)),))

    def test_hole_above_the_last_band(self):
        found = look(rule("a", ("budget", 0, 10)))
        self.assertEqual(found.holes, (Hole("association", (("budget", D(10), None),)),))

    def test_a_category_without_rule(self):
        found = look(rule("a", categories=["company"]), categories=("company", "person"))
        self.assertEqual(found.holes, (Hole("person", ()),))

    def test_two_criteria(self):
        found = look(
            rule("a", ("employees", 0, 1), ("age", 0, 2)),
            rule("b", ("employees", 1, None)),
        )
        self.assertEqual(
            found.holes,
            (Hole("association", (("age", D(2), None), ("employees", D(0), D(1)))),),
        )

    def test_tariffs_years_and_territories(self):
        found = look(
            rule("student", tariffs=["student"]),
            rule("first", year_to=1, territories=["west"]),
            territories={"west": frozenset({"west"})},
        )
        self.assertEqual(
            found.holes,
            (
                Hole(
                    "association",
                    (("tariff", None, None), ("territory", ("west",), None), ("year", 2, None)),
                ),
                Hole("association", (("tariff", None, None), ("territory", (ELSEWHERE,), None))),
            ),
        )

    def test_territories_that_the_grid_does_not_tell_apart_are_one(self):
        above = {name: frozenset({name}) for name in ("east", "south", "west")}
        found = look(
            rule("a", ("budget", 0, None), territories=["east"]),
            rule("b", ("budget", 10, None), territories=["south", "west"]),
            territories=above,
        )
        self.assertEqual(
            found.holes[0],
            Hole(
                "association",
                (("territory", ("south", "west"), None), ("budget", D(0), D(10))),
            ),
        )

    def test_shadowed_rules(self):
        found = look(
            rule("wide", ("budget", 0, 100)),
            rule("inside", ("budget", 20, 30)),
            rule("all"),
            rule("last", ("budget", 500, None)),
            rule("nobody", categories=["archived"]),
        )
        self.assertEqual(found.shadowed, ("inside", "last", "nobody"))

    def test_a_rule_reached_in_part_is_not_shadowed(self):
        found = look(rule("a", ("budget", 0, 100)), rule("b", ("budget", 50, 150)), rule("c"))
        self.assertEqual(found.shadowed, ())

    def test_a_grid_too_large_to_be_tried_is_said(self):
        rules = [rule(f"{i}", *((basis, i, i + 1) for basis in ("budget", "sites", "members"))) for i in range(80)]
        self.assertTrue(look(*rules).too_large)
