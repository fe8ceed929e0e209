"""Past memberships in a list: what becomes of them, and what is never invented."""

import base64

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import MembershipCommon
from .test_import import ImportCase


class TestImportHistory(ImportCase):
    WIDE = ("Nom;Cotisation 2023;Cotisation 2024;Reste dû 2024", "A;50;20;30", "B;;60;")

    def memberships(self, name):
        return self.partners(name).member_ids.membership_ids.sorted("date_from")

    def test_columns_for_each_year(self):
        moves = self.env["account.move"].search_count([])
        record = self.imported(self.WIDE)
        first, second = self.memberships("A")
        self.assertRecordValues(
            first | second,
            [
                {
                    "date_from": fields.Date.to_date("2023-01-01"),
                    "date_to": fields.Date.to_date("2023-12-31"),
                    "admission": "admitted",
                    "amount": 50,
                    "settled_elsewhere_on": fields.Date.to_date("2023-12-31"),
                    "open_elsewhere": 0,
                    "payment_state": "paid",
                    "state": "expired",
                    "import_id": record.id,
                },
                {
                    "date_from": fields.Date.to_date("2024-01-01"),
                    "date_to": fields.Date.to_date("2024-12-31"),
                    "admission": "admitted",
                    "amount": 50,
                    "settled_elsewhere_on": False,
                    "open_elsewhere": 30,
                    "payment_state": "not_called",
                    "state": "expired",
                    "import_id": record.id,
                },
            ],
        )
        member = first.member_id
        self.assertEqual((member.state, str(member.since)), ("former", "2023-01-01"))
        self.assertEqual(self.env["account.move"].search_count([]), moves, "nothing is invented in the accounts")
        self.assertEqual(self.memberships("B").mapped("amount"), [60])

    def test_the_preview_says_it(self):
        record = self.preview(self.WIDE)
        changes = record.line_ids[0].changes
        self.assertRegex(changes, r"Membership 2023: .*50[.,]00.*, settled")
        self.assertRegex(changes, r"Membership 2024: .*50[.,]00.*, of which .*30[.,]00.* owed")
        self.assertTrue(record.has_history)

    def test_second_import_changes_nothing(self):
        self.imported(self.WIDE)
        before = self.env["association.membership"].search_count([])
        record = self.imported(self.WIDE)
        self.assertEqual(self.statuses(record), ["unchanged"] * 2, record.line_ids.mapped("changes"))
        self.assertEqual(self.env["association.membership"].search_count([]), before)

    def test_a_year_more_is_added(self):
        self.imported(self.WIDE)
        record = self.imported(["Nom;Cotisation 2022;Cotisation 2023", "A;40;50"])
        self.assertEqual(self.statuses(record), ["update"])
        self.assertEqual([m.date_from.year for m in self.memberships("A")], [2022, 2023, 2024])
        self.assertEqual(str(self.partners("A").member_ids.since), "2022-01-01")

    def test_first_joining_does_not_move_later(self):
        self.imported(["Nom;Adhérent depuis", "A;01/03/2019"])
        record = self.imported(["Nom;Cotisation 2023", "A;50"])
        self.assertEqual(str(record.line_ids.member_id.since), "2019-03-01")

    def test_one_line_for_each_year(self):
        lines = [
            "Nom;CP;Saison;Cotisation appelée;Montant payé;Payé le",
            "A;44000;2024;80;80;15/02/2024",
            "A;44000;2025;80;;",
            "B;44000;2024;80;50;",
            "A;44000;2024;80;80;15/02/2024",
        ]
        record = self.preview(lines)
        self.assertEqual(self.statuses(record), ["create", "joined", "create", "refused"])
        self.assertIn("line 2 already gives this member a membership", record.line_ids[3].message)
        record.action_import()
        self.assertEqual(
            [
                (m.date_from.year, m.amount, m.open_elsewhere, str(m.settled_elsewhere_on))
                for m in self.memberships("A")
            ],
            [(2024, 80, 0, "2024-02-15"), (2025, 80, 80, "False")],
        )
        self.assertEqual(self.memberships("B").open_elsewhere, 30)
        self.assertEqual(record.line_ids[1].member_id, self.partners("A").member_ids)

    def test_overlap_is_refused_with_the_reason(self):
        self.imported(["Nom;Cotisation 2023;Reste dû 2023", "A;20;30"])
        record = self.preview(["Nom;Cotisation 2023;Cotisation 2024", "A;50;50"])
        self.assertEqual(self.statuses(record), ["refused"])
        self.assertIn("the register already has the membership “A 2023”", record.line_ids.message)
        record = self.preview(["Nom;Cotisation 2023;Reste dû 2023", "A;20;30"], period_month="9")
        self.assertEqual(self.statuses(record), ["refused"], "other days of the same year")

    def test_overlap_with_a_decision(self):
        self.imported(["Nom;Cotisation 2023;Reste dû 2023", "Association Le Phare;20;30"])
        record = self.preview(["Nom;Cotisation 2023", "Le Phare;50"])
        self.assertEqual(self.statuses(record), ["decide"])
        with self.assertRaisesRegex(UserError, "the register already has the membership"):
            record.line_ids.decision = "use"

    def test_the_current_year_makes_a_member(self):
        year = fields.Date.context_today(self.env.user).year
        member = self.imported([f"Nom;Cotisation {year}", "A;50"]).line_ids.member_id
        self.assertEqual((member.state, member.membership_ids.counts), ("member", True))

    def test_seasons_need_their_first_month(self):
        lines = ["Nom;Cotisation 2023-2024", "A;50"]
        with self.assertRaisesRegex(UserError, "names two years"):
            self.preview(lines)
        self.imported(lines, period_month="9")
        self.assertEqual(str(self.memberships("A").date_to), "2024-08-31")

    def test_first_day_of_the_year(self):
        with self.assertRaisesRegex(ValidationError, "from 1 to 28"):
            self.make_import(["Nom", "A"], period_day=31)

    def test_column_given_by_hand(self):
        record = self.preview(["Nom;2023;2024", "A;50;x"])
        self.assertEqual(record.column_ids.mapped("target"), ["name", False, False])
        with Form(record) as form:
            for index in (1, 2):
                with form.column_ids.edit(index) as column:
                    column.target = "fee_paid"
        self.assertEqual(record.column_ids.mapped("year"), [0, 2023, 2024])
        record.action_preview()
        record.action_import()
        self.assertEqual(self.memberships("A").mapped("payment_state"), ["paid", "paid"])

    def test_what_the_list_does_not_say_is_told(self):
        record = self.preview(["Nom;Cotisation appelée 2023", "A;80"])
        self.assertIn("Nothing says that the fee of 2023 was paid: taken as still owed", record.line_ids.message)


