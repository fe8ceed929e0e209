"""A long file of the bank is read in the background; it can be stopped, killed, and goes on."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.payment import association_payment_import as reading
from ...models.payment import statement_reader
from ..common import ADDON
from .payment_common import PaymentCase


@tagged("post_install", "-at_install")
class TestPaymentReading(PaymentCase):
    def setUp(self):
        super().setUp()
        self.patch(reading, "BACKGROUND_ROWS", 4)
        self.patch(reading, "BATCH", 2)
        # What the database holds besides is none of these tests' business.
        self.env["association.payment.import"].search([("state", "=", "reading")]).state = "draft"
        self.calls = self.make_calls(3)
        self.lines = [
            *(f"{self.day(i + 1)};VIR {call.name};;100,00" for i, call in enumerate(self.calls)),
            f"{self.day(9)};PRLV EDF;45,10;",
            f"{self.day(9)};VIR INCONNU;;33,00",
        ]

    def run_job(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(f"{ADDON}.cron_read_payments").method_direct_trigger()
        self.env.invalidate_all()

    def stop_after(self, batches, action):
        """Let something happen after some batches, as if from another browser."""
        Import = type(self.env["association.payment.import"])
        hold, count = Import._hold_for_reading, []

        def counted(record):
            count.append(1)
            if len(count) == batches + 1:
                action(record)
            return hold(record)

        return patch.object(Import, "_hold_for_reading", counted)

    def test_in_the_background(self):
        record = self.make_import(self.lines)
        self.assertEqual((record.state, record.line_ids.ids, record.progress), ("reading", [], 0))
        self.run_job()
        self.assertEqual(record.state, "previewed")
        self.assertEqual(record.line_ids.mapped("certainty"), ["certain"] * 3 + ["none"] * 2)
        self.assertEqual(record.line_ids.mapped("state"), ["todo"] * 3 + ["debit", "todo"])
        self.assertFalse(self.statement_lines())

    def test_a_long_file_is_read_once_however_many_runs_it_takes(self):
        record = self.make_import(self.lines)
        self.patch(reading, "LEAST_IN_A_RUN", 1)
        no_time_left = patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=0.0)
        counted = patch.object(statement_reader, "read_movements", wraps=statement_reader.read_movements)
        with no_time_left, counted as read:
            for _run in range(9):
                record._cron_read()
        self.assertEqual(record.state, "previewed")
        read.assert_called_once()
        self.assertFalse(statement_reader._BEING_READ, "its memory is freed")

    def test_a_short_one_at_once(self):
        self.assertEqual(self.make_import(self.lines[:4]).state, "previewed")

    def test_stopped_and_resumed(self):
        record = self.make_import(self.lines)
        with self.stop_after(2, lambda own: own.action_stop()):
            self.run_job()
        self.assertEqual((record.state, len(record.line_ids)), ("draft", 4))
        self.assertIn("4 of 5 lines read", record.notice)
        read = record.line_ids
        # What is read in part is not booked.
        for method in (record.action_confirm_certain, record.action_book_rest, record.line_ids.action_confirm):
            with self.assertRaisesRegex(UserError, "not read to its end"):
                method()
        record.action_preview()
        self.assertEqual(record.progress, 40)
        self.run_job()
        self.assertEqual((record.state, record.notice, len(record.line_ids)), ("previewed", False, 5))
        self.assertEqual(record.line_ids & read, read, "what was read was not read again")
        self.assertEqual(record.line_ids.mapped("certainty"), ["certain"] * 3 + ["none"] * 2)

    def test_stopped_while_calls_are_looked_for(self):
        record = self.make_import(self.lines)
        with self.stop_after(4, lambda own: own.action_stop()):
            self.run_job()
        self.assertIn("2 of 4 payments", record.notice)
        # Meanwhile one of them is settled: all lines are matched anew, together.
        self.calls[0]._reverse_moves(cancel=True)
        record.action_preview()
        self.run_job()
        self.assertEqual(record.line_ids.mapped("certainty"), ["probable", "certain", "certain", "none", "none"])
        self.assertEqual(len(record.line_ids.part_ids), 2)

    def test_another_file_is_read_from_its_beginning(self):
        record = self.make_import(self.lines)
        with self.assertRaisesRegex(UserError, "being read at this moment"):
            record.header_line = 1
        with self.stop_after(1, lambda own: own.action_stop()):
            self.run_job()
        record.column_ids[0].target = "date"
        self.assertFalse(record.line_ids)

    def test_an_error_is_told(self):
        record = self.make_import(self.lines)
        with (
            patch.object(statement_reader, "read_movements", side_effect=ZeroDivisionError),
            mute_logger(f"odoo.addons.{ADDON}.models.common.batch"),
        ):
            self.run_job()
        self.assertEqual(record.state, "draft")
        self.assertIn("ZeroDivisionError", record.notice)
        record.action_preview()
        self.run_job()
        self.assertEqual(record.state, "previewed")

    def test_booking_is_stopped(self):
        record = self.make_import(self.lines[:4])
        record.line_ids[:3]._write_proposal({"state": "queued"})
        record._settle_state()
        record.action_stop()
        self.assertEqual((record.state, record.line_ids[:3].mapped("state")), ("previewed", ["todo"] * 3))
        with self.assertRaises(UserError):
            record.action_stop()

    def test_roles(self):
        record = self.make_import(self.lines)
        for role in ("office", "director"):
            with self.assertRaises(AccessError):
                record.with_user(self.users[role]).action_stop()
