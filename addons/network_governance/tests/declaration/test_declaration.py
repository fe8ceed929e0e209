"""Declarations of changes: they follow from the mandates and offices."""

from datetime import date

from freezegun import freeze_time
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import ADDON, GovernanceCommon


@tagged("post_install", "-at_install")
class TestDeclaration(GovernanceCommon):
    """A change of officers opens a task of three months."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(user=cls.users["secretary"])
        cls.board = cls.make_body((3,), declared=True, user_id=cls.env.uid)
        cls.people = cls.make_people(4)

    def declarations(self):
        return self.env["governance.declaration"].search([("company_id", "=", self.company.id)], order="changed_on")

    def test_one_task_for_what_changes_together(self):
        with freeze_time("2026-02-01"):
            mandates = self.seat(self.board.seat_ids[:2], self.people[:2], first=date(2026, 1, 31))
            self.env["governance.office"].create({"mandate_id": mandates[0].id, "date_from": "2026-02-01"})
        declaration = self.declarations()
        self.assertEqual((declaration.changed_on, declaration.deadline), (date(2026, 1, 31), date(2026, 4, 30)))
        self.assertEqual(len(declaration.line_ids), 3)
        activity = declaration.activity_ids
        self.assertEqual((activity.user_id, activity.date_deadline), (self.env.user, date(2026, 4, 30)))
        with freeze_time("2026-05-01"):
            self.env.invalidate_all()
            self.assertTrue(declaration.is_late)
            self.assertEqual(self.env["governance.declaration"].search([("is_late", "=", True)]), declaration)

    def test_the_task_ends_with_the_receipt(self):
        with freeze_time("2026-02-01"):
            self.seat(self.board.seat_ids[:1], self.people[:1], first=date(2026, 2, 1))
            declaration = self.declarations()
            declaration.action_declare()
            self.assertEqual((declaration.state, declaration.declared_on), ("declared", date(2026, 2, 1)))
            self.assertTrue(declaration.activity_ids)
            declaration.write({"receipt": "UEs=", "receipt_name": "receipt.pdf"})
        self.assertEqual(declaration.state, "done")
        self.assertFalse(declaration.activity_ids)
        with self.refused(UserError, "part of the history"):
            declaration.unlink()
        with freeze_time("2026-02-20"):
            self.seat(self.board.seat_ids[1:2], self.people[1:2], first=date(2026, 2, 20))
        self.assertEqual(len(self.declarations()), 2, "what comes after a declaration is declared again")

    def test_no_change_where_somebody_is_elected_again(self):
        with freeze_time("2026-03-01"):
            self.seat(self.board.seat_ids[:1], self.people[:1], first=date(2024, 1, 1), term_date=date(2026, 1, 31))
            self.seat(self.board.seat_ids[1:2], self.people[:1], first=date(2026, 2, 1))
        changes = [(line.event, line.day) for line in self.declarations().line_ids]
        self.assertEqual(changes, [("enters", date(2024, 1, 1))])

    def test_a_correction_undoes_what_is_not_declared(self):
        with freeze_time("2026-02-01"):
            mandate = self.seat(self.board.seat_ids[:1], self.people[:1], first=date(2026, 1, 1))
            mandate.date_from = date(2026, 1, 20)
            self.assertEqual(self.declarations().changed_on, date(2026, 1, 20))
            mandate.unlink()
        self.assertFalse(self.declarations())

    def test_what_time_ends_is_found_at_night(self):
        with freeze_time("2026-02-01"):
            self.seat(self.board.seat_ids[:1], self.people[:1], first=date(2023, 1, 1), term_date=date(2026, 2, 10))
            self.assertFalse(self.declarations(), "2023 is before the changes are followed")
        with freeze_time("2026-02-11"):
            self.env["governance.body"].sudo()._cron_remind()
            self.env["governance.body"].sudo()._cron_remind()
        declaration = self.declarations()
        self.assertEqual([(line.event, line.day) for line in declaration.line_ids], [("leaves", date(2026, 2, 10))])
        self.assertEqual(len(declaration.activity_ids), 1)

    def test_offices_that_were_kept_as_words_become_kinds(self):
        """What the last version has written, in the language of whoever was there."""
        with freeze_time("2026-02-01"):
            self.seat(self.board.seat_ids, self.people[:3], first=date(2026, 2, 1))
        lines = self.declarations().line_ids.sorted("id")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_model_fields_selection SET name = name || %s WHERE id = %s",
            ['{"fr_FR": "Trésorerie"}', self.env.ref(f"{ADDON}.selection__governance_office__office__treasurer").id],
        )
        self.env.cr.execute("ALTER TABLE governance_declaration_line ADD COLUMN IF NOT EXISTS office varchar")
        for line, word in zip(lines, ("Trésorerie", "Doyenne", None), strict=True):
            self.env.cr.execute("UPDATE governance_declaration_line SET office = %s WHERE id = %s", [word, line.id])
        for column in ("office_kind", "title"):
            self.env["governance.declaration.line"]._init_column(column)
        self.env.invalidate_all()
        self.assertEqual(
            [(line.office_kind, line.title, line.office) for line in lines],
            [("treasurer", False, "Treasurer"), ("other", "Doyenne", "Doyenne"), (False, False, False)],
        )

    def test_other_bodies_are_not_declared(self):
        group = self.make_body((1,), name="Working group", kind="working_group")
        self.seat(group.seat_ids, self.people[:1])
        self.assertFalse(self.declarations())

    def test_declared_before_it_changed(self):
        with freeze_time("2026-02-01"):
            self.seat(self.board.seat_ids[:1], self.people[:1], first=date(2026, 2, 1))
            with self.refused(UserError, r"cannot have been declared on [0-9/]{10}\."):
                self.declarations().declared_on = date(2026, 1, 31)
