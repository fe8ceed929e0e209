"""What a campaign has come to, at any time; and who may see and do what."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ...models.campaign.association_campaign_line import MERGING
from ..campaign.campaign_common import CampaignCase


@tagged("post_install", "-at_install")
class TestCampaignNumbers(CampaignCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.start = cls.today - timedelta(days=40)
        cls.campaign = (
            cls.env["association.campaign"]
            .with_user(cls.users["treasurer"])
            .create({"grid_id": cls.grid.id, "invoice_date": cls.start, "due_date": cls.start + timedelta(days=20)})
        )
        cls.campaign.action_preview()
        cls.line_of = {line.member_id: line for line in cls.campaign.line_ids}
        cls.line_of[cls.members[5]]._leave_out("Waived")
        cls.campaign._launch(5, 250)
        runner = cls.campaign._as_launcher()
        runner._call(runner.line_ids.filtered(lambda line: line.state == "ready"))
        cls.campaign.sudo().state = "done"

    def pay_on(self, member, day, amount=None):
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=self.line_of[member].move_id.ids)
            .create({"payment_date": day})
        )
        if amount:
            wizard.amount = amount
        wizard._create_payments()

    def view(self, number):
        action = self.campaign.with_context(association_number=number).action_view_lines()
        return self.env["association.campaign.line"].search(action["domain"]).member_id

    def write_off(self, member, day):
        """Settle a call by a loss, as a bad debt is written off."""
        call = self.line_of[member].move_id
        term = call.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        loss = self.company_data["default_account_expense"]
        entry = self.env["account.move"].create(
            {
                "journal_id": self.company_data["default_journal_misc"].id,
                "date": day,
                "line_ids": [
                    Command.create({"account_id": term.account_id.id, "partner_id": term.partner_id.id, "credit": 50}),
                    Command.create({"account_id": loss.id, "debit": 50}),
                ],
            }
        )
        entry.action_post()
        (term | entry.line_ids.filtered("credit")).reconcile()

    def test_a_loss_is_neither_paid_nor_collected(self):
        self.pay_on(self.members[0], self.today)
        self.write_off(self.members[1], self.today)
        self.assertRecordValues(
            self.campaign, [{"paid_count": 1, "collected_amount": 50, "late_count": 3, "late_amount": 150}]
        )
        curve = {serie["name"]: serie["points"] for serie in self.campaign.curve["series"]}
        self.assertEqual((curve["collected"][-1], curve["called"][-1]), (50, 250))

    def test_tiles_and_the_lists_behind(self):
        self.pay_on(self.members[0], self.today)
        self.pay_on(self.members[1], self.today, 20)
        self.members[2]._record_departure(self.today - timedelta(days=1), "resigned")
        self.assertRecordValues(
            self.campaign,
            [{
                "called_count": 5, "called_amount": 250, "paid_count": 1, "collected_amount": 70,
                "late_count": 4, "late_amount": 180, "gone_count": 1, "gone_amount": 50,
                "excluded_count": 1, "refused_count": 0, "failed_count": 0, "ready_count": 0, "ready_amount": 0,
            }],
        )  # fmt: skip
        self.assertEqual(self.view("called"), self.members[:5])
        self.assertEqual(self.view("paid"), self.members[0])
        self.assertEqual(self.view("late"), self.members[1:5])
        self.assertEqual(self.view("gone"), self.members[2])
        self.assertEqual(self.view("excluded"), self.members[5])
        self.assertEqual(self.view(None), self.members)

    def test_a_credit_note_is_deducted(self):
        self.line_of[self.members[0]].membership_id._withdraw_calls()
        self.assertEqual((self.campaign.called_amount, self.campaign.called_count), (200, 5))

    def test_renewal(self):
        self.assertEqual((self.campaign.expected_count, self.campaign.renewed_count), (6, 0))
        for member in self.members[:3]:
            self.pay_on(member, self.today)
        self.env.invalidate_all()
        self.assertEqual((self.campaign.renewed_count, self.campaign.renewal_rate), (3, 50))
        for number, members in (
            ("expected", self.members),
            ("renewed", self.members[:3]),
            ("lost", self.members[3:]),
        ):
            action = self.campaign.with_context(association_renewal=number).action_view_renewal()
            self.assertEqual(self.env["association.member"].search(action["domain"]), members)
            self.assertEqual(self.campaign[f"{number}_count"], len(members))

    def test_curve_against_the_year_before(self):
        last_year = self.start - relativedelta(years=1)
        old = self.members.membership_ids.filtered(lambda m: m.grid_id == self.last_grid)
        moves = old[:4]._issue_calls(last_year, last_year + timedelta(days=30))
        self.env["account.payment.register"].with_context(active_model="account.move", active_ids=moves[:2].ids).create(
            {"payment_date": last_year + timedelta(days=8), "group_payment": False}
        )._create_payments()
        self.pay_on(self.members[0], self.start + timedelta(days=3))
        self.pay_on(self.members[1], self.start + timedelta(days=15))
        series = {serie["name"]: serie["points"] for serie in self.campaign.curve["series"]}
        self.assertEqual(series["called"], [250.0] * 6)
        self.assertEqual(series["collected"], [50, 50, 100, 100, 100, 100])
        self.assertEqual(series["last_called"][:3], [160, 160, 160])
        self.assertEqual(series["last_collected"][:3], [0, 80, 80])
        self.campaign.sudo().previous_id = self.env["association.campaign"].create({"grid_id": self.last_grid.id})
        self.env.invalidate_all()
        self.assertEqual(len(self.campaign.curve["series"]), 4, "the campaign before, even without a call")

    def test_numbers_are_bounded(self):
        names = ["called_count", "late_amount", "renewal_rate", "curve", "breakdown", "progress_text"]

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.campaign.read(names)
            return self.cr.sql_log_count - before

        queries()
        few = queries()
        self.assertLess(few, 45)
        others = self.make_renewing(30)
        other = self.make_campaign()
        self.launch(other)
        self.run_job()
        other_lines = (
            other.line_ids.sudo()
            .filtered(lambda line: line.member_id in others)
            .with_context(association_campaign_merge=MERGING)
        )
        other_lines.write({"campaign_id": self.campaign.id})
        self.assertLessEqual(queries(), few)

    # ---- who may do what ----

    def test_the_treasurer_writes_no_result(self):
        line = self.line_of[self.members[5]]
        for record, values in (
            (self.campaign, {"state": "draft"}),
            (self.campaign, {"launched_by_id": self.users["office"].id}),
            (self.campaign, {"grid_id": self.last_grid.id}),
            (line, {"state": "ready"}),
            (line, {"membership_id": False}),
            (line, {"amount": 1, "adjust_reason": "late"}),
            (line.with_context(association_campaign_merge=True), {"member_id": self.members[0].id}),
        ):
            with self.assertRaises(UserError):
                record.with_user(self.users["treasurer"]).write(values)
        treasurer = self.env["association.campaign.line"].with_user(self.users["treasurer"])
        with self.assertRaises(UserError):
            treasurer.create({"campaign_id": self.campaign.id, "member_id": self.members[0].id})
        with self.assertRaises(UserError):
            treasurer.browse(line.id).unlink()
        with self.assertRaises(UserError):
            self.env["association.campaign"].with_user(self.users["treasurer"]).create(
                {"grid_id": self.grid.id, "state": "done"}
            )

    def test_others_read_and_change_nothing(self):
        draft = self.make_campaign(preview=False)
        for role in ("director", "office"):
            with self.subTest(role=role):
                self.check_reads_only(self.users[role], draft)
        for record in (self.campaign, self.line_of[self.members[0]]):
            with self.assertRaises(AccessError):
                record.with_user(self.outsider).read(["display_name"])

    def check_reads_only(self, user, draft):
        campaign, line = self.campaign.with_user(user), self.line_of[self.members[0]].with_user(user)
        campaign.invalidate_recordset()
        campaign.read(["called_amount", "renewal_rate", "curve", "breakdown", "progress_text", "late_count"])
        line.read(["amount", "reason", "payment_state", "due_date", "amount_due"])
        self.env["association.campaign.line"].with_user(user).search(campaign._get_number_domain("late"))
        self.assertIn("association.spreadsheet", campaign.action_export()["url"])
        for act in (
            campaign.action_pause, campaign.action_resume, campaign.action_retry, campaign.action_close,
            campaign.action_reopen, campaign.action_next_year, draft.with_user(user).action_preview,
            draft.with_user(user).action_launch, line.action_preview_again, line.action_take_back,
            lambda: line._leave_out("x"), campaign.unlink, line.unlink,
            lambda: campaign.write({"name": "x"}), lambda: line.write({"amount": 1}),
            lambda: campaign.create({"grid_id": self.grid.id}), lambda: campaign._launch(0, 0),
        ):  # fmt: skip
            with self.assertRaises(AccessError):
                act()
        for wizard in ("launch", "mend", "exclude"):
            with self.assertRaises(AccessError):
                self.env[f"association.campaign.{wizard}.wizard"].with_user(user).create({})

    def test_another_association_s(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.users["treasurer"].company_ids += other
        elsewhere = self.campaign.with_user(self.users["treasurer"]).with_context(allowed_company_ids=other.ids)
        with self.assertRaises(AccessError):
            elsewhere.read(["name"])
        self.assertFalse(elsewhere.search([]))
        with self.assertRaises(UserError):
            self.env["association.campaign"].create({"grid_id": self.grid.id, "company_id": other.id})
