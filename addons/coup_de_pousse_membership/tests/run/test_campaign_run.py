"""A campaign runs: each recipient once, culprits aside, paused, resumed, whoever does what meanwhile."""

from unittest.mock import patch

from dateutil.relativedelta import relativedelta
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import LockNotAvailable, UniqueViolation

from ...models.campaign.association_campaign_line import MERGING
from ...models.run import campaign_run
from ..campaign.campaign_common import CampaignCase
from ..common import ADDON

CALL_LOGGER = f"odoo.addons.{ADDON}.models.common.batch"


@tagged("post_install", "-at_install")
class TestCampaignRun(CampaignCase):
    def setUp(self):
        super().setUp()
        self.patch(campaign_run, "PAUSE", 0)

    def launched(self, **values):
        campaign = self.make_campaign(**values)
        self.launch(campaign)
        return campaign

    def calls(self, members):
        return members.membership_ids.filtered(lambda m: m.grid_id == self.grid).line_ids.move_id

    def assert_all_called_once(self, campaign, members=None):
        members = members or self.members
        for member in members:
            memberships = member.membership_ids.filtered(lambda m: m.grid_id == self.grid)
            self.assertEqual(len(memberships), 1, member.display_name)
            moves = memberships.line_ids.move_id
            self.assertEqual(moves.mapped("state"), ["posted"], member.display_name)
            line = self.line(campaign, member)
            self.assertEqual((line.state, line.membership_id, line.move_id), ("called", memberships, moves))

    def assert_gapless(self, moves):
        numbers = sorted(move.sequence_number for move in moves)
        self.assertEqual(numbers, list(range(numbers[0], numbers[0] + len(moves))))

    def fail_for(self, *members, error=UserError):
        """Make the call of these members fail."""
        Membership = self.env.registry["association.membership"]
        issue = Membership._issue_calls_in_bulk

        def fail(memberships, *args, **kwargs):
            if memberships.member_id & self.env["association.member"].union(*members):
                raise error("no account for it")
            return issue(memberships, *args, **kwargs)

        return patch.object(Membership, "_issue_calls_in_bulk", fail)

    # ---- the ordinary run ----

    def test_out_of_time_it_wakes_the_scheduler(self):
        self.batch(2)
        campaign = self.launched()
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])
        with patch.object(self.env.registry["ir.cron"], "_commit_progress", lambda *args, **kwargs: 0.0):
            campaign._run()
        self.assertEqual(campaign.called_count, 2)
        self.assertTrue(self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)]) - triggers)

    def test_everybody_is_called_once_as_previewed(self):
        self.batch(4)
        campaign = self.make_campaign(due_date=self.today + relativedelta(days=30))
        corrected = self.line(campaign, self.members[0])
        corrected.write({"amount": 12.5, "adjust_reason": "Agreed"})
        self.line(campaign, self.members[5])._leave_out("Waived")
        wizard = self.launch(campaign)
        self.assertEqual((wizard.count, wizard.call_count, wizard.total), (5, 5, 212.5))
        self.assertEqual((campaign.state, self.grid.state), ("running", "used"))
        self.assertEqual(campaign.progress_text, "Waiting for its turn: calling begins within a minute.")
        self.run_job()
        self.assertEqual(campaign.state, "done")
        self.assert_all_called_once(campaign, self.members[:5])
        self.assertFalse(self.calls(self.members[5]))
        moves = campaign.line_ids.move_id
        self.assertEqual(len(moves), 5)
        self.assertEqual(sum(moves.mapped("amount_untaxed")), wizard.total)
        self.assertEqual(set(moves.mapped("invoice_date_due")), {campaign.due_date})
        self.assertEqual(moves.create_uid, self.users["treasurer"], "who launched it")
        self.assert_gapless(moves)
        self.assertEqual((campaign.progress, campaign.called_count, campaign.called_amount), (100, 5, 212.5))
        self.assertRecordValues(
            corrected.membership_id,
            [{
                "campaign_id": campaign.id, "amount": 12.5, "admission": "admitted", "admission_body": "Board",
                "previous_id": corrected.previous_membership_id.id, "payment_state": "called", "category_id": self.category.id,
            }],
        )  # fmt: skip
        self.assertIn("Fee agreed", corrected.membership_id.quote_sentence)
        self.assertIn("5 called, 0 set aside", "".join(campaign.message_ids.mapped("body")))

    def test_members_with_one_payer_share_one_call_or_not(self):
        head = self.env["res.partner"].create({"name": "Head", "is_company": True, "email": "h@example.org"})
        self.members[1:4].membership_ids.payer_id = head
        self.batch(2)
        for shared, expected in ((True, 1), (False, 3)):
            with self.subTest(shared=shared):
                campaign = self.launched(one_call_per_payer=shared)
                self.run_job()
                self.assert_all_called_once(campaign)
                self.assertEqual(len(self.calls(self.members[1:4])), expected)
                self.calls(self.members).button_draft()
                self.calls(self.members).with_context(force_delete=True).unlink()
                campaign.line_ids.sudo().with_context(association_campaign_merge=MERGING).unlink()
                self.members.membership_ids.filtered("campaign_id").unlink()

    def test_a_free_membership_has_no_call(self):
        free = self.make_renewing(1)
        campaign = self.make_campaign()
        self.line(campaign, free).write({"amount": 0, "adjust_reason": "Honorary"})
        self.launch(campaign)
        self.run_job()
        line = self.line(campaign, free)
        self.assertEqual((line.state, line.membership_id.payment_state, line.move_id.id), ("called", "free", False))
        self.assertIn("without a call", line.reason)

    def test_memberships_that_were_there(self):
        waiting = self.make_memberships(self.members[0], self.grid)
        by_hand = self.make_memberships(self.members[1], self.grid)
        call = by_hand._issue_calls()
        campaign = self.make_campaign()
        self.line(campaign, self.members[0]).write({"amount": 7, "adjust_reason": "Agreed"})
        self.launch(campaign)
        self.assertEqual(campaign.ready_count, 5)
        self.run_job()
        self.assert_all_called_once(campaign)
        self.assertEqual((waiting.campaign_id, waiting.amount), (campaign, 7))
        line = self.line(campaign, self.members[1])
        self.assertEqual((line.recognised, line.membership_id, line.move_id), (True, by_hand, call))
        self.assertEqual(by_hand.campaign_id, campaign)

    # ---- what happened meanwhile ----

    def test_what_changed_since_the_preview(self):
        campaign = self.launched()
        left, by_hand, prepared, archived, deleted, same = self.members
        left._record_departure(self.today - relativedelta(days=1), "resigned")
        call = self.make_memberships(by_hand, self.grid)._issue_calls()
        self.make_memberships(prepared, self.grid)
        archived.active = False
        deleted.membership_ids.unlink()
        with self.assertRaisesRegex(UserError, "recipient of the campaign"):
            deleted.unlink()
        self.run_job()
        self.assertEqual(campaign.state, "done")
        self.assertRecordValues(
            campaign.line_ids.sorted("id"),
            [
                {"state": "failed", "problem": "left", "membership_id": False, "recognised": False},
                {"state": "called", "problem": "already_called", "membership_id": call.line_ids.membership_id.id, "recognised": True},
                {"state": "failed", "problem": "changed", "membership_id": False, "recognised": False},
                {"state": "failed", "problem": "archived", "membership_id": False, "recognised": False},
                {"state": "called", "problem": False, "membership_id": deleted.membership_ids.id, "recognised": False},
                {"state": "called", "problem": False, "membership_id": same.membership_ids[0].id, "recognised": False},
            ],
        )  # fmt: skip
        self.assertTrue(all(line.reason for line in campaign.line_ids if line.state == "failed"))
        self.assertEqual((campaign.failed_count, campaign.called_count), (3, 3))

    def test_contacts_merged_between_preview_and_run(self):
        campaign = self.launched()
        kept, merged = self.members[:2]
        merged.membership_ids.unlink()
        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge((kept | merged).partner_id.ids, kept.partner_id)
        self.env.invalidate_all()
        self.run_job()
        self.assert_all_called_once(campaign, self.members - merged)
        self.assertEqual(len(campaign.line_ids), 5)

    def test_contacts_merged_after_the_run(self):
        campaign = self.make_campaign()
        kept, merged = self.members[:2]
        self.line(campaign, kept)._leave_out("Waived")
        kept.membership_ids.unlink()
        self.launch(campaign)
        self.run_job()
        called = self.line(campaign, merged)
        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge((kept | merged).partner_id.ids, kept.partner_id)
        self.env.invalidate_all()
        self.assertEqual(called.member_id, kept, "the line that says more stays")
        self.assertEqual(called.state, "called")

    # ---- culprits ----

    def test_the_culprit_stands_alone(self):
        campaign = self.launched()
        with self.fail_for(self.members[2], self.members[4]):
            self.run_job()
        self.assertEqual(campaign.state, "done")
        self.assertEqual(self.states(campaign), ["called", "called", "failed", "called", "failed", "called"])
        failed = self.line(campaign, self.members[2])
        self.assertEqual((failed.problem, failed.reason), ("error", "no account for it"))
        self.assertFalse(self.members[2].membership_ids.filtered(lambda m: m.grid_id == self.grid), "nothing half done")
        self.assertIn("4 called, 2 set aside", "".join(campaign.message_ids.mapped("body")))
        with self.assertRaisesRegex(UserError, "has been launched"):
            failed.write({"amount": 1, "adjust_reason": "x"})
        campaign.action_retry()
        self.run_job()
        self.assert_all_called_once(campaign)
        with self.assertRaisesRegex(UserError, "Nobody was set aside"):
            campaign.action_retry()

    def test_the_culprit_of_one_payer(self):
        head = self.env["res.partner"].create({"name": "Head", "is_company": True, "email": "h@example.org"})
        self.members[:4].membership_ids.payer_id = head
        campaign = self.launched()
        with self.fail_for(self.members[1]):
            self.run_job()
        self.assertEqual(self.states(campaign), ["called", "failed", "called", "called", "called", "called"])
        self.assertEqual(len(self.calls(self.members[:4])), 1, "the others still share one call")

    def test_what_nobody_expected(self):
        campaign = self.launched()
        with self.fail_for(self.members[0], error=ZeroDivisionError), self.assertLogs(CALL_LOGGER, "ERROR"):
            self.run_job()
        line = self.line(campaign, self.members[0])
        self.assertIn("ZeroDivisionError", line.reason)
        self.assertEqual(self.states(campaign), ["failed"] + ["called"] * 5)

    def test_reasons_in_the_language_of_who_launched(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        campaign = self.launched()
        self.users["treasurer"].lang = "fr_FR"
        self.members[0].left_on = False
        self.members[0]._record_departure(self.today - relativedelta(days=1), "resigned")
        self.run_job()
        self.assertIn("Départ le", self.line(campaign, self.members[0]).reason)

    # ---- somebody else is in the way ----

    def test_a_batch_that_meets_a_lock_is_tried_again(self):
        campaign = self.launched()
        Campaign = self.env.registry["association.campaign"]
        call = Campaign._call
        failures = [True, True]

        def busy(record, lines):
            if failures:
                failures.pop()
                raise LockNotAvailable("somebody else")
            return call(record, lines)

        with patch.object(Campaign, "_call", busy):
            self.run_job()
        self.assert_all_called_once(campaign)

    def test_what_stays_locked_ends_the_turn_not_the_campaign(self):
        campaign = self.launched()
        with patch.object(self.env.registry["association.campaign"], "_call", side_effect=LockNotAvailable):
            self.run_job()
        self.assertEqual((campaign.state, campaign.ready_count), ("running", 6))
        self.run_job()
        self.assert_all_called_once(campaign)

    # ---- launched, paused, resumed ----

    def test_launched_once(self):
        campaign = self.make_campaign()
        wizards = []
        for _browser in range(2):
            action = campaign.action_launch()
            wizards.append(
                self.env[action["res_model"]].with_env(campaign.env).with_context(**action["context"]).create({})
            )
        wizards[0].action_confirm()
        for again in (wizards[1].action_confirm, campaign.action_launch, campaign.action_preview):
            with self.assertRaisesRegex(UserError, "has been launched"):
                again()
        self.run_job()
        self.run_job()
        self.assert_all_called_once(campaign)

    def test_not_launched_on_other_totals_than_shown(self):
        campaign = self.make_campaign()
        campaign.action_launch()
        wizards = self.env["association.campaign.launch.wizard"].with_env(campaign.env)
        wizard = wizards.with_context(default_campaign_id=campaign.id).create({})
        self.line(campaign, self.members[0])._leave_out("Waived")
        with self.assertRaisesRegex(UserError, "have changed meanwhile"):
            wizard.action_confirm()
        self.assertEqual(campaign.state, "draft")

    def test_nobody_to_call(self):
        campaign = self.make_campaign()
        campaign.line_ids._leave_out("Waived")
        with self.assertRaisesRegex(UserError, "Nobody is to be called"):
            campaign.action_launch()

    def test_paused_in_the_middle_and_resumed(self):
        self.batch(2)
        campaign = self.launched()
        Campaign = self.env.registry["association.campaign"]
        call = Campaign._call

        def pause_after_one(record, lines):
            call(record, lines)
            record.sudo().state = "paused"

        with patch.object(Campaign, "_call", pause_after_one):
            self.run_job()
        self.assertEqual((campaign.state, campaign.called_count, campaign.ready_count), ("paused", 2, 4))
        self.assertEqual(campaign.progress_text, "2 of 6 recipients dealt with")
        self.run_job()
        self.assertEqual(campaign.called_count, 2, "paused is paused")
        campaign.action_resume()
        campaign.action_pause()
        with self.assertRaisesRegex(UserError, "nothing to pause"):
            campaign.action_pause()
        campaign.action_resume()
        with self.assertRaisesRegex(UserError, "not paused"):
            campaign.action_resume()
        self.run_job()
        self.assert_all_called_once(campaign)

    def test_who_launched_may_no_longer(self):
        self.env["res.lang"]._activate_lang("en_US")
        campaign = self.launched()
        self.users["treasurer"].active = False
        self.run_job()
        self.assertEqual(campaign.state, "paused")
        self.assertIn("may no longer do so", campaign.notice)
        campaign.with_user(self.users["manager"]).action_resume()
        self.run_job()
        self.assert_all_called_once(campaign)

    def test_finished_closed_reopened(self):
        campaign = self.launched()
        with self.assertRaisesRegex(UserError, "is not finished"):
            campaign.action_close()
        self.run_job()
        campaign.action_close()
        self.assertEqual(campaign.state, "closed")
        campaign.action_reopen()
        self.assertEqual(campaign.state, "done")
        with self.assertRaisesRegex(UserError, "it stays"):
            campaign.unlink()

    # ---- the database's word ----

    def test_one_membership_one_line(self):
        campaign = self.launched()
        self.run_job()
        first, second = campaign.line_ids[:2]
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            second.sudo().membership_id = first.membership_id
            self.env.flush_all()

    def test_running_is_bounded(self):
        def queries(count):
            members = self.make_renewing(count)
            campaign = self.launched()
            self.env.flush_all()
            self.env.invalidate_all()
            lines = campaign.line_ids.with_env(campaign._as_launcher().env)
            Membership = self.env.registry["association.membership"]
            with patch.object(Membership, "_issue_calls_in_bulk", lambda *args: None):
                before = self.cr.sql_log_count
                campaign._as_launcher()._call(lines)
                self.env.flush_all()
                spent = self.cr.sql_log_count - before
            self.assertTrue(members)
            return spent

        few = queries(2)
        more = queries(40)
        self.assertLessEqual(more, few + 6)
