"""Applications: stages, deadlines, papers, joint shares, expenses justified once, and who may change them."""

import base64
import io
import re
import zipfile

from freezegun import freeze_time
from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation, UniqueViolation

from ...models.application import papers_archive
from ..common import AccompanimentCommon

#: A field that people type, of each model.
NAMES = {"funding.application": "name", "funding.deadline": "note", "funding.paper": "filename"}


@tagged("post_install", "-at_install")
class TestApplication(AccompanimentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mission = cls.make_mission()
        cls.state, cls.other = cls.env["res.partner"].create(
            [{"name": name, "is_company": True} for name in ("État", "Autre réseau")]
        )
        cls.account = cls.env["funding.account"].search([("code", "=", "74-ETAT"), ("side", "=", "product")])

    def make(self, **values):
        return self.env["funding.application"].create(
            {
                "name": "Training 2027",
                "partner_id": self.lianes.id,
                "funder_id": self.state.id,
                "account_id": self.account.id,
                "amount_asked": 10000,
                "writer_id": self.users["adviser"].id,
                **values,
            }
        )

    # ---- stages ----

    def test_from_the_idea_to_the_grant(self):
        application = self.make()
        self.assertEqual((application.probability, application.amount_likely), (0.2, 2000))
        application.stage = "submitted"
        self.assertEqual(application.amount_likely, 5000)
        with self.assertRaisesRegex(ValidationError, "enter what is granted first"), self.env.cr.savepoint():
            application.stage = "granted"
        application.write({"stage": "granted", "amount_granted": 8000, "decided_on": "2027-02-01"})
        self.assertEqual((application.probability, application.amount_likely), (1, 8000))
        with self.assertRaisesRegex(UserError, "Something was granted"):
            application.unlink()
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            application.amount_asked = -1
            self.env.flush_all()

    def test_every_stage_is_a_column_even_an_empty_one(self):
        self.make()
        found = (
            self.env["funding.application"]
            .with_context(read_group_expand=True)
            .web_read_group([], ["stage"], ["__count"])
        )
        self.assertEqual(len(found["groups"]), 10)

    # ---- deadlines ----

    def test_deadlines_are_among_the_writer_s_activities(self):
        application = self.make(
            deadline_ids=[
                Command.create({"kind": "application", "date": "2027-03-15"}),
                Command.create({"kind": "letter", "date": "2027-01-15"}),
            ]
        )
        self.assertEqual(str(application.next_deadline), "2027-01-15")
        activities = application.activity_ids
        self.assertEqual(activities.user_id, self.users["adviser"])
        self.assertEqual(sorted(map(str, activities.mapped("date_deadline"))), ["2027-01-15", "2027-03-15"])
        letter = application.deadline_ids.filtered(lambda deadline: deadline.kind == "letter")
        letter.action_done()
        self.assertEqual(len(application.activity_ids), 1)
        self.assertEqual(str(application.next_deadline), "2027-03-15")
        (application.deadline_ids - letter).date = "2027-04-01"
        self.assertEqual(str(application.activity_ids.date_deadline), "2027-04-01")
        with freeze_time("2027-04-02"):
            self.assertTrue((application.deadline_ids - letter).is_late)
        application.writer_id = self.users["coordinator"]
        self.assertEqual(application.activity_ids.user_id, self.users["coordinator"], "it follows who writes")
        application.writer_id = False
        self.assertFalse(application.activity_ids)
        application.writer_id = self.users["adviser"]
        self.assertEqual(application.activity_ids.user_id, self.users["adviser"])
        (application.deadline_ids - letter).unlink()
        self.assertFalse(application.activity_ids)

    # ---- papers ----

    def add_paper(self, xmlid, partner=None, **values):
        return self.env["funding.paper"].create(
            {
                "partner_id": (partner or self.lianes).id,
                "kind_id": self.env.ref(f"accompaniment.paper_kind_{xmlid}").id,
                "document": base64.b64encode(b"%PDF " + xmlid.encode()),
                "filename": f"{xmlid}.pdf",
                **values,
            }
        )

    def test_papers_are_kept_once_and_what_is_missing_is_seen(self):
        first = self.make(paper_kind_ids=[Command.set(self.kinds("statutes", "officers").ids)])
        self.assertEqual(first.papers_missing, "Statutes, List of officers")
        self.add_paper("statutes", issued_on="2010-01-01")
        officers = self.add_paper("officers", issued_on="2026-03-01")
        self.assertEqual(str(officers.valid_until), "2027-03-01")
        second = self.make(name="Another", paper_kind_ids=first.paper_kind_ids)
        for application in first | second:
            application.invalidate_recordset()
            self.assertFalse(application.papers_missing)
        second.deadline_ids = [Command.create({"date": "2027-03-02"})]
        self.assertEqual(second.papers_missing, "List of officers", "it is out of date by then")
        with freeze_time("2027-02-01"):
            self.assertEqual(self.env["funding.paper"].search([("is_expiring", "=", True)]), officers)
            self.add_paper("officers", issued_on="2027-01-15")
            self.assertFalse(self.env["funding.paper"].search([("is_expiring", "=", True)]), "it is replaced")

    def test_papers_are_looked_up_once_for_a_whole_pipeline(self):
        def queries(records, *names):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            # Browsed anew: what was found through another record is fetched together only while that one is cached.
            records.browse(records.ids).mapped(lambda record: [record[name] for name in names])
            return self.env.cr.sql_log_count - before

        others = self.env["res.partner"].create([{"name": f"Member {rank}", "is_company": True} for rank in range(8)])
        papers = self.env["funding.paper"].union(
            *(self.add_paper("officers", partner, issued_on="2026-03-01") for partner in others)
        )
        shares = [Command.create({"partner_id": partner.id}) for partner in others]
        applications = self.env["funding.application"].union(
            *(self.make(partner_id=partner.id, is_joint=True, share_ids=shares) for partner in others)
        )
        for records, names in (
            (applications, ("papers_missing", "paper_ids")),
            (applications.share_ids, ("papers_missing",)),
            (papers, ("is_expiring",)),
        ):
            queries(records, *names)  # fills the caches of access rights
            self.assertEqual(queries(records[:2], *names), queries(records, *names), records._name)

    def kinds(self, *xmlids):
        return self.env["funding.paper.kind"].union(*(self.env.ref(f"accompaniment.paper_kind_{x}") for x in xmlids))

    def test_one_archive_of_all_papers(self):
        application = self.make(paper_kind_ids=[Command.set(self.kinds("statutes", "bank").ids)])
        self.add_paper("statutes", issued_on="2020-05-04")
        action = application.with_user(self.users["director"]).action_download_papers()
        file = self.env["association.spreadsheet"].sudo().browse(int(action["url"].split("/")[4]))
        archive = zipfile.ZipFile(io.BytesIO(base64.b64decode(file.content)))
        self.assertEqual(archive.namelist(), ["Lianes coopération/Statutes 2020-05-04.pdf", "Missing.txt"])
        self.assertEqual(archive.read(archive.namelist()[0]), b"%PDF statutes")
        self.assertIn("Bank details", archive.read("Missing.txt").decode())

    def test_papers_of_two_organisations_called_alike_are_both_in_the_archive(self):
        twin = self.env["res.partner"].create({"name": self.lianes.name, "is_company": True})
        application = self.make(
            is_joint=True,
            paper_kind_ids=[Command.set(self.kinds("statutes").ids)],
            share_ids=[Command.create({"partner_id": partner.id}) for partner in (self.lianes, twin)],
        )
        for partner in (self.lianes, twin):
            self.add_paper("statutes", partner, issued_on="2020-05-04")
        archive = zipfile.ZipFile(io.BytesIO(papers_archive.make(application)))
        stem = "Lianes coopération/Statutes 2020-05-04"
        self.assertEqual(archive.namelist(), [f"{stem}.pdf", f"{stem} (2).pdf"])

    def test_papers_at_hand_are_seen_while_the_form_is_filled(self):
        self.add_paper("statutes", issued_on="2010-01-01")
        application = self.make(paper_kind_ids=[Command.set(self.kinds("statutes", "bank").ids)])
        with Form(application) as form:
            form.is_joint = True
            form.is_joint = False
            form.paper_kind_ids.add(self.kinds("officers"))
            self.assertEqual(form.papers_missing, "Bank details (RIB), List of officers")

    # ---- joint ----

    def test_shares_sum_to_the_whole_to_the_cent(self):
        application = self.make(amount_asked=0, is_joint=True)
        application.share_ids = [
            Command.create({"partner_id": self.lianes.id, "is_lead": True, "amount_asked": 50.01}),
            Command.create({"partner_id": self.other.id, "amount_asked": 30}),
            Command.create({"partner_id": self.region.id, "amount_asked": 19.99}),
        ]
        self.assertEqual(application.amount_asked, 100)
        application.action_share_equally()
        self.assertEqual(application.share_ids.mapped("amount_asked"), [33.34, 33.33, 33.33])
        self.assertEqual(application.amount_asked, 100)
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            application.share_ids[1].is_lead = True
            self.env.flush_all()
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            application.share_ids[1].amount_received = 1
            self.env.flush_all()

    def test_the_form_begins_with_the_lead_s_share(self):
        with Form(self.env["funding.application"]) as form:
            form.name, form.partner_id, form.funder_id = "Together", self.lianes, self.state
            form.amount_asked = 900
            form.is_joint = True
            self.assertEqual(len(form.share_ids), 1)
            with form.share_ids.new() as share:
                share.partner_id, share.amount_asked = self.other, 600
        self.assertEqual((form.record.amount_asked, form.record.share_ids[0].partner_id), (1500, self.lianes))

    def test_from_idea_to_balance_in_each_partner_s_plan(self):
        plans = self.env["funding.plan"].create(
            [{"name": "Plan", "partner_id": partner.id, "date_from": "2027-01-01", "date_to": "2027-12-31"}
             for partner in (self.lianes, self.other)]
        )  # fmt: skip
        application = self.make(is_joint=True, date_from="2027-01-01", date_to="2027-12-31")
        application.share_ids = [
            Command.create({"partner_id": partner.id, "amount_asked": amount})
            for partner, amount in ((self.lianes, 6000), (self.other, 4000))
        ]
        application.action_to_plans()
        self.assertEqual(plans.line_ids.mapped("amount_planned"), [6000, 4000])
        self.assertEqual(plans.line_ids.mapped("is_joint"), [True, True])
        for share, granted in zip(application.share_ids, (5000, 3000), strict=True):
            share.amount_granted = granted
        application.stage = "granted"
        application.action_to_plans()
        self.assertEqual(plans.line_ids.mapped("amount_granted"), [5000, 3000], "brought up to date, not doubled")
        self.assertEqual(plans.mapped("secured"), [5000, 3000])

    def test_rivals_are_shown_before_they_compete(self):
        first = self.make(date_from="2027-01-01", date_to="2027-12-31")
        self.assertFalse(first.warnings)
        self.make(partner_id=self.other.id, name="Theirs", date_from="2027-06-01", date_to="2028-05-31")
        first.invalidate_recordset()
        self.assertIn("Autre réseau (Theirs)", first.warnings)
        first.stage = "refused"
        first.invalidate_recordset()
        self.assertFalse(first.warnings)

    def test_what_would_close_the_gap_best_first(self):
        plan = self.env["funding.plan"].create(
            {
                "name": "Plan 2027",
                "partner_id": self.lianes.id,
                "date_from": "2027-01-01",
                "date_to": "2027-12-31",
                "line_ids": [
                    Command.create(
                        {
                            "account_id": self.env["funding.account"].search([("code", "=", "64")]).id,
                            "amount_planned": 9000,
                        }
                    )
                ],
            }
        )
        small = self.make(name="Small", amount_asked=4000)
        large = self.make(name="Large", amount_asked=10000, stage="submitted")
        self.make(name="Refused", stage="refused")
        self.make(name="Later", date_from="2028-01-01", date_to="2028-12-31")
        self.assertEqual(plan._get_closing(), large | small)
        told = re.findall(r"<li>(.*?)</li>", plan.closing_html)
        self.assertEqual([text.split(" (")[0] for text in told], ["Large", "Small"])
        self.assertIn("4\N{NO-BREAK SPACE}000", told[0], "9,000 less 5,000 likely")

    # ---- thresholds ----

    def test_thresholds_of_the_law(self):
        application = self.make(amount_asked=23000)
        self.assertFalse(application.warnings)
        application.amount_asked = 23000.01
        self.assertIn("an agreement with the authority is compulsory", application.warnings)
        application.agreement_on = "2027-03-01"
        self.assertFalse(application.warnings)
        application.write({"amount_granted": 153001, "stage": "granted"})
        self.assertIn("published and audited", application.warnings)
        self.env["funding.threshold"].create({"kind": "audit", "date_from": "2026-06-01", "amount": 200000})
        application.invalidate_recordset()
        self.assertFalse(application.warnings)

    def test_de_minimis_aid_over_three_years_with_its_group(self):
        branch = self.env["res.partner"].create({"name": "Branch", "is_company": True, "parent_id": self.lianes.id})
        aid = {"is_de_minimis": True, "stage": "granted", "amount_granted": 150000, "agreement_on": "2024-01-01"}
        public = self.env["funding.account"].search([("code", "=", "74-PRIV")])
        self.make(partner_id=branch.id, decided_on="2024-03-02", account_id=public.id, **aid)
        self.make(decided_on="2020-01-01", account_id=public.id, **aid)
        asked = self.make(amount_asked=149000, account_id=public.id, is_de_minimis=True, decided_on="2027-03-01")
        self.assertIn("De minimis aid over three years", asked.warnings)
        self.assertIn("299", asked.warnings)
        asked.decided_on = "2027-03-02"
        self.assertFalse(asked.warnings, "the first one is three years old: only 149,000 count")

    # ---- expenses ----

    def test_no_euro_is_justified_twice(self):
        one, two = (
            self.make(amount_granted=1000, stage="granted"),
            self.make(name="B", amount_granted=500, stage="granted"),
        )
        expense = self.env["funding.expense"].create({"partner_id": self.lianes.id, "name": "Rent", "amount": 800})
        claim = self.env["funding.claim"].create({"application_id": one.id, "expense_id": expense.id, "amount": 600})
        self.assertEqual((one.left_to_justify, expense.amount_free), (400, 200))
        rest = self.env["funding.claim"].create({"application_id": two.id, "expense_id": expense.id})
        self.assertEqual((rest.amount, two.left_to_justify), (200, 300), "what is free is proposed")
        twice = "no euro is justified twice. It is attributed to: Training 2027, B"
        with self.assertRaisesRegex(ValidationError, twice), self.env.cr.savepoint():
            claim.amount = 600.01
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            expense.amount = 799
            self.env.flush_all()
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env["funding.claim"].create({"application_id": one.id, "expense_id": expense.id, "amount": 1})

    def test_expenses_are_pasted_all_or_none(self):
        def paste(text, role="adviser"):
            wizard = self.env["funding.expense.paste.wizard"].with_user(self.users[role])
            wizard = wizard.create({"partner_id": self.lianes.id, "text": text})
            wizard.action_confirm()
            wizard.action_confirm()  # a second click adds nothing

        wrong = "31/03/2026\tRent\t800\t613\n\tNo day\t5\nyesterday\tX\t5\n01/02/2026\t\t5\n01/02/2026\tX\t0\n01/02/2026\tX\t5\t999"
        with self.assertRaises(UserError) as refused, self.env.cr.savepoint():
            paste(wrong)
        for number in range(2, 7):
            self.assertIn(f"Line {number}:", str(refused.exception))
        self.assertFalse(self.env["funding.expense"].search([("partner_id", "=", self.lianes.id)]))
        paste("31/03/2026\tRent\t800,50\t613\n01/04/2026\tTrain\t1 200 €")
        expenses = self.env["funding.expense"].search([("partner_id", "=", self.lianes.id)], order="date")
        self.assertEqual(expenses.mapped("amount"), [800.5, 1200])
        self.assertEqual((str(expenses[0].date), expenses[0].account_id.code), ("2026-03-31", "613"))
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            paste("31/03/2026\tRent\t800", role="colleague")

    # ---- who ----

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_who_changes_an_application(self):
        application = self.make(deadline_ids=[Command.create({"date": "2027-03-15"})])
        self.add_paper("statutes")

        def rpc(role, model, method, *args):
            with self.env.cr.savepoint():
                return call_kw(self.env[model].with_user(self.users[role]), method, list(args), {})

        for role in ("adviser", "coordinator"):
            rpc(role, "funding.application", "write", application.ids, {"name": f"By {role}"})
            rpc(role, "funding.deadline", "write", application.deadline_ids.ids, {"note": role})
        for role in ("colleague", "director", "outsider"):
            for model, ids in (
                ("funding.application", application.ids),
                ("funding.deadline", application.deadline_ids.ids),
                ("funding.paper", self.lianes.funding_paper_ids.ids),
            ):
                with self.subTest(role=role, model=model), self.assertRaises(AccessError):
                    rpc(role, model, "write", ids, {NAMES[model]: "X"})
            with self.assertRaises(AccessError):
                rpc(role, "funding.application", "action_to_plans", application.ids)
        self.assertTrue(rpc("director", "funding.application", "read", application.ids, ["warnings", "papers_missing"]))
        with self.assertRaises(AccessError):
            rpc("outsider", "funding.application", "read", application.ids, ["name"])


@tagged("post_install", "-at_install")
class TestExpensesFromBills(AccompanimentCommon, AccountTestInvoicingCommon):
    def test_bills_become_expenses_once(self):
        coordinator = self.users["coordinator"]
        bill = self.init_invoice("in_invoice", partner=self.region, amounts=[120, 80], post=True)
        draft = self.init_invoice("in_invoice", partner=self.region, amounts=[999])
        wizard = self.env["funding.bill.wizard"].with_user(coordinator)
        days = {"date_from": bill.date, "date_to": bill.date}
        first = wizard.create(days)
        self.assertEqual(sorted(first.line_ids.mapped("balance")), [80, 120])
        self.assertNotIn(draft, first.line_ids.move_id)
        second = wizard.create(days)
        first.action_confirm()
        expenses = self.env["funding.expense"].search([("move_line_id.move_id", "=", bill.id)])
        self.assertEqual(sorted(expenses.mapped("amount")), [80, 120])
        self.assertEqual(expenses.partner_id, self.env.company.partner_id)
        second.action_confirm()
        self.assertEqual(self.env["funding.expense"].search_count([("move_line_id.move_id", "=", bill.id)]), 2)
        with self.assertRaisesRegex(UserError, "Nothing spent is chosen"):
            wizard.create(days).action_confirm()
        with self.assertRaises(AccessError):
            self.env["funding.bill.wizard"].with_user(self.users["adviser"]).create(days)

    def test_a_bill_that_is_justified_does_not_change(self):
        bill = self.init_invoice("in_invoice", partner=self.region, amounts=[120], post=True)
        wizard = self.env["funding.bill.wizard"].with_user(self.users["coordinator"])
        wizard.create({"date_from": bill.date, "date_to": bill.date}).action_confirm()
        for change in ("button_draft", "button_cancel"):
            with self.assertRaisesRegex(UserError, "justified to funders"), self.env.cr.savepoint():
                getattr(bill, change)()
        self.env["funding.expense"].search([]).unlink()
        bill.button_draft()

    def test_an_analytic_account_becomes_expenses_once(self):
        plan = self.env["account.analytic.plan"].create({"name": "Projects"})
        garden, other = self.env["account.analytic.account"].create(
            [{"name": "Garden", "plan_id": plan.id}, {"name": "Other", "plan_id": plan.id}]
        )
        bill = self.init_invoice("in_invoice", partner=self.region, amounts=[200])
        bill.invoice_line_ids.analytic_distribution = {garden.id: 60, other.id: 40}
        bill.action_post()
        paid = self.env["account.analytic.line"].create(
            [
                {"name": "Salary", plan._column_name(): garden.id, "amount": -1500, "date": bill.date},
                {"name": "Sale", plan._column_name(): garden.id, "amount": 300, "date": bill.date},
            ]
        )
        wizard = self.env["funding.bill.wizard"].with_user(self.users["coordinator"])
        days = {"date_from": bill.date, "date_to": bill.date}
        first = wizard.create({**days, "analytic_account_id": garden.id})
        self.assertEqual(sorted(first.analytic_line_ids.mapped("amount")), [-1500, -120])
        self.assertFalse(first.line_ids)
        whole = wizard.create(days)
        self.assertEqual(whole.line_ids, bill.invoice_line_ids)
        first.action_confirm()
        whole.action_confirm()
        expenses = self.env["funding.expense"].search([])
        self.assertEqual(sorted(expenses.mapped("amount")), [120, 1500], "The whole bill was not taken again")
        rest = wizard.create({**days, "analytic_account_id": other.id})
        self.assertEqual(rest.analytic_line_ids.mapped("amount"), [-80])
        rest.action_confirm()
        with self.assertRaisesRegex(UserError, "Nothing spent is chosen"):
            wizard.create({**days, "analytic_account_id": garden.id}).action_confirm()
        with self.assertRaisesRegex(UserError, "justified to funders"), self.env.cr.savepoint():
            paid[0].amount = -1
        with self.assertRaisesRegex(UserError, "justified to funders"), self.env.cr.savepoint():
            paid[0].unlink()
        with self.assertRaisesRegex(UserError, "justified to funders"), self.env.cr.savepoint():
            bill.button_draft()
        paid[1].unlink()

    def test_a_bill_taken_whole_is_not_taken_in_parts(self):
        account = self.env["account.analytic.account"].create(
            {"name": "Garden", "plan_id": self.env["account.analytic.plan"].create({"name": "Projects"}).id}
        )
        bill = self.init_invoice("in_invoice", partner=self.region, amounts=[200])
        bill.invoice_line_ids.analytic_distribution = {account.id: 60}
        bill.action_post()
        wizard = self.env["funding.bill.wizard"].with_user(self.users["coordinator"])
        days = {"date_from": bill.date, "date_to": bill.date}
        wizard.create(days).action_confirm()
        self.assertFalse(wizard.create({**days, "analytic_account_id": account.id}).analytic_line_ids)
