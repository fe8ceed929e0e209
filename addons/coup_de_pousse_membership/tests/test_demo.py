"""The demo network: plausible, complete, in every state."""

import logging
import time
from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time
from odoo import fields
from odoo.modules.module import Manifest
from odoo.tests import TransactionCase, tagged
from odoo.tools.convert import convert_file

from .common import ADDON
from .screens import ScreensCase

_logger = logging.getLogger(__name__)

ROLES = {"bureau": "office", "tresoriere": "treasurer", "direction": "director",
         "administratrice": "manager"}  # fmt: skip
#: What each role's group brings of the others.
IMPLIED = {
    "director": {"director"},
    "office": {"office"},
    "treasurer": {"office", "treasurer"},
    "manager": {"office", "treasurer", "manager"},
}


@tagged("post_install", "-at_install")
class TestDemoNetwork(ScreensCase, TransactionCase):
    """The demo data, loaded here since databases for tests are made without."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        started, worked = time.monotonic(), time.process_time()
        cls.load()
        cls.env.flush_all()
        _logger.info(
            "Demo network loaded in %.1f s (%.1f s of work).",
            time.monotonic() - started,
            time.process_time() - worked,
        )
        cls.company = cls.env.ref(f"{ADDON}.demo_company")
        cls.today = fields.Date.context_today(cls.env.user)
        own = [("company_id", "=", cls.company.id)]
        cls.members = cls.env["association.member"].search(own)
        cls.memberships = cls.env["association.membership"].search(own)
        cls.moves = cls.env["account.move"].search(own)
        cls.calls = cls.moves.filtered("is_membership_call")

    @classmethod
    def load(cls):
        for name in Manifest.for_addon(ADDON)["demo"]:
            convert_file(cls.env(su=True), ADDON, name, {}, "init", noupdate=True)

    def assertEveryValue(self, records, field):
        values = set(dict(records._fields[field].selection))
        self.assertEqual(values - set(records.mapped(field)), set(), f"{field}: not shown")

    def test_each_role_opens_each_screen(self):
        for login in ROLES:
            with self.subTest(login=login):
                user = self.env["res.users"].search([("login", "=", login)])
                tried, errors = self.open_screens(user, ADDON)
                self.assertGreater(tried, 100)
                self.assertEqual(errors, [])

    def test_a_director_sees_no_button_that_changes_or_fails(self):
        director = self.env["res.users"].search([("login", "=", "direction")])
        self.assertEqual(self.press_reading_buttons(director, ADDON), [])

    def test_network_is_plausible(self):
        organisations = self.members.partner_id.filtered("is_company")
        self.assertTrue(38 <= len(organisations) <= 48, len(organisations))
        french = organisations.filtered(lambda partner: partner.country_id.code == "FR")
        self.assertGreater(len(french.filtered("company_registry")), len(french) / 2)
        self.assertTrue(french.filtered(lambda p: not p.company_registry))
        self.assertGreater(len(french.filtered("rna")), len(french) / 2)
        self.assertTrue(all(p.territory_id for p in self.members.partner_id))
        self.assertGreater(len(self.members.territory_id), 10)
        self.assertEqual(
            self.members.category_id,
            self.env["association.category"].union(
                *(
                    self.env.ref(f"{ADDON}.category_{kind}")
                    for kind in ("association", "company", "local_authority", "individual", "honorary")
                )
            ),
        )
        emails = [mail for mail in self.members.partner_id.mapped("email") if mail]
        self.assertFalse([m for m in emails if not m.endswith((".example", "@example.org"))])

    def test_every_state_is_shown(self):
        self.assertEveryValue(self.members, "state")
        self.assertEveryValue(self.memberships, "state")
        self.assertEveryValue(self.memberships, "payment_state")
        grids = self.memberships.grid_id.sorted("date_from")
        self.assertEqual(grids.mapped("state"), ["closed", "used"])
        draft = self.env.ref(f"{ADDON}.demo_grid_next")
        self.assertEqual((draft.state, draft.date_from.year), ("draft", self.today.year + 1))

    def test_two_years_of_figures_some_missing(self):
        figures = self.members.partner_id.annual_figures_ids
        year = self.today.year
        self.assertEqual(set(figures.mapped("year")), {year - 1, year - 2})
        grid = self.env.ref(f"{ADDON}.demo_grid_this")
        problems = [quote["problem"] for quote in grid.quote(self.members)]
        self.assertTrue(any(problems))

    def test_accounts_agree(self):
        self.assertEqual(set(self.moves.mapped("state")), {"posted"})
        for move in self.moves:
            balance = sum(move.line_ids.mapped("balance"))
            self.assertTrue(self.company.currency_id.is_zero(balance), move.name)
        residual = sum(self.calls.mapped("amount_residual_signed"))
        self.assertGreater(residual, 0)
        self.assertAlmostEqual(sum(self.memberships.mapped("amount_due")), residual)
        receivable = self.moves.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        self.assertAlmostEqual(sum(receivable.mapped("balance")), residual)
        self.assertEqual(self.calls.journal_id, self.company.membership_journal_id)

    def test_what_happens_to_calls(self):
        refund = self.calls.filtered(lambda move: move.move_type == "out_refund")
        self.assertEqual(len(refund), 1)
        self.assertEqual(refund.line_ids.membership_id.state, "cancelled")
        shared = self.calls.filtered(lambda move: len(move.line_ids.membership_id) == 3)
        self.assertEqual(len(shared), 2)
        self.assertEqual(len(shared.partner_id), 1)
        overdue = self.calls.filtered(lambda move: move.amount_residual and move.invoice_date_due < self.today)
        self.assertTrue(overdue)
        self.assertEqual({move.invoice_date.year for move in self.calls}, {self.today.year - 1, self.today.year})

    def test_nothing_lies_ahead_but_what_is_upcoming(self):
        dates = self.moves.mapped("date") + self.calls.mapped("invoice_date")
        for field in ("applied_on", "admission_decided_on"):
            dates += [day for day in self.memberships.mapped(field) if day]
        dates += [day for day in self.members.mapped("left_on") if day]
        self.assertLessEqual(max(dates), self.today)
        ahead = self.memberships.filtered(lambda m: m.date_from > self.today)
        self.assertEqual(set(ahead.mapped("state")), {"upcoming"})

    def test_one_user_per_role(self):
        for login, role in ROLES.items():
            user = self.env["res.users"].search([("login", "=", login)])
            held = {other for other in IMPLIED if user.has_group(f"{ADDON}.group_membership_{other}")}
            with self.subTest(login=login):
                self.assertEqual(held, IMPLIED[role])
                self.assertEqual((user.lang, user.tz), ("fr_FR", "Europe/Paris"))
                self.assertEqual((user.company_id, user.company_ids), (self.company,) * 2)
                user.with_user(user)._check_credentials(
                    {"type": "password", "login": login, "password": "demo"},
                    {"interactive": False},
                )

    def test_calls_say_on_which_account_to_pay(self):
        calls = self.env["account.move"].search(
            [
                ("company_id", "=", self.company.id),
                ("move_type", "=", "out_invoice"),
                ("line_ids.membership_id", "!=", False),
            ]
        )
        self.assertTrue(calls)
        self.assertEqual(calls.call_bank_id.mapped("sanitized_acc_number"), ["FR7630006000011234567890189"])

    def test_payments_wait_for_the_treasurer(self):
        """Lines of each certainty, read and not booked; cheques to take to the bank; and she is who is told."""
        statement = self.env.ref(f"{ADDON}.demo_bank_file")
        self.assertEqual((statement.state, statement.suspense_count, statement.done_count), ("previewed", 0, 0))
        self.assertEqual(set(statement.line_ids.mapped("certainty")), {"certain", "probable", "possible", "none"})
        self.assertEqual(statement.debit_count, 1)
        deposit = self.env.ref(f"{ADDON}.demo_cheque_deposit")
        self.assertEqual((deposit.state, deposit.cheque_count, deposit.total), ("draft", 2, 145))
        campaigns = self.env["association.campaign"].search([("company_id", "=", self.company.id)])
        self.assertEqual(campaigns.recap_user_id.login, "tresoriere")

    def test_loading_again_changes_nothing(self):
        before = self.count()
        self.env["association.demo"]._prepare_company()
        self.env["association.demo"]._install()
        self.assertEqual(self.count(), before)

    def count(self):
        return [
            self.env[model].search_count([])
            for model in ("res.company", "association.fee.grid", "association.membership",
                          "association.annual.figures", "account.move")
        ]  # fmt: skip


@tagged("post_install", "-at_install")
class TestDemoRules(TransactionCase):
    def test_this_year_is_told_at_its_pace(self):
        demo = self.env["association.demo"]
        as_written = ["0/01-01", "0/01-20", "0/06-15", "0/12-31"]
        for today in (date(2026, 1, 1), date(2027, 3, 1), date(2028, 2, 29), date(2028, 12, 31)):
            with self.subTest(today=today), freeze_time(today):
                days = [demo._day(text) for text in as_written]
                self.assertEqual(days, sorted(days))
                self.assertEqual(days[0], date(today.year, 1, 1))
                self.assertLessEqual(days[-1], today)
                self.assertEqual(demo._day("-1/03-15"), date(today.year - 1, 3, 15))
                self.assertGreater(demo._day("next"), today)
                self.assertEqual(demo._day("next").day, 1)
        with freeze_time("2026-12-31"):
            self.assertEqual(demo._day("0/06-15", later=30), date(2026, 6, 15) + timedelta(30))
        self.assertFalse(demo._day(""))

    def test_company_with_entries_is_left_alone(self):
        if self.env.ref(f"{ADDON}.demo_company", raise_if_not_found=False):
            self.skipTest("The demo network is installed here already.")
        main = self.env.ref("base.main_company")
        company_class = type(self.env["res.company"])
        with patch.object(company_class, "_existing_accounting", lambda company: company == main):
            self.env["association.demo"]._prepare_company()
        company = self.env.ref(f"{ADDON}.demo_company")
        self.assertNotEqual(company, main)
        self.assertIn(company, self.env.ref("base.user_admin").company_ids)
