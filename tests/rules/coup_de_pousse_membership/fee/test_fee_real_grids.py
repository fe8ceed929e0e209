"""Real grids: amounts worked out by hand, at each bound and one cent below it."""

from datetime import date
from decimal import Decimal as D
from unittest import TestCase

import real_grids as grids
from coup_de_pousse_membership.calculation.common.amounts import split
from coup_de_pousse_membership.calculation.fee.fee import Case, quote
from coup_de_pousse_membership.calculation.fee.fee_period import period
from coup_de_pousse_membership.calculation.fee.grid_review import Hole, review
from real_grids import IN_METROPOLE, IN_OVERSEAS

# (turnover, year of membership, fee)
FESP_METROPOLE = [
    ("0", 1, "280"),
    ("499999.99", 1, "280"),
    ("500000", 1, "400.00"),
    ("500000.01", 1, "400.00"),  # 400.000008
    ("1250000", 1, "1000.00"),
    ("64999987.49", 1, "51999.99"),  # 51 999.989992
    ("65000000", 1, "52000"),
    ("65000000.01", 1, "52000"),  # capped
    ("200000000", 1, "52000"),
    ("0", 2, "400"),
    ("499999.99", 2, "400"),
    ("500000", 2, "550.00"),
    ("500000", 3, "550.00"),
    ("47272700", 2, "51999.97"),
    ("47272727.28", 2, "52000"),  # capped at 52 000.000008
    ("499999.99", 9, "400"),
]
FESP_OVERSEAS = [
    ("0", 1, "280"),
    ("500000", 1, "280"),
    ("999999.99", 1, "280"),
    ("1000000", 1, "800.00"),
    ("65000000.01", 1, "52000"),
    ("999999.99", 2, "400"),
    ("999999.99", 5, "400"),
]
FESP_CRECHES = [
    ("0", 1, "0"),
    ("100000", 1, "50.00"),
    ("100000", 2, "80.00"),
    ("100000", 3, "110.00"),
    ("100000", 4, "110.00"),
    ("123456.78", 1, "61.73"),  # 61.72839
    ("123456.78", 2, "98.77"),  # 98.765424
    ("123456.78", 3, "135.80"),  # 135.802458
    ("104000000", 1, "52000"),
    ("104000000.01", 1, "52000"),
    ("103999979", 1, "51999.99"),  # 51 999.9895
]
MICRO_CRECHES = [
    (1, "400"),
    (4, "400"),
    ("4.99", "400"),
    (5, "750"),
    (9, "750"),
    ("9.99", "750"),
    (10, "1500"),
    (14, "1500"),
    ("14.99", "1500"),
    (15, "1625"),
    (16, "1750"),
    (20, "2250"),
]
AFUP = [
    (0, "0"),
    ("0.01", "100"),
    (1, "100"),
    (3, "100"),
    ("3.01", "200"),
    (4, "200"),
    (6, "200"),
    (7, "300"),
    (100, "3400"),
]
# (employees, age in years, chosen a month, months, fee of the months)
EUSKAL_COMPANY = [
    (0, 0, None, 1, "5"),
    (0, 1, None, 12, "60"),
    ("0.99", 1, None, 1, "5"),
    (0, 2, None, 1, "7"),
    (0, 2, "10", 12, "120"),
    (0, 30, "8.50", 12, "102"),
    (1, 0, None, 1, "7"),
    (1, 0, "7", 12, "84"),
    (5, 10, "10", 12, "120"),
    ("5.99", 10, "10", 1, "10"),
    (6, 10, None, 1, "12"),
    (6, 0, "20", 12, "240"),
    (250, 40, "15", 6, "90"),
]
EUSKAL_REFUSED = [
    (0, 2, "6.99", "chosen_too_low"),
    (0, 2, "10.01", "chosen_too_high"),
    (5, 2, "6.99", "chosen_too_low"),
    (6, 2, "11.99", "chosen_too_low"),
    (6, 2, "20.01", "chosen_too_high"),
]
# (tariff, chosen, fee)
EUSKAL_INDIVIDUAL = [
    ("low_income", None, "5"),
    (None, None, "10"),
    ("normal", None, "10"),
    ("support", None, "20"),
    ("support", "20", "20"),
    ("support", "150", "150"),
]
ACB = [
    ("student", None, "5"),
    ("professional", None, "10"),
    ("solidarity", None, "20"),
    ("solidarity", "35", "35"),
]
JARDIN = {1: 24, 2: 22, 3: 20, 4: 18, 5: 16, 6: 14, 7: 12, 8: 10, 9: 8, 10: 6, 11: 4, 12: 2}


