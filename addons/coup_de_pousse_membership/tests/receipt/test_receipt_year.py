"""A year of receipts in bulk: the payments of fees too, in the background, stopped and gone on with."""

import io
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools.pdf import PdfFileReader

from ...models.receipt import association_receipt_year
from ...models.receipt.declaration import Declaration
from ...models.receipt.year_papers import YearPapers
from .common import ADDRESS, NOBODY, ReceiptCommon


@tagged("post_install", "-at_install")
class TestReceiptYear(ReceiptCommon):
    def work(self, year, size=100, turns=None):
        """Do in this transaction what the scheduler does."""
        self.env["ir.config_parameter"].sudo().set_param("report.url", NOBODY)
        papers = YearPapers(year.sudo().with_context(force_report_rendering=True), size)
        left = [turns]

        def go_on(*_args, **_kwargs):
            if left[0] is not None:
                left[0] -= 1
                return left[0] > 0
            return True

        with patch.object(type(self.env["ir.cron"]), "_commit_progress", go_on):
            papers.work()
        year.invalidate_recordset()

    def standing(self, year):
        year.action_list()
        return {(line.partner_id.name, line.amount): (line.standing, line.reason) for line in year.payment_ids}

    def make_paid_fees(self, count=2):
        grid = self.make_grid([(None, None, 100)])
        members = self.make_members(count, budget=1000, name="Fee")
        members.partner_id.write(ADDRESS)
        calls = self.make_memberships(members, grid)._issue_calls(self.today, self.today)
        self.pay(calls)
        return members, calls

    def test_each_payment_says_why_it_has_no_receipt(self):
        members, _calls = self.make_paid_fees(1)
        self.receipt(self.give(30))
        self.give(40, given_back=5)
        self.give(60, book=False)
        year = self.open_year()
        found = self.standing(year)
        self.assertEqual(found["Jeanne Donor", 30], ("stated", f"Receipt {self.year}-0001 states it."))
        self.assertEqual(found["Jeanne Donor", 40], ("ready", False))
        self.assertNotIn(("Jeanne Donor", 60), found, "what is not booked was not received")
        self.assertIn("Membership fees give no right", found[members.partner_id.name, 100][1])
        self.assertEqual((year.ready_count, year.ready_amount, year.refused_count), (1, 35, 1))

    def test_fees_where_nothing_is_given_in_return(self):
        self.company.receipt_fees = True
        members, _calls = self.make_paid_fees(2)
        year = self.open_year()
        self.assertEqual(self.standing(year)[members[0].partner_id.name, 100][0], "ready")
        year.action_issue()
        self.assertFalse(year.task, "so few are issued while the user waits")
        receipts = self.env["association.tax.receipt"].search([("year", "=", self.year)])
        self.assertEqual(receipts.mapped("amount"), [100, 100])
        self.assertEqual(self.standing(year)[members[0].partner_id.name, 100][0], "stated")

    def test_a_part_paid_is_a_part_stated_and_the_payer_has_the_receipt(self):
        self.company.receipt_fees = True
        grid = self.make_grid([(None, None, 100)])
        member = self.make_members(1, budget=1000, name="Paid by another")
        call = self.make_memberships(member, grid)._issue_calls(self.today, self.today)
        payment = self.pay(call, 40)
        payment.move_id.line_ids.partner_id = self.donor
        payment.partner_id = self.donor
        found = self.standing(self.open_year())
        self.assertEqual(found["Jeanne Donor", 40][0], "ready")

    def test_a_loss_is_no_payment(self):
        self.company.receipt_fees = True
        grid = self.make_grid([(None, None, 100)])
        call = self.make_memberships(self.make_members(1, budget=1000), grid)._issue_calls(self.today, self.today)
        call._reverse_moves([{"date": self.today}], cancel=True)
        self.assertEqual(self.standing(self.open_year()), {})

    def test_a_fee_with_counterpart_has_none(self):
        self.company.receipt_fees = True
        self.category.product_id = self.env.ref("coup_de_pousse_membership.product_membership_fee_counterpart")
        members, _calls = self.make_paid_fees(1)
        found = self.standing(self.open_year())
        self.assertIn("gives access to services", found[members.partner_id.name, 100][1])

    def test_stopped_in_the_middle_and_gone_on_with(self):
        donors = self.env["res.partner"].create([{"name": f"D{rank}", **ADDRESS} for rank in range(7)])
        for donor in donors:
            self.give(10, donor)
        year = self.open_year()
        with patch.object(association_receipt_year, "BATCH", 3):
            year.action_issue()
        with self.assertRaisesRegex(UserError, "goes on already"), self.env.cr.savepoint():
            year.action_issue()
        self.work(year, size=3, turns=1)
        self.assertEqual((year.receipt_count, year.task, year.task_done), (3, "issue", 3))
        self.work(year, size=3)
        self.assertEqual((year.receipt_count, year.task), (7, False))
        names = self.env["association.tax.receipt"].search([("year", "=", self.year)], order="name").mapped("name")
        self.assertEqual(names, [f"{self.year}-{rank:04}" for rank in range(1, 8)], "no number missing, none twice")
        year.action_print()
        self.work(year, size=3, turns=2)
        self.assertEqual((year.task, year.task_done), ("print", 6))
        self.work(year, size=3)
        reader = PdfFileReader(io.BytesIO(year.sudo().paper_id.raw))
        self.assertEqual(len(reader.pages), 7)
        self.assertFalse(year.sudo().paper_ids)
        self.assertIn(names[-1], reader.pages[6].extract_text())
        with self.assertRaisesRegex(UserError, "waits for a receipt"):
            year.action_issue()

    def test_sent_once_to_whom_a_mail_can_reach(self):
        silent = self.donor.copy({"name": "Silent", "email": False})
        self.receipt(self.give(10))
        self.receipt(self.give(10, silent))
        year = self.open_year()
        self.assertEqual(year.unsent_count, 2)
        year.action_send()
        self.work(year)
        receipts = self.env["association.tax.receipt"].search([("year", "=", self.year)])
        sent = receipts.filtered("sent_on")
        self.assertEqual(sent.partner_id, self.donor)
        mail = self.env["mail.mail"].search([("model", "=", receipts._name), ("res_id", "=", sent.id)])
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.attachment_ids.mapped("mimetype"), ["application/pdf"])
        with self.assertRaisesRegex(UserError, "waits to be sent"):
            year.action_send()

    def test_the_declaration_adds_up(self):
        self.receipt(self.give(10.5))
        self.receipt(self.give(20, self.donor.copy({"name": "Second"})))
        self.receipt(self.give(1000, self.firm))
        cancelled = self.receipt(self.give(7, self.donor.copy({"name": "Third"})))
        cancelled.with_user(self.treasurer)._cancel("Error")
        year = self.open_year()
        self.assertEqual(Declaration(year).list_totals(), [("200", 2, 30.5), ("238 bis", 1, 1000)])
        self.assertEqual(year.action_declare()["type"], "ir.actions.act_url")

    def test_a_financial_year_of_its_own_is_declared(self):
        """From July to June: what was received in it counts, and what was issued in it."""
        self.company.write({"fiscalyear_last_month": "6", "fiscalyear_last_day": 30})
        early, late = f"{self.year - 1}-03-10", f"{self.year - 1}-09-10"
        for day, amount, name in ((early, 10, "Early"), (late, 20, "Late"), (late, 30, "Cancelled")):
            receipt = self.receipt(self.give(amount, self.donor.copy({"name": name}), date=day))
            receipt._write_facts({"issued_on": f"{self.year}-01-15"})
            if name == "Cancelled":
                receipt.with_user(self.treasurer)._cancel("Error")
        # Two receipts were issued in the financial year; 20 € were received in it.
        self.assertEqual(Declaration(self.open_year()).list_totals(), [("200", 2, 20)])
        self.assertEqual(Declaration(self.open_year(self.year - 1)).list_totals(), [("200", 0, 10)])

    def test_queries_do_not_grow(self):
        def count():
            year.action_list()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            year.action_list()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        year = self.open_year()
        self.make_paid_fees(2)
        self.give(10)
        few = count()
        for rank in range(10):
            self.give(10, self.donor.copy({"name": f"More {rank}"}))
        self.assertLessEqual(count() - few, 3)