@tagged("post_install", "-at_install")
class TestImportBalances(MembershipCommon):
    def _import(self, user, **values):
        record = (
            self.env["association.member.import"]
            .with_user(self.users[user])
            .with_company(self.company)
            .create(
                {
                    "file": base64.b64encode(
                        "Nom;Cotisation 2023;Reste dû 2023;Reste dû 2024\nA;50;30;40\nB;80;;\n".encode()
                    ),
                    "filename": "x.csv",
                    "category_id": self.category.id,
                    **values,
                }
            )
        )
        record.action_preview()
        record.action_import()
        return record

    def test_called_by_the_treasurer(self):
        record = self._import("treasurer", open_balances="call", balances_on=self.today)
        self.assertEqual(record.state, "done")
        member = record.line_ids[0].member_id
        move = member.membership_ids.sudo().line_ids.move_id
        self.assertEqual(len(move), 1, "one invoice for each payer")
        self.assertEqual((move.state, move.amount_total, move.invoice_date), ("posted", 70, self.today))
        self.assertEqual(member.membership_ids.mapped("payment_state"), ["called", "called"])
        self.assertEqual(member.amount_due, 70)
        self.assertFalse(record.line_ids[1].member_id.membership_ids.sudo().line_ids)
        self.pay(move)
        self.assertEqual(set(member.membership_ids.mapped("payment_state")), {"paid"})
        again = self._import("treasurer")
        self.assertEqual(again.line_ids.mapped("status"), ["unchanged"] * 2)

    def test_kept_as_a_note_and_called_later(self):
        record = self._import("office")
        memberships = record.line_ids[0].member_id.membership_ids
        self.assertEqual(memberships.mapped("payment_state"), ["not_called"] * 2)
        moves = memberships.with_user(self.users["treasurer"])._issue_calls(invoice_date=self.today)
        self.assertEqual(moves.amount_total, 70)

    def test_only_a_treasurer_calls(self):
        with self.assertRaisesRegex(UserError, "Only a treasurer"):
            self._import("office", open_balances="call", balances_on=self.today)
        with self.assertRaisesRegex(UserError, "Give the date"):
            self._import("treasurer", open_balances="call", balances_on=False)

    def test_settled_here_and_elsewhere_exclude_each_other(self):
        membership = self._import("office").line_ids[0].member_id.membership_ids[0]
        constraint = membership._table + "_settled_or_open"
        self.env.cr.execute("SELECT 1 FROM pg_constraint WHERE conname = %s", [constraint])
        self.assertTrue(self.env.cr.fetchone())