class TestRealGrids(TestCase):
    def check(self, grid, expected, case):
        answer = quote(grid, case)
        self.assertIsNone(answer.problem)
        self.assertEqual(answer.amount, D(expected))

    def refused(self, grid, problem, case):
        answer = quote(grid, case)
        self.assertEqual((answer.problem, answer.amount), (problem, None))

    def test_fesp(self):
        for category, place, cases in (
            ("service", IN_METROPOLE, FESP_METROPOLE),
            ("service", IN_OVERSEAS, FESP_OVERSEAS),
            ("creche", IN_METROPOLE, FESP_CRECHES),
        ):
            for turnover, year, expected in cases:
                with self.subTest(category=category, turnover=turnover, year=year):
                    self.check(
                        grids.FESP,
                        expected,
                        Case(category, {"turnover": D(turnover)}, territories=place, year=year),
                    )

    def test_fesp_hole_is_found(self):
        case = Case("service", {"turnover": D(1000000)}, territories=IN_OVERSEAS, year=2)
        self.refused(grids.FESP, "no_rule", case)
        found = review(grids.FESP.rules, ["service", "creche"], grids.TERRITORIES)
        self.assertIn(
            Hole(
                "service",
                (
                    ("territory", (grids.OVERSEAS,), None),
                    ("year", 2, None),
                    ("turnover", D(1000000), None),
                ),
            ),
            found.holes,
        )
        # somebody abroad has no fee either; the crèches have no hole
        self.assertEqual(len(found.holes), 2)
        self.assertEqual({hole.category for hole in found.holes}, {"service"})
        self.assertEqual(found.shadowed, ())

    def test_fesp_needs_a_territory_and_a_turnover(self):
        self.refused(grids.FESP, "territory_missing", Case("service", {"turnover": D(1)}))
        self.refused(grids.FESP, "figure_missing", Case("service", territories=IN_METROPOLE))
        self.refused(grids.FESP, "figure_missing", Case("creche"))

    def test_micro_creches(self):
        for sites, expected in MICRO_CRECHES:
            with self.subTest(sites=sites):
                self.check(grids.MICRO_CRECHES, expected, Case("creche", {"sites": D(sites)}))
        self.refused(grids.MICRO_CRECHES, "no_rule", Case("creche", {"sites": D(0)}))

    def test_afup(self):
        for employees, expected in AFUP:
            with self.subTest(employees=employees):
                self.check(grids.AFUP, expected, Case("company", {"employees": D(employees)}))

    def test_euskal_company(self):
        for employees, age, chosen, months, expected in EUSKAL_COMPANY:
            with self.subTest(employees=employees, age=age, chosen=chosen):
                figures = {"employees": D(employees), "age": D(age)}
                case = Case("company", figures, months=months, chosen=chosen and D(chosen))
                self.check(grids.EUSKAL_COMPANY, expected, case)
        for employees, age, chosen, problem in EUSKAL_REFUSED:
            with self.subTest(employees=employees, chosen=chosen):
                figures = {"employees": D(employees), "age": D(age)}
                case = Case("company", figures, chosen=D(chosen))
                self.refused(grids.EUSKAL_COMPANY, problem, case)

    def test_euskal_age_is_not_asked_where_it_does_not_matter(self):
        case = Case("company", {"employees": D(3)}, months=1)
        self.check(grids.EUSKAL_COMPANY, "7", case)
        answer = quote(grids.EUSKAL_COMPANY, Case("company", {"employees": D(0)}))
        self.assertEqual((answer.problem, answer.basis), ("figure_missing", "age"))

    def test_tariffs_that_the_member_declares(self):
        for grid, cases in ((grids.EUSKAL_INDIVIDUAL, EUSKAL_INDIVIDUAL), (grids.ACB, ACB)):
            for tariff, chosen, expected in cases:
                with self.subTest(tariff=tariff, chosen=chosen):
                    case = Case("person", tariff=tariff, chosen=chosen and D(chosen))
                    self.check(grid, expected, case)
        support = Case("person", tariff="support", chosen=D("19.99"))
        self.refused(grids.EUSKAL_INDIVIDUAL, "chosen_too_low", support)
        self.refused(grids.ACB, "no_rule", Case("person"))

    def test_jardin_poissy(self):
        first, last = date(2026, 1, 1), date(2026, 12, 31)
        for month, expected in JARDIN.items():
            for day in (1, 15, 28):
                with self.subTest(month=month, day=day):
                    months = period(first, last, date(2026, month, day)).months
                    self.check(grids.JARDIN_POISSY, expected, Case("gardener", months=months))

    def test_adal_shares(self):
        amount = quote(grids.ADAL, Case("adult")).amount
        self.assertEqual(amount, 86)
        self.assertEqual(split(amount, grids.ADAL_SHARES), [D(49), D(37)])
        self.assertEqual(split(D(43), grids.ADAL_SHARES), [D("24.5"), D("18.5")])

    def test_yurplan_rollover(self):
        first, last, rollover = date(2026, 1, 1), date(2026, 12, 31), date(2026, 9, 1)
        august = period(first, last, date(2026, 8, 31), rollover)
        september = period(first, last, date(2026, 9, 1), rollover)
        self.assertEqual((august.end, august.months), (date(2026, 12, 31), 5))
        self.assertEqual((september.end, september.months), (date(2027, 12, 31), 12))
        self.assertEqual(september.start, date(2026, 9, 1))

    def test_ffcam_entry_fee(self):
        new = quote(grids.FFCAM, Case("adult", new=True))
        self.assertEqual((new.amount, new.entry_fee, new.total), (90, 4, 94))
        known = quote(grids.FFCAM, Case("adult", year=2))
        self.assertEqual((known.amount, known.entry_fee, known.total), (90, 0, 90))
        season = period(date(2025, 10, 1), date(2026, 9, 30), date(2026, 3, 4))
        self.assertEqual((season.end, season.months), (date(2026, 9, 30), 7))
