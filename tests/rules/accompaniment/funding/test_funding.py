"""The funding plan of Lianes as it was worked out by hand, and laws that hold for any plan."""

import unittest
from datetime import date
from fractions import Fraction

from accompaniment.calculation.funding.cash import Payment, curve, runs_out
from accompaniment.calculation.funding.indicators import Row, herfindahl, measure
from accompaniment.calculation.funding.scenario import Change, change_payments, change_rows
from hypothesis import given, settings
from hypothesis import strategies as st

#: The plan of Lianes coopération for 2018: what is asked of whom, granted and likely.
ROWS = [
    Row("Région", "Région", "public", 48000, 48000),
    Row("MEAE", "État", "public", 40000, 40000),
    Row("FDVA2", "État", "public", 5000, 5000),
    Row("FONJEP", "État", "public", 7164, 7164),
    Row("MEL", "MEL", "public", 22000, 22000),
    Row("Département", "Département", "public", 15000, 0, 0.5),
    Row("FSE conjoint", "Union européenne", "public", 18000, 0, 0.6),
    Row("Fondation", "Fondation", "private", 10000, 0, 0.3),
    Row("Cotisations", None, "own", 6200, 6200),
    Row("Dons", None, "own", 3636, 3636),
    Row("Formations", None, "own", 20000, 12000, 0.8),
]
CHARGES = 195000
PAYMENTS = [
    Payment(name, date(2018, month, day), amount)
    for name, parts in {
        "Région": ((3, 15, 24000), (11, 30, 24000)),
        "MEAE": ((4, 30, 32000), (12, 15, 8000)),
        "FDVA2": ((6, 30, 5000),),
        "FONJEP": ((2, 15, 1791), (5, 15, 1791), (8, 15, 1791), (11, 15, 1791)),
        "MEL": ((7, 15, 22000),),
        "Cotisations": ((2, 28, 4200), (6, 30, 2000)),
        "Dons": ((12, 20, 3636),),
        "Formations": ((3, 31, 4000), (6, 30, 4000), (10, 31, 4000)),
    }.items()
    for month, day, amount in parts
]
YEAR = date(2018, 1, 1), date(2018, 12, 31)


class TestLianesPlan(unittest.TestCase):
    def test_indicators(self):
        found = measure(ROWS, CHARGES)
        self.assertEqual((found.planned, found.secured, found.weighted), (195000, 144000, 171700))
        self.assertEqual((found.first, round(float(found.first_share), 3)), ("État", 0.268))
        self.assertEqual((found.first_row, round(float(found.first_row_share), 3)), ("Région", 0.246))
        self.assertEqual(round(float(found.shares["public"]), 3), 0.796)
        self.assertEqual(round(float(found.by_funder), 3), 0.174)
        self.assertEqual(round(float(found.by_row), 3), 0.146)
        self.assertEqual(found.gap, 23300)
        self.assertEqual(round(float(found.months), 1), 8.9)

    def test_cash(self):
        months = curve(30000, PAYMENTS, CHARGES, *YEAR)
        self.assertEqual(runs_out(months), date(2018, 9, 1))
        self.assertEqual(months[8].balance, -13677)
        self.assertEqual(sum(month.charges for month in months), CHARGES)

    def test_without_the_region(self):
        stops = [Change("Région", "stops")]
        payments = change_payments(PAYMENTS, [{payment.key} for payment in PAYMENTS], stops)
        months = curve(30000, payments, CHARGES, *YEAR)
        self.assertEqual(runs_out(months), date(2018, 3, 1))
        self.assertEqual(months[2].balance, -8759)
        rows = change_rows(ROWS, [{row.funder, row.name} for row in ROWS], stops)
        self.assertEqual(measure(rows, CHARGES).secured, 96000)

    def test_other_changes(self):
        keys = [{row.funder, row.name} for row in ROWS]
        for changes, secured in (
            ([Change("État", "less", percent=10)], 144000 - 5216.4),
            ([Change("MEAE", "less", percent=50), Change("État", "less", percent=10)], 144000 - 22000 - 1216.4),
            ([Change("Région", "late", months=3)], 144000),
            ([Change("Nobody", "stops")], 144000),
        ):
            with self.subTest(changes=changes):
                self.assertEqual(float(measure(change_rows(ROWS, keys, changes), CHARGES).secured), secured)
        late = change_payments(PAYMENTS, [{payment.key} for payment in PAYMENTS], [Change("Région", "late", months=2)])
        self.assertEqual(runs_out(curve(30000, late, CHARGES, *YEAR)), date(2018, 3, 1))

    def test_nothing_planned(self):
        found = measure([], 0)
        self.assertEqual((found.planned, found.first, found.by_row, found.months), (0, None, 0, None))
        self.assertEqual(measure([Row("x", None, "own", 0, 0)], 10).first_share, 0)


AMOUNTS = st.integers(0, 100_000).map(lambda cents: cents / 100)
PLANS = st.lists(
    st.builds(
        Row,
        st.text(max_size=3),
        st.one_of(st.none(), st.sampled_from("abc")),
        st.sampled_from(("public", "private", "own")),
        AMOUNTS,
        AMOUNTS,
        st.floats(0, 1),
    ),
    min_size=1,
    max_size=12,
)


class TestFundingLaws(unittest.TestCase):
    @settings(deadline=None, max_examples=150)
    @given(PLANS, st.randoms(use_true_random=False))
    def test_shares_sum_to_one_in_any_order(self, rows, chance):
        found = measure(rows, 1000)
        if found.planned:
            self.assertEqual(sum(found.shares.values()), 1)
            count = sum(bool(row.planned) for row in rows)
            self.assertLessEqual(Fraction(1, count), found.by_row)
            self.assertLessEqual(found.by_row, found.by_funder)
            self.assertLessEqual(found.by_funder, 1)
        shuffled = list(rows)
        chance.shuffle(shuffled)
        other = measure(shuffled, 1000)
        for name in ("planned", "secured", "weighted", "first_share", "shares", "by_funder", "by_row"):
            self.assertEqual(getattr(found, name), getattr(other, name))
        self.assertGreaterEqual(found.weighted, found.secured)

    @settings(deadline=None, max_examples=100)
    @given(st.integers(1, 30))
    def test_equal_funders(self, count):
        self.assertEqual(herfindahl([7] * count), Fraction(1, count))

    @settings(deadline=None, max_examples=100)
    @given(PLANS, st.sampled_from(("stops", "less", "late")), st.integers(0, 100))
    def test_a_scenario_never_changes_the_plan(self, rows, kind, percent):
        before = list(rows)
        keys = [{row.funder} for row in rows]
        changed = change_rows(rows, keys, [Change("a", kind, percent, 2)])
        self.assertEqual(rows, before)
        self.assertLessEqual(measure(changed, 1).secured, measure(rows, 1).secured)

    @settings(deadline=None, max_examples=100)
    @given(
        AMOUNTS,
        st.lists(st.tuples(st.dates(date(2017, 6, 1), date(2019, 6, 30)), AMOUNTS), max_size=20),
        AMOUNTS,
    )
    def test_cash_adds_up_to_the_cent(self, opening, payments, charges):
        payments = [Payment("x", day, amount) for day, amount in payments]
        months = curve(opening, payments, charges, *YEAR)
        self.assertEqual(len(months), 12)
        inside = sum(round(payment.amount * 100) for payment in payments if payment.day.year == 2018)
        self.assertEqual(round(months[-1].balance * 100), round(opening * 100) + inside - round(charges * 100))
