"""Calls made in bulk are those that Odoo's ordinary path makes, to the last column."""

from contextlib import suppress
from datetime import timedelta
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.call.invoice_pattern import InvoicePattern
from ..common import ADDON, MembershipCommon

#: Columns that name records made on the way, or the moment; all others are compared.
OWN = [
    "id",
    "move_id",
    "create_date",
    "write_date",
    "access_token",
    "reversed_entry_id",
    "fee_call_id",
    "origin_payment_id",
    "payment_id",
    "full_reconcile_id",
    "matching_number",
    "tax_cash_basis_rec_id",
    "tax_cash_basis_origin_move_id",
    "message_main_attachment_id",
]
LINES = """
    SELECT to_jsonb(line) - %s || jsonb_build_object(
               'taxes', ARRAY(SELECT account_tax_id FROM account_move_line_account_tax_rel
                               WHERE account_move_line_id = line.id ORDER BY 1),
               'tags', ARRAY(SELECT account_account_tag_id FROM account_account_tag_account_move_line_rel
                              WHERE account_move_line_id = line.id ORDER BY 1))
      FROM account_move_line line WHERE move_id IN %s
"""


class _Undo(BaseException):
    """Takes back what a snapshot was made of."""


class BulkCallCommon(MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fee = cls.env.ref(f"{ADDON}.product_membership_fee")
        cls.tax = cls.company_data["default_tax_sale"]
        cls.grid = cls.make_grid([(None, 1000, 100), (1000, None, 33.37)])
        cls.members = cls.make_members(2, budget=1) | cls.make_members(2, budget=5000, name="Big")
        cls.memberships = cls.make_memberships(cls.members, cls.grid)

    def assert_same(self, memberships=None, scenario=None, ordinary=1, **dates):
        """Call the memberships on both paths, let the same happen to the calls, and compare all.

        :param scenario: function that is given the calls.
        :param ordinary: how many of the bulk calls have to take the ordinary path.
        """
        memberships = self.memberships if memberships is None else memberships
        expected, _made = self.snapshot(memberships, memberships._issue_calls, scenario, dates)
        actual, made = self.snapshot(memberships, memberships._issue_calls_in_bulk, scenario, dates)
        self.maxDiff = None
        for wanted, got in zip(expected, actual, strict=True):
            self.assertEqual(len(wanted), len(got))
            for row_wanted, row_got in zip(wanted, got, strict=True):
                self.assertEqual(row_wanted, row_got)
        self.assertEqual(made, ordinary, "number of invoices on the ordinary path")

    def snapshot(self, memberships, issue, scenario, dates):
        """Return what the database holds after the calls and the scenario, and how many were made one by one."""
        moves = self.env["account.move"]
        one_by_one, rows = [], []
        ordinarily = type(moves)._create_ordinarily

        def counted(self, vals_list):
            one_by_one.extend(vals_list)
            return ordinarily(self, vals_list)

        self.env.flush_all()
        counting = patch.object(type(moves), "_create_ordinarily", counted)
        with suppress(_Undo), self.env.cr.savepoint(), counting:
            last = moves.search([], order="id desc", limit=1).id or 0
            calls = issue(**dates)
            if scenario:
                scenario(calls)
            self.env.flush_all()
            new = moves.search([("id", ">", last)])
            rows = [
                self.read_rows("SELECT to_jsonb(t) - %s FROM account_move t WHERE id IN %s", new),
                self.read_rows(LINES, new),
                self.read_rows("SELECT to_jsonb(t) - %s FROM association_membership t WHERE id IN %s", memberships),
            ]
            raise _Undo
        self.env.invalidate_all()
        return rows, len(one_by_one)

    def read_rows(self, query, records):
        self.env.cr.execute(query, [OWN, tuple(records.ids)])
        return sorted((dict(sorted(row[0].items())) for row in self.env.cr.fetchall()), key=str)


@tagged("post_install", "-at_install")
class TestBulkCall(BulkCallCommon):
    # ---- what is called ----

    def test_plain(self):
        self.assert_same()
        self.assert_same(invoice_date=self.today - timedelta(days=40), due_date=self.today)

    def test_result(self):
        moves = self.memberships._issue_calls_in_bulk()
        self.assertFalse(moves.env.su or moves.env.context.get("skip_invoice_sync"))
        self.assertEqual([move.partner_id for move in moves], list(self.members.partner_id))
        self.assertEqual(set(self.memberships.mapped("payment_state")), {"called"})
        self.assertIn("together", moves[-1].message_ids[:1].body)
        numbers = sorted(moves.mapped("sequence_number"))
        self.assertEqual(numbers, list(range(numbers[0], numbers[0] + 4)))
        self.assertFalse(any(moves.mapped("made_sequence_gap")))
        later = self.make_memberships(self.make_members(1, budget=1), self.grid)._issue_calls()
        self.assertEqual(later.sequence_number, numbers[-1] + 1)

    def test_numbers(self):
        """They follow the journal's own style, by month here, without a hole, also after a batch that was undone."""
        first = self.make_memberships(self.make_members(1, budget=1, name="First"), self.grid)._issue_calls()
        month = f"FEES/{self.today:%Y/%m}"
        first.name = f"{month}/0041"
        with suppress(_Undo), self.env.cr.savepoint():
            self.memberships._issue_calls_in_bulk()
            raise _Undo
        calls = self.memberships[:2]._issue_calls_in_bulk()
        before = self.today.replace(day=1) - timedelta(days=1)
        calls += self.memberships[2:]._issue_calls_in_bulk(invoice_date=before)
        later = self.make_memberships(self.make_members(3, budget=1, name="Later"), self.grid)
        calls += later._issue_calls_in_bulk()
        older = f"FEES/{before:%Y/%m}"
        expected = [f"{month}/0042", f"{month}/0043", f"{older}/0001", f"{older}/0002"]
        self.assertEqual(calls.mapped("name"), [*expected, *(f"{month}/00{number}" for number in (44, 45, 46))])
        self.assertFalse(any(calls.mapped("made_sequence_gap")))

    def test_one_payer(self):
        members = self.make_members(10, budget=5000, name="Branch")
        memberships = self.make_memberships(members, self.grid)
        memberships.payer_id = self.members[0].partner_id
        self.assert_same(self.memberships | memberships, ordinary=2)

    def test_entry_fee_and_shares(self):
        grid = self.make_grid(
            [(None, None, 100.01)],
            share_ids=[
                Command.create({"name": "Federal", "weight": 2}),
                Command.create({"name": "Local", "weight": 1}),
            ],
        )
        memberships = self.make_memberships(self.make_members(3, budget=1, name="Shared"), grid)
        self.assert_same(memberships)
        memberships[1:].entry_fee = 15
        self.assert_same(memberships, ordinary=2)

    def test_fee_of_zero(self):
        """Only the entry fee is owed by some; the tax of others comes to nothing."""
        self.memberships[1].write({"amount": 0, "entry_fee": 12})
        self.memberships[2].amount = 0.01
        self.fee.taxes_id = self.tax
        self.assert_same()

    def test_product_of_the_category(self):
        self.category.product_id = self.env.ref(f"{ADDON}.product_membership_fee_counterpart")
        self.assert_same()

    def test_on_receipt(self):
        self.company.membership_income_recognition = "on_receipt"
        self.assert_same()
        self.assert_same(scenario=lambda calls: self.pay(calls[-1], 20))

    # ---- taxes and addresses ----

    def test_tax(self):
        self.fee.taxes_id = self.tax
        self.assert_same()

    def test_price_with_tax_included(self):
        self.fee.taxes_id = self.tax.copy({"price_include_override": "tax_included", "name": "Included"})
        self.assert_same()

    def test_two_taxes_rounded_on_the_whole(self):
        self.company.tax_calculation_rounding_method = "round_globally"
        self.fee.taxes_id = self.tax | self.tax.copy({"amount": 5.5, "name": "5.5", "include_base_amount": True})
        self.memberships.entry_fee = 7.77
        self.assert_same()

    def test_tax_due_on_payment(self):
        self.company.tax_exigibility = True
        account = self.company_data["default_account_tax_sale"].copy({"reconcile": True})
        self.fee.taxes_id = self.tax.copy(
            {"tax_exigibility": "on_payment", "cash_basis_transition_account_id": account.id, "name": "On payment"}
        )
        self.assert_same()
        self.assert_same(scenario=self.pay)

    def test_addresses(self):
        """Countries with their fiscal positions, another currency, another receivable account, another language."""
        country = self.env.ref("base.be")
        other_tax = self.tax.copy({"amount": 10, "name": "Ten"})
        position = self.env["account.fiscal.position"].create(
            {"name": "Belgium", "auto_apply": True, "country_id": country.id, "sequence": 0}
        )
        other_tax.write(
            {"fiscal_position_ids": [Command.link(position.id)], "original_tax_ids": [Command.link(self.tax.id)]}
        )
        income = self.company_data["default_account_revenue"]
        position.account_ids = [
            Command.create({"account_src_id": self.fee.property_account_income_id.id, "account_dest_id": income.id})
        ]
        self.fee.taxes_id = self.tax
        receivable = self.company_data["default_account_receivable"].copy({"code": "411999"})
        partners = self.members.partner_id
        partners[1].property_account_receivable_id = receivable
        partners[2:].country_id = country
        partners[3].property_product_pricelist = self.env["product.pricelist"].create(
            {"name": "Dollars", "currency_id": self.env.ref("base.USD").id}
        )
        delivery = self.env["res.partner"].create(
            {"name": "Depot", "type": "delivery", "parent_id": partners[0].id, "country_id": country.id}
        )
        self.assertTrue(delivery)
        self.assert_same(ordinary=2)

    def test_billing_correspondent(self):
        member = self.members[1]
        person = self.env["res.partner"].create({"name": "Treasurer", "parent_id": member.partner_id.id})
        self.env["association.correspondent"].create(
            {"member_id": member.id, "partner_id": person.id, "role": "billing"}
        )
        self.assert_same()

    def test_payment_term(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "30 days",
                "line_ids": [Command.create({"value": "percent", "value_amount": 100, "nb_days": 30})],
            }
        )
        self.company.membership_payment_term_id = term
        self.assert_same()

    # ---- what happens to a call afterwards ----

    def test_paid(self):
        self.fee.taxes_id = self.tax
        self.assert_same(scenario=self.pay)
        self.assert_same(scenario=lambda calls: self.pay(calls[-1], 20))

    def test_credit_note(self):
        self.fee.taxes_id = self.tax

        def give_back(calls):
            calls._reverse_moves([{"invoice_date": self.today} for _call in calls]).action_post()

        self.assert_same(scenario=give_back)

    def test_edited_and_posted_again(self):
        self.fee.taxes_id = self.tax

        def edit(calls):
            calls[-1].button_draft()
            calls[-1].invoice_line_ids.price_unit = 41.11
            calls[-1].action_post()

        self.assert_same(scenario=edit)

    def test_print(self):
        calls = self.memberships._issue_calls_in_bulk()
        html = self.env["ir.actions.report"]._render_qweb_html("account.account_invoices", calls[-1].ids)[0].decode()
        for text in (calls[-1].name, "33,37", self.members[-1].partner_id.name, "261-7-1"):
            self.assertIn(text, html)

    # ---- cases for the ordinary path ----

    def test_term_in_parts(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Twice",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 50, "nb_days": days}) for days in (0, 30)
                ],
            }
        )
        self.company.membership_payment_term_id = term
        self.assert_same(ordinary=4)

    def test_early_discount(self):
        self.company.membership_payment_term_id = self.env["account.payment.term"].create(
            {"name": "Early", "early_discount": True, "discount_percentage": 2, "discount_days": 10}
        )
        self.assert_same(ordinary=4)

    def test_cash_rounding(self):
        rounding = self.env["account.cash.rounding"].create(
            {
                "name": "0.05",
                "rounding": 0.05,
                "strategy": "add_invoice_line",
                "profit_account_id": self.company_data["default_account_revenue"].id,
                "loss_account_id": self.company_data["default_account_expense"].id,
            }
        )
        self.env["ir.default"].set("account.move", "invoice_cash_rounding_id", rounding.id)
        self.assert_same(ordinary=4)

    def test_analytic_model(self):
        plan = self.env["account.analytic.plan"].create({"name": "Plan"})
        account = self.env["account.analytic.account"].create({"name": "Project", "plan_id": plan.id})
        self.env["account.analytic.distribution.model"].create(
            {"partner_id": self.members[2].partner_id.id, "analytic_distribution": {str(account.id): 100}}
        )
        self.assert_same(ordinary=4)

    def test_restrictive_audit_trail(self):
        self.company.restrictive_audit_trail = True
        self.assert_same(ordinary=4)

    def test_what_another_addon_adds(self):
        """Where an invoice has more than the pattern explains, Odoo makes them all."""
        model = type(self.env["account.move.line"])
        computed = model._get_computed_taxes
        with patch.object(
            model, "_get_computed_taxes", lambda line: computed(line) | self.tax if line else computed(line)
        ):
            self.assert_same()
        prepare = InvoicePattern._compute_items

        def wrong(pattern, prices):
            products, others = prepare(pattern, prices)
            return products, [{**line, "balance": line["balance"] + 1} for line in others]

        with patch.object(InvoicePattern, "_compute_items", wrong):
            self.assert_same(ordinary=4)

    # ---- the contract ----

    def test_all_or_none(self):
        self.memberships[3].admission = "applied"
        with self.assertRaisesRegex(UserError, "Not admitted"):
            self.memberships._issue_calls_in_bulk()
        self.assertFalse(self.memberships.line_ids)

    def test_who_may(self):
        treasurer = self.memberships.with_user(self.users["treasurer"])._issue_calls_in_bulk()
        self.assertEqual(treasurer.create_uid, self.users["treasurer"])
        later = self.make_memberships(self.make_members(2, budget=1), self.grid)
        for role in (self.users["office"], self.users["director"], self.outsider):
            with self.subTest(role=role.login), self.assertRaises(AccessError):
                later.with_user(role)._issue_calls_in_bulk()

    def test_queries_do_not_grow(self):
        """Two queries an invoice at most (one finds its fiscal position), however many there are."""
        self.members.partner_id.country_id = self.env.ref("base.fr")
        counts = []
        for number in (20, 60):
            members = self.make_members(number, budget=1, name="Many")
            members.partner_id.country_id = self.env.ref("base.fr")
            memberships = self.make_memberships(members, self.grid)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            memberships._issue_calls_in_bulk()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual((counts[1] - counts[0]) / 40, 2, counts)
