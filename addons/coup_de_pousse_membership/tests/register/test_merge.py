"""Two contacts become one."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import MembershipCommon


@tagged("post_install", "-at_install")
class TestMerge(MembershipCommon):
    """Merging two contacts combines their files, or is refused with the reason."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grid = cls.make_grid([(None, None, 100)])
        cls.past_grid = cls.make_grid([(None, None, 80)], date_from=f"{cls.year - 1}-01-01", figures_year=cls.year - 1)
        cls.kept, cls.merged = cls.make_members(2, budget=1)

    def merge(self):
        partners = self.kept.partner_id | self.merged.partner_id
        self.env["base.partner.merge.automatic.wizard"]._merge(partners.ids, self.kept.partner_id)
        self.env.invalidate_all()

    def test_files_are_combined(self):
        now = self.make_memberships(self.kept, self.grid)
        before = self.make_memberships(self.merged, self.past_grid)
        invoice = before._issue_calls()
        self.merge()
        self.assertFalse(self.merged.exists())
        self.assertEqual(self.kept.membership_ids, now | before)
        self.assertEqual(before.partner_id, self.kept.partner_id)
        self.assertEqual(invoice.partner_id, self.kept.partner_id)
        self.assertEqual(self.kept.since.year, self.year - 1)
        self.assertEqual(before.payment_state, "called")

    def test_overlapping_memberships_are_refused_with_the_reason(self):
        memberships = self.make_memberships(self.kept | self.merged, self.grid)
        with self.assertRaisesRegex(UserError, "Organisation 1"):
            self.merge()
        self.assertTrue(self.merged.partner_id.exists())
        memberships[1].write({"admission": "refused"})
        self.merge()
        self.assertEqual(len(self.kept.membership_ids), 2)

    def test_figures_of_one_year_are_combined(self):
        kept, merged = (m.partner_id.annual_figures_ids for m in (self.kept, self.merged))
        kept.write({"budget": 5, "employees": False})
        merged.write({"budget": False, "employees": 0})
        self.env["association.annual.figures"].create(
            {"partner_id": self.merged.partner_id.id, "year": 2001, "volunteers": 12}
        )
        self.merge()
        figures = self.kept.partner_id.annual_figures_ids.sorted("year")
        self.assertEqual(figures.mapped("year"), [2001, self.year - 1])
        self.assertEqual((figures[1].budget, figures[1].employees), (5, 0))
        self.assertIsNot(figures[1].employees, False)
        self.assertIs(figures[1].volunteers, False)

    def test_two_budgets_of_one_year_are_asked(self):
        kept, merged = (m.partner_id.annual_figures_ids for m in (self.kept, self.merged))
        kept.budget, merged.budget = 5, 7
        with self.assertRaisesRegex(UserError, "“Budget” is 5.* and 7"):
            self.merge()
        self.assertEqual((kept.budget, merged.budget), (5, 7))
        merged.budget = 5
        self.merge()
        self.assertEqual(self.kept.partner_id.annual_figures_ids.budget, 5)

    def test_the_office_merges_where_no_address_contradicts(self):
        partners = self.kept.partner_id | self.merged.partner_id
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.users["office"])
        self.kept.partner_id.email = "one@example.org"
        self.merged.partner_id.email = "other@example.org"
        with self.assertRaisesRegex(UserError, "email"):
            wizard._merge(partners.ids, self.kept.partner_id)
        self.merged.partner_id.email = False
        self.kept.partner_id.email = False
        self.merged.partner_id.email = "One@example.org"
        wizard._merge(partners.ids, self.kept.partner_id)
        self.assertFalse(self.merged.exists())
        self.assertEqual(self.kept.partner_id.email, "One@example.org")

    def test_the_number_of_the_file_that_goes_stays_on_record(self):
        number = self.merged.number
        self.merge()
        self.assertIn(number, self.kept.message_ids[:1].body)
        self.assertNotEqual(self.kept.number, number)

    def test_a_contact_without_file_changes_nothing(self):
        membership = self.make_memberships(self.kept, self.grid)
        other = self.env["res.partner"].create({"name": "Same organisation", "is_company": True})
        self.env["base.partner.merge.automatic.wizard"]._merge((other | self.kept.partner_id).ids, other)
        self.env.invalidate_all()
        self.assertEqual(self.kept.partner_id, other)
        self.assertEqual(membership.partner_id, other)
