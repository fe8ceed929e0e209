"""The forecast of the coming months."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import GovernanceCommon


@tagged("post_install", "-at_install")
class TestForecast(GovernanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.body = cls.make_body((3,), renewal="thirds", term_months=36)
        cls.body.composition_ids.minimum = 2
        cls.people = cls.make_people(3)
        cls.mandates = cls.seat(cls.body.seat_ids, cls.people, first=date(2026, 1, 1))
        for mandate, term in zip(cls.mandates, ("2026-12-31", "2027-12-31", "2028-12-31"), strict=True):
            mandate.term_date = term

    def lines(self, months=36, role="director"):
        wizard = self.env["governance.forecast"].with_user(self.users[role])
        action = wizard.create({"day": "2026-06-01", "months": months}).action_show()
        return self.env["governance.forecast.line"].with_user(self.users[role]).search(action["domain"])

    def test_terms_vacancies_minimum_and_thirds(self):
        found = [(line.day, line.kind) for line in self.lines()]
        expected = []
        for year in (2026, 2027, 2028):
            last, next_day = date(year, 12, 31), date(year + 1, 1, 1)
            expected += [(last, "renewal"), (last, "term")]
            if year == 2027:
                expected.append((next_day, "minimum"))
                expected.append((next_day, "minimum"))
            expected.append((next_day, "vacant"))
        expected.remove((date(2028, 1, 1), "minimum"))
        self.assertEqual(found, expected)
        [minimum] = [line for line in self.lines() if line.kind == "minimum"]
        self.assertIn("1 holders in the college “Associations”, at least 2", minimum.sentence)
        self.assertEqual(len(self.lines(months=12)), 3)

    def test_horizon_is_checked(self):
        for months in (0, 61):
            with self.refused(UserError, "from 1 to 60 months"):
                self.env["governance.forecast"].create({"months": months})

    def test_workbook(self):
        wizard = self.env["governance.forecast"].with_user(self.users["director"]).create({"day": "2026-06-01"})
        self.assertEqual(wizard.action_export()["target"], "download")
