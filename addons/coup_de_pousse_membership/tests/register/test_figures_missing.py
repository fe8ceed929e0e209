"""Figures that members have not declared: listed, asked for, entered."""

from odoo.addons.mail.tests.common import MailCommon
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import ADDON, MembershipCommon


@tagged("post_install", "-at_install")
class TestFiguresMissing(MembershipCommon, MailCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grid = cls.make_grid([(None, None, 100)])
        cls.members = cls.make_members(3)
        cls.make_memberships(cls.members, cls.grid)
        cls.known = cls.members[0]
        cls.missing = cls.members[1:]
        cls.past = cls.year - 1
        cls.env["association.annual.figures"].create(
            [
                {"partner_id": cls.known.partner_id.id, "year": cls.past, "employees": 0},
                {"partner_id": cls.missing[0].partner_id.id, "year": cls.past - 1, "employees": 2},
            ]
        )

    def wizard(self, role="office", **values):
        return self.env["association.figures.wizard"].with_user(self.users[role]).create(values)

    def listed(self, wizard):
        return self.env["association.member"].with_user(wizard.env.user).search(wizard.action_show()["domain"])

    def test_who_has_not_declared(self):
        wizard = self.wizard()
        self.assertEqual((wizard.year, wizard.missing_count), (self.past, 2))
        self.assertEqual(self.listed(wizard), self.missing)
        self.assertEqual(self.listed(self.wizard(year=self.past - 1)), self.known | self.missing[1])
        self.assertEqual(len(self.listed(self.wizard("director"))), 2)
        with self.assertRaisesRegex(UserError, "four digits"):
            self.wizard(year=25).action_show()

    def test_who_left_is_not_asked(self):
        self.missing[0].write({"left_on": self.today.replace(month=1, day=1), "end_reason": "resigned"})
        expected = self.missing[1:] if self.missing[0].state == "left" else self.missing
        self.assertEqual(self.listed(self.wizard()), expected)

    def test_figures_are_entered_for_many(self):
        entry = (
            self.env["association.figures.wizard"]
            .with_user(self.users["office"])
            .with_context(
                active_model="association.member", active_ids=self.missing.ids, association_figures_year=self.past
            )
        )
        with Form(entry, view=f"{ADDON}.association_figures_wizard_view_form_entry") as form:
            self.assertEqual((form.year, len(form.line_ids)), (self.past, 2))
            with form.line_ids.edit(0) as line:
                line.employees = 0
        form.record.action_save()
        figures = self.missing.partner_id.annual_figures_ids.filtered(lambda row: row.year == self.past)
        self.assertEqual(figures.partner_id, self.missing[0].partner_id)
        self.assertEqual((figures.employees, figures.source), (0, "declared"))
        self.assertIsNot(figures.employees, False)
        self.assertIs(figures.budget, False)
        self.assertEqual(self.listed(self.wizard()), self.missing[1])

    def test_nothing_entered_is_said(self):
        wizard = self.wizard(line_ids=[(0, 0, {"member_id": self.missing[0].id})])
        with self.assertRaisesRegex(UserError, "No figure"):
            wizard.action_save()

    def test_director_enters_nothing(self):
        with self.assertRaises(AccessError):
            self.wizard("director", line_ids=[(0, 0, {"member_id": self.missing[0].id})])

    def test_asking_goes_through_the_queue(self):
        self.missing.partner_id.write({"lang": "en_US"})
        for index, member in enumerate(self.missing):
            member.partner_id.email = f"organisation{index}@example.com"
        members = self.missing.with_user(self.users["office"]).with_context(association_figures_year=2024)
        action = members.action_ask_figures()
        with self.mock_mail_gateway(mail_unlink_sent=False):
            composer = (
                self.env["mail.compose.message"]
                .with_user(self.users["office"])
                .with_context(**action["context"])
                .create({})
            )
            self.assertEqual(composer.composition_mode, "mass_mail")
            self.assertFalse(composer.force_send)
            composer._action_send_mail()
        mails = self._new_mails
        self.assertEqual(len(mails), 2)
        self.assertEqual(set(mails.mapped("state")), {"outgoing"})
        self.assertEqual(mails.recipient_ids | self.missing.partner_id, self.missing.partner_id)
        self.assertTrue(all(mail.recipient_ids or mail.email_to for mail in mails))
        for mail, member in zip(mails.sorted("id"), self.missing, strict=True):
            self.assertIn("2024", mail.subject)
            self.assertIn("2024", mail.body_html)
            self.assertIn(member.partner_id.name, mail.body_html)

    def test_queries_do_not_grow(self):
        more = self.make_members(20, name="More")
        wizard = self.wizard(line_ids=[(0, 0, {"member_id": member.id, "employees": 1}) for member in more[:2]])
        many = self.wizard(line_ids=[(0, 0, {"member_id": member.id, "employees": 1}) for member in more[2:]])

        def cost(entry):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            entry.action_save()
            self.env.flush_all()
            return self.cr.sql_log_count - start

        few = cost(wizard)
        self.assertLessEqual(cost(many), few + 3)
