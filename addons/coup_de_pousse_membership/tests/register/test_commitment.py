"""Commitments: the ladder, what proves that they were done, what is late."""

from datetime import date

from freezegun import freeze_time
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..common import MembershipCommon


@tagged("post_install", "-at_install")
class TestCommitment(MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.env["res.partner"].create({"name": "Lianes", "is_company": True})
        cls.person = cls.env["res.partner"].create({"name": "Inès", "parent_id": cls.owner.id})

    def make(self, **values):
        return self.env["association.commitment"].create(
            {"name": "Convene", "owner_id": self.owner.id, "deadline": "2026-03-31", **values}
        )

    def test_kept_on_time_needs_a_deadline_met(self):
        for done_on, expected in (("2026-03-30", True), ("2026-03-31", True), ("2026-04-01", False)):
            commitment = self.make(ladder="done", done_on=done_on, evidence="Minutes")
            self.assertEqual(commitment.kept_on_time, expected, done_on)
        self.assertFalse(self.make().kept_on_time)

    @freeze_time("2026-04-01 12:00:00")
    def test_overdue_is_what_is_open_past_its_last_day(self):
        late = self.make()
        today = self.make(deadline="2026-04-01")
        undated = self.make(deadline=False)
        done = self.make(ladder="done", done_on="2026-04-01", evidence="Minutes")
        every = late | today | undated | done
        self.assertEqual(every.filtered("is_overdue"), late)
        search = self.env["association.commitment"].search
        self.assertEqual(search([("id", "in", every.ids), ("is_overdue", "=", True)]), late)
        self.assertEqual(search([("id", "in", every.ids), ("is_overdue", "=", False)]), every - late)

    @freeze_time("2026-03-20 12:00:00")
    def test_a_step_dates_itself_and_takes_the_day_back(self):
        commitment = self.make(evidence="Photograph")
        commitment.ladder = "done"
        self.assertEqual(commitment.done_on, date(2026, 3, 20))
        self.assertTrue(commitment.kept_on_time)
        commitment.ladder = "signed"
        self.assertFalse(commitment.done_on)

    @mute_logger("odoo.sql_db")
    def test_nothing_is_done_without_owner_deadline_and_evidence(self):
        complete = {"ladder": "done", "done_on": "2026-03-20", "evidence": "Minutes"}
        for missing in ("owner_id", "deadline", "done_on", "evidence"):
            with self.subTest(missing=missing), self.assertRaises(IntegrityError):
                self.make(**{**complete, missing: " " if missing == "evidence" else False})
        with self.assertRaises(IntegrityError):
            self.make(done_on="2026-03-20")

    def test_a_director_reads_and_an_outsider_does_not(self):
        commitment = self.make()
        director = commitment.with_user(self.users["director"])
        self.assertEqual(director.name, "Convene")
        for call in (lambda: director.write({"name": "x"}), director.unlink, director.copy):
            with self.assertRaises(AccessError):
                call()
        with self.assertRaises(AccessError):
            commitment.with_user(self.outsider).read(["name"])
        office = commitment.with_user(self.users["office"])
        office.deadline = "2026-05-01"
        with self.assertRaises(AccessError):
            office.unlink()

    def test_another_association_s_commitments_are_not_seen(self):
        other = self.env["res.company"].create({"name": "Other network"})
        commitment = self.make()
        commitment.sudo().company_id = other
        with self.assertRaises(AccessError):
            commitment.with_user(self.users["manager"]).read(["name"])
