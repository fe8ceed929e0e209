"""The nightly job as the scheduler runs it: no language, as superuser, two associations, twice in a row."""

from datetime import date

from freezegun import freeze_time
from odoo import SUPERUSER_ID, api
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..common import ADDON, GovernanceCommon


@tagged("post_install", "-at_install")
class TestNightlyJobs(GovernanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env["ir.module.module"]._load_module_terms([ADDON], ["fr_FR"], overwrite=True)
        cls.other = cls.env["res.company"].create({"name": "Autre réseau", "governance_declare_since": "2024-01-01"})
        cls.secretaries = {}
        cls.boards = {}
        for company in (cls.company, cls.other):
            secretary = new_test_user(
                cls.env,
                login=f"secretary_{company.id}",
                groups=f"{ADDON}.group_governance_secretary",
                lang="fr_FR",
                company_id=company.id,
                company_ids=[(6, 0, company.ids)],
            )
            cls.secretaries[company] = secretary
            with freeze_time("2026-02-01"):
                cls.boards[company] = cls.make_french_board(company, secretary)
        cls.env.flush_all()

    @classmethod
    def make_french_board(cls, company, secretary):
        """Make a board of which three seats are held, by a secretary who works in French."""
        env = cls.env(user=secretary, context={"lang": "fr_FR", "allowed_company_ids": company.ids})
        board = env["governance.body"].create(
            {
                "name": f"CA {company.name}",
                "user_id": secretary.id,
                "composition_ids": [(0, 0, {"seats": 4})],
                "in_force_since": "2020-01-01",
            }
        )
        board.action_create_seats()
        people = env["res.partner"].create([{"name": f"Personne {n} {company.name}"} for n in range(3)])
        mandates = env["governance.mandate"].create(
            [
                {"seat_id": seat.id, "partner_id": person.id, "date_from": "2026-01-15", "term_date": "2026-04-15"}
                for seat, person in zip(board.seat_ids[:3], people, strict=True)
            ]
        )
        env["governance.office"].create(
            [
                {"mandate_id": mandates[0].id, "office": "president", "date_from": "2026-01-15"},
                {"mandate_id": mandates[1].id, "office": "treasurer", "date_from": "2026-01-15"},
                {"mandate_id": mandates[2].id, "office": "other", "title": "Doyenne", "date_from": "2026-01-15"},
            ]
        )
        return board

    def run_as_scheduler(self, day):
        """Run the job as the scheduler does, and return the changes that are to be declared."""
        self.env.flush_all()
        self.env.invalidate_all()
        scheduler = api.Environment(self.env.cr, SUPERUSER_ID, {})
        with freeze_time(day):
            scheduler.ref(f"{ADDON}.cron_remind").ir_actions_server_id.run()
            scheduler.flush_all()
        self.env.invalidate_all()
        lines = self.env["governance.declaration.line"].sudo()
        return lines.search([("body_id", "in", [board.id for board in self.boards.values()])])

    def test_offices_are_the_same_in_any_language(self):
        lines = self.env["governance.declaration.line"].sudo()
        before = lines.search([("body_id", "in", [board.id for board in self.boards.values()])])
        self.assertEqual(len(before), 12)
        for _night in range(2):
            self.assertEqual(self.run_as_scheduler("2026-02-02"), before)
        french = before.with_context(lang="fr_FR").filtered(lambda line: line.body_id == self.boards[self.other])
        self.assertEqual(
            {office for office in french.mapped("office") if office}, {"Présidence", "Trésorerie", "Doyenne"}
        )
        english = french.with_context(lang="en_US").mapped("office")
        self.assertEqual({office for office in english if office}, {"President", "Treasurer", "Doyenne"})

    def test_what_time_ends_is_told_once_in_both(self):
        for _night in range(2):
            lines = self.run_as_scheduler("2026-04-16")
            left = lines.filtered(lambda line: line.event == "leaves")
            for board in self.boards.values():
                self.assertEqual(len(left.filtered(lambda line, board=board: line.body_id == board)), 6)
        declarations = lines.declaration_id
        for company, secretary in self.secretaries.items():
            own = declarations.filtered(lambda declaration, company=company: declaration.company_id == company)
            self.assertEqual(len(own.activity_ids), len(own))
            self.assertEqual(own.activity_ids.user_id, secretary)

    def test_tasks_and_mails_are_in_the_language_of_the_reader(self):
        for _night in range(2):
            self.run_as_scheduler("2026-02-02")
        for company, board in self.boards.items():
            secretary = self.secretaries[company]
            summaries = board.activity_ids.sorted("date_deadline").mapped("summary")
            self.assertEqual(len(summaries), 2, summaries)
            self.assertIn("Sièges vacants", summaries[0])
            self.assertIn("15/04/2026", summaries[1])
            declarations = self.env["governance.declaration"].sudo().search([("company_id", "=", company.id)])
            self.assertIn("Déclarer", declarations.activity_ids.summary)
            mails = self.env["mail.mail"].sudo().search([("recipient_ids", "in", secretary.partner_id.ids)])
            [mail] = mails.filtered(lambda mail: "Gouvernance" in mail.subject)
            self.assertIn("Sièges vacants", mail.body_html)

    def test_one_body_that_fails_leaves_the_others_their_reminders(self):
        failing, fine = self.boards[self.company], self.boards[self.other]
        plan = type(failing)._plan_reminder

        def plan_or_fail(body, *args):
            if body == failing:
                raise KeyError("not expected")
            return plan(body, *args)

        self.patch(type(failing), "_plan_reminder", plan_or_fail)
        with mute_logger("odoo.addons.network_governance.models.forecast.governance_body"):
            self.run_as_scheduler("2026-02-02")
        self.assertFalse(failing.activity_ids)
        self.assertFalse(failing.mandate_ids.filtered("term_reminded_on"))
        self.assertEqual(len(fine.activity_ids), 2)
        self.assertTrue(fine.mandate_ids.filtered("term_reminded_on"))
        self.patch(type(failing), "_plan_reminder", plan)
        self.run_as_scheduler("2026-02-03")
        self.assertEqual(len(failing.activity_ids), 2)
        self.assertEqual(failing.mandate_ids.mapped("date_from"), [date(2026, 1, 15)] * 3)
