"""A treasurer's first day: a list of associations, a grid, calls, payments."""

import base64
import csv
import io
from collections import Counter
from pathlib import Path

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ADDON, MembershipCommon

HERE = Path(__file__).resolve()
SMALL_FILE = HERE.parent / "data" / "associations.csv"
REAL_FILE = HERE.parents[4] / "shared" / "data" / "loire_atlantique_2018.csv"

BANDS = [(None, 20000, 40), (20000, 100000, 90.5), (100000, 500000, 180), (500000, None, 450)]


def with_budgets(path):
    """Return the file with a made-up budget beside each line, and those budgets in cents."""
    text = path.read_bytes().decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text), delimiter=";")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([*header, "Budget"])
    budgets = []
    for row in rows:
        cents = round(float(row[6]) * 100) * 9
        budgets.append(cents)
        whole, rest = divmod(cents, 100)
        writer.writerow([*row, f"{whole:,}".replace(",", "\N{NO-BREAK SPACE}") + f",{rest:02d} €"])
    return base64.b64encode(out.getvalue().encode("utf-8-sig")), budgets


def fee_of(cents):
    """Return the fee worked out apart from the product, in cents."""
    if cents < 2000000:
        return 4000
    if cents < 10000000:
        return 9050
    return 18000 if cents < 50000000 else 45000


@tagged("post_install", "-at_install")
class TestEndToEnd(MembershipCommon):
    def test_small_made_up_file(self):
        self.run_year(SMALL_FILE, lines=40, without_siren=2)

    def test_real_file(self):
        if not REAL_FILE.exists():
            self.skipTest("the file of Loire-Atlantique is not beside this checkout")
        self.run_year(REAL_FILE, lines=1402, without_siren=14)

    def run_year(self, path, lines, without_siren):
        members, budgets = self.import_twice(path, lines, without_siren)
        memberships = self.call_all(members, budgets)
        self.settle_four(memberships)
        self.check_ledger(memberships, sum(map(fee_of, budgets)) / 100)

    def new_import(self, content, name):
        record = (
            self.env["association.member.import"]
            .with_user(self.users["treasurer"])
            .create(
                {
                    "file": content,
                    "filename": name,
                    "category_id": self.category.id,
                    "year": self.year - 1,
                }
            )
        )
        record.action_preview()
        return record

    def import_twice(self, path, lines, without_siren):
        content, budgets = with_budgets(path)
        partners_before = self.env["res.partner"].search_count([])
        first = self.new_import(content, path.name)
        self.assertEqual(first.refused_count, 0, first.line_ids.mapped("message"))
        self.assertEqual(first.create_count + first.decide_count, lines)
        self.assertEqual(self.env["res.partner"].search_count([]), partners_before)
        first.action_create_undecided()
        first.action_import()
        if first.state == "running":
            # A list that long is written in the background.
            with self.enter_registry_test_mode():
                self.env.ref(f"{ADDON}.cron_write_imports").method_direct_trigger()
            self.env.invalidate_all()
        self.assertEqual(first.state, "done", first.notice)
        self.assertEqual(self.env["res.partner"].search_count([]), partners_before + lines)
        second = self.new_import(content, path.name)
        self.assertEqual((second.unchanged_count, second.create_count), (lines, 0))
        members = first.line_ids.sorted("number").member_id
        self.assertEqual(len(members), lines)
        self.assertEqual(len(members.partner_id.filtered(lambda p: not p.company_registry)), without_siren)
        sirens = Counter(members.partner_id.mapped("company_registry"))
        del sirens[False]
        self.assertIn(2, sirens.values(), "two bodies of one legal person share a SIREN")
        return members.sudo(False).with_env(self.env), budgets

    def call_all(self, members, budgets):
        grid = self.make_grid(BANDS, vote=False)
        grid.with_user(self.users["treasurer"]).action_vote()
        memberships, refused = grid._create_memberships(members)
        self.assertFalse(refused)
        self.assertEqual(set(memberships.mapped("state")), {"applied"})
        self.assertEqual(memberships.mapped("amount"), [fee_of(cents) / 100 for cents in budgets])
        office = memberships.with_user(self.users["office"])
        office._decide_admission("admitted", self.today, "Board of the day")
        invoices = memberships.with_user(self.users["treasurer"])._issue_calls()
        self.assertEqual(len(invoices), len(members))
        self.assertEqual(set(invoices.mapped("state")), {"posted"})
        self.assertEqual(len(set(invoices.mapped("name"))), len(members))
        self.assertEqual(set(memberships.mapped(lambda m: (m.payment_state, m.state))), {("called", "unpaid")})
        return memberships

    def settle_four(self, memberships):
        paid, part_paid, refunded, cancelled = memberships[:4]
        invoice = memberships[:4].line_ids.move_id.sorted("id")
        self.pay(paid.line_ids.move_id)
        self.pay(part_paid.line_ids.move_id, 15.5)
        self.pay(refunded.line_ids.move_id)
        credit_note = refunded.line_ids.move_id._reverse_moves()
        credit_note.action_post()
        self.pay(credit_note)
        cancelled.line_ids.move_id.button_draft()
        cancelled.line_ids.move_id.button_cancel()
        self.assertEqual(len(invoice), 4)
        self.check_states(memberships)

    def check_states(self, memberships):
        part_paid = memberships[1]
        self.assertRecordValues(
            memberships[:5],
            [
                {"payment_state": "paid", "state": "active", "amount_due": 0},
                {
                    "payment_state": "partial",
                    "state": "unpaid",
                    "amount_due": part_paid.amount - 15.5,
                },
                {"payment_state": "cancelled", "state": "cancelled", "amount_due": 0},
                {"payment_state": "cancelled", "state": "cancelled", "amount_due": 0},
                {
                    "payment_state": "called",
                    "state": "unpaid",
                    "amount_due": memberships[4].amount,
                },
            ],
        )
        self.assertEqual(
            memberships[:5].member_id.mapped("state"),
            ["member", "unpaid", "none", "none", "unpaid"],
        )

    @mute_logger("odoo.tests")
    def check_ledger(self, memberships, total):
        """The journal items say the same as the register, to the cent."""
        _paid, part_paid, refunded, cancelled = memberships[:4]
        rows = self.env["account.move.line"]._read_group(
            [
                ("parent_state", "=", "posted"),
                ("company_id", "=", self.company.id),
                ("partner_id", "in", memberships.partner_id.ids),
            ],
            ["account_id"],
            ["balance:sum"],
        )
        balances = dict(rows)
        by_code = {account.code: balance for account, balance in balances.items()}
        income = total - refunded.amount - cancelled.amount
        self.assertAlmostEqual(by_code["756100"], -income, 2)
        self.assertAlmostEqual(sum(balances.values()), 0, 2)
        receivable = sum(balance for account, balance in balances.items() if account.account_type == "asset_receivable")
        self.assertAlmostEqual(receivable, income - memberships[0].amount - 15.5, 2)
        self.assertAlmostEqual(sum(memberships.mapped("amount_due")), receivable, 2)
        self.assertEqual(part_paid.member_id.amount_due, part_paid.amount - 15.5)
