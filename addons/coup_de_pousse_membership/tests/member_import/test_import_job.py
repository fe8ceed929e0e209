"""A long list is written in the background: progress, stopping, failing, and all or nothing."""

from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from psycopg2.errors import SerializationFailure

from ...models.member_import import association_member_import, job, writer
from .test_import import ADDON, ImportCase


@tagged("post_install", "-at_install")
class TestImportJob(ImportCase):
    def setUp(self):
        super().setUp()
        self.patch(association_member_import, "BACKGROUND_LINES", 2)
        self.patch(writer, "BATCH", 2)
        for user in self.users.values():
            user.lang = "en_US"
        self.cron = self.env.ref(f"{ADDON}.cron_write_imports")

    def queued(self, *lines):
        record = self.preview(["Nom;Ville", *(lines or ("A;x", "B;x", "C;x", "D;x", "E;x"))])
        triggers = [("cron_id", "=", self.cron.id)]
        before = self.env["ir.cron.trigger"].search_count(triggers)
        record.action_import()
        self.assertEqual(self.env["ir.cron.trigger"].search_count(triggers), before + 1)
        self.assertEqual((record.state, record.progress_text), ("running", "Waiting for its turn…"))
        return record

    def run_job(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_a_short_list_is_written_at_once(self):
        self.assertEqual(self.imported(["Nom", "A", "B"]).create_count, 2)

    def test_written_in_the_background(self):
        before = self.count_all()
        record = self.queued()
        self.assertEqual(self.count_all(), before)
        self.run_job()
        self.assertEqual((record.state, record.notice), ("done", False))
        self.assertEqual(record.imported_by, self.users["office"], "who confirmed, not the scheduler")
        self.assertEqual(len(record.line_ids.member_id), 5)
        self.assertEqual((record.progress, record.progress_text), (100, "5 of 5 lines written"))
        self.assertEqual(self.partners("A").create_uid, self.users["office"])

    def test_progress_is_told_while_writing(self):
        record = self.queued()
        told = []
        tell = type(record)._tell_progress

        def watch(model, done, total):
            tell(model, done, total)
            step = model.sudo().progress_ids[:1]
            told.append((done, total, bool(step.started_on)))

        with patch.object(type(record), "_tell_progress", watch):
            self.run_job()
        self.assertEqual([(done, total) for done, total, _started in told], [(0, 5), (2, 5), (4, 5), (5, 5)])

    def test_stopped(self):
        before = self.count_all()
        record = self.queued()
        record.with_user(self.users["treasurer"]).action_stop()
        self.assertEqual(record.progress_text, "Stopping…")
        self.run_job()
        self.assertEqual(record.state, "previewed")
        self.assertIn("the writing was stopped", record.notice)
        self.assertEqual(self.count_all(), before)
        self.assertEqual(self.statuses(record), ["create"] * 5, "the preview is still there")
        record.action_import()
        self.run_job()
        self.assertEqual(record.state, "done")

    def test_stopped_in_the_middle(self):
        before = self.count_all()
        record = self.queued()
        tell = type(record)._tell_progress

        def stop_after_two(model, done, total):
            if done == 2:
                model.sudo().progress_ids[:1].is_stopped = True
                model.env.flush_all()
            tell(model, done, total)

        with patch.object(type(record), "_tell_progress", stop_after_two):
            self.run_job()
        self.assertEqual(record.state, "previewed")
        self.assertEqual(self.count_all(), before)

    def test_failing_writes_nothing_and_says_why(self):
        before = self.count_all()
        record = self.queued()
        Member = self.env.registry["association.member"]
        create = Member.create

        def fail_late(model, vals_list):
            members = create(model, vals_list)
            if any(member.partner_id.name == "E" for member in members):
                # Nobody reads it in another language.
                raise ValidationError("no room for E")  # pylint: disable=translation-required
            return members

        with patch.object(Member, "create", fail_late):
            self.run_job()
        self.assertEqual(record.state, "previewed")
        self.assertEqual(record.notice, "Nothing was imported: no room for E")
        self.assertEqual(self.count_all(), before)

    def test_unexpected_error(self):
        record = self.queued()
        with (
            patch.object(type(record), "_write_plan", side_effect=ZeroDivisionError),
            self.assertLogs(f"odoo.addons.{ADDON}.models.common.batch", "ERROR"),
        ):
            self.run_job()
        self.assertEqual(record.state, "previewed")
        self.assertIn("ZeroDivisionError", record.notice)

    def test_a_lock_is_tried_again(self):
        """Another transaction in the way says nothing about the list."""
        record, raised = self.queued(), None
        with (
            patch.object(type(record), "_write_plan", side_effect=SerializationFailure),
            self.enter_registry_test_mode(),
        ):
            # Neither the scheduler nor assertRaises: they roll back, and here what is committed apart with it.
            try:
                job.BackgroundWriting(record.sudo()).run()
            except SerializationFailure as error:
                raised = error
        self.assertTrue(raised)
        self.env.invalidate_all()
        self.assertEqual((record.state, record.progress_text), ("running", "Waiting for its turn…"))
        self.assertFalse(record.notice)
        later = [("cron_id", "=", self.cron.id), ("call_at", ">", fields.Datetime.now())]
        self.assertTrue(self.env["ir.cron.trigger"].search_count(later))
        self.run_job()
        self.assertEqual(record.state, "done")

    def test_killed_before(self):
        """A process that was killed has left its mark, and nothing else."""
        record = self.queued()
        record.sudo().progress_ids.started_on = fields.Datetime.now()
        self.run_job()
        self.assertEqual(record.state, "previewed")
        self.assertIn("the server was stopped while it was writing", record.notice)
        record.action_import()
        self.run_job()
        self.assertEqual(record.state, "done")

    def test_contacts_changed_since_the_preview(self):
        record = self.queued()
        self.env["res.partner"].create({"name": "A", "is_company": True, "city": "y"})
        self.run_job()
        self.assertEqual(record.state, "previewed")
        self.assertIn("1 lines are no longer the same", record.notice)

    def test_nothing_changes_while_it_is_written(self):
        record = self.queued()
        for act, *arguments in (
            (record.action_preview,),
            (record.action_import,),
            (record.action_reset,),
            (record.write, {"since": "2020-01-01"}),
            (record.column_ids.write, {"target": False}),
            (record.unlink,),
        ):
            with self.assertRaisesRegex(UserError, "is being written at this moment"):
                act(*arguments)

    def test_nothing_to_stop(self):
        with self.assertRaisesRegex(UserError, "nothing to stop"):
            self.preview(["Nom", "A"]).action_stop()

    def test_two_lists_one_after_the_other(self):
        first, second = self.preview(["Nom", "A", "B", "C"]), self.preview(["Nom", "A", "B", "D"])
        first.action_import()
        second.action_import()
        self.run_job()
        self.assertEqual(first.state, "done")
        self.assertEqual(second.state, "previewed")
        self.assertIn("2 lines are no longer the same", second.notice)
        self.assertEqual(len(self.partners("A")), 1)
