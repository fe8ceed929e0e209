"""Somebody else's transaction, on a connection of its own, holds what the booking of payments needs."""

from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.payment import association_payment_import_line
from ..common import ADDON
from .payment_common import PaymentCase


@tagged("post_install", "-at_install")
class TestPaymentLock(PaymentCase):
    def setUp(self):
        super().setUp()
        self.patch(association_payment_import_line, "BACKGROUND_LINES", 0)
        self.patch(association_payment_import_line, "LOCK_TIMEOUT", "200ms")
        self.calls = self.make_calls(3)
        self.record = self.make_import([f"{self.day()};VIR {call.name};;100,00" for call in self.calls])
        self.record.action_confirm_certain()
        self.lines = self.record.line_ids

    def run_job(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(f"{ADDON}.cron_book_payments").method_direct_trigger()
        self.env.invalidate_all()

    def hold(self):
        """Lock the table of matchings in another transaction, which ends with the test at the latest."""
        other = db_connect(self.env.cr.dbname).cursor()
        self.addCleanup(other.close)
        other.execute("LOCK TABLE account_partial_reconcile IN SHARE MODE NOWAIT")
        return other

    @mute_logger("odoo.sql_db")
    def test_a_lock_is_no_reason_to_give_a_line_up(self):
        said = self.lines.mapped("reason")
        other = self.hold()
        self.run_job()
        self.assertEqual((self.record.state, self.lines.mapped("state")), ("running", ["queued"] * 3))
        self.assertEqual((self.lines.mapped("reason"), self.lines.mapped("certainty")), (said, ["certain"] * 3))
        self.assertFalse(self.statement_lines())
        other.rollback()
        self.run_job()
        self.assertEqual((self.record.state, self.lines.mapped("state")), ("done", ["done"] * 3))
        self.assertEqual(set(self.calls.mapped("payment_state")), {"paid"})
