"""Money of a mission: its co-funders, their invoices, its margin."""

from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..common import AccompanimentCommon

PARTS = [("DASESS", 6720), ("Région", 1920), ("Lianes coopération", 960)]


@tagged("post_install", "-at_install")
class TestMoney(AccompanimentCommon, AccountTestInvoicingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.funders = cls.lianes.create([{"name": name, "is_company": True} for name, _amount in PARTS[:2]])
        cls.mission = cls.make_mission(
            cofunding_ids=[
                Command.create({"partner_id": partner.id, "amount": amount})
                for partner, (_name, amount) in zip(cls.funders | cls.lianes, PARTS, strict=True)
            ]
        )

    def coordinate(self):
        mission = self.mission.with_user(self.users["coordinator"])
        mission.action_start()
        return mission

    def test_parts_that_do_not_sum_to_the_price_are_refused(self):
        first = self.mission.cofunding_ids[0]
        for change, sentence in (
            (lambda: first.write({"amount": 6719.99}), "0.01 is missing"),
            (lambda: first.write({"amount": 6730}), "10.00 too much"),
            (first.unlink, "is missing"),
            (lambda: self.mission.write({"cofunding_ids": [Command.delete(first.id)]}), "is missing"),
            (lambda: first.copy({"partner_id": self.region.id}), "too much"),
            (
                lambda: self.make_mission(cofunding_ids=[Command.create({"partner_id": self.lianes.id, "amount": 1})]),
                "is missing",
            ),
        ):
            with self.assertRaisesRegex(ValidationError, sentence), self.env.cr.savepoint():
                change()
            self.env.invalidate_all()
        self.mission.cofunding_ids = [
            Command.update(first.id, {"amount": 6000}),
            Command.create({"partner_id": self.region.id, "amount": 720}),
        ]
        self.assertEqual(sum(self.mission.cofunding_ids.mapped("amount")), 9600)

    def test_parts_follow_the_price_until_something_is_invoiced(self):
        phase = self.mission.phase_ids[0]
        phase.days_planned = 4
        self.assertEqual(self.mission.cofunding_ids.mapped("amount"), [7280, 2080, 1040])
        self.mission.write({"phase_ids": [Command.update(phase.id, {"days_planned": 3})], "day_rate": 799.99})
        self.assertEqual(round(sum(self.mission.cofunding_ids.mapped("amount")), 2), self.mission.price)
        self.mission.day_rate = 800
        self.assertEqual(sum(self.mission.cofunding_ids.mapped("amount")), 9600)
        self.coordinate().action_invoice()
        with self.assertRaisesRegex(ValidationError, "is missing"):
            phase.days_planned = 4

    def test_what_nobody_pays_yet_is_proposed_as_the_next_part(self):
        with Form(self.make_mission()) as form:
            for partner, left, amount in ((self.funders[0], 9600, 6720), (self.funders[1], 2880, 1920)):
                with form.cofunding_ids.new() as part:
                    part.partner_id = partner
                    self.assertEqual(part.amount, left)
                    part.amount = amount
            self.assertEqual(form.amount_to_share, 960)
            with form.cofunding_ids.new() as part:
                part.partner_id = self.lianes
            self.assertEqual(form.amount_to_share, 0)
        self.assertEqual(form.record.cofunding_ids.mapped("amount"), [6720, 1920, 960])

    def test_scheme_proposes_its_cofunders(self):
        self.scheme.cofunder_ids = [
            Command.create({"partner_id": self.region.id, "percent": 66.67}),
            Command.create({"percent": 33.33}),
        ]
        mission = self.make_mission()
        self.assertTrue(mission.scheme_cofunded)
        mission.action_propose_cofunders()
        self.assertRecordValues(
            mission.cofunding_ids,
            [{"partner_id": self.region.id, "amount": 6400.32}, {"partner_id": self.lianes.id, "amount": 3199.68}],
        )

    def test_one_invoice_for_each_cofunder_balanced_and_on_the_mission_s_account(self):
        mission = self.coordinate()
        mission.action_invoice()
        moves = mission.cofunding_ids.line_ids.move_id
        self.assertEqual(moves.sorted("amount_untaxed").mapped("amount_untaxed"), [960, 1920, 6720])
        self.assertEqual(moves.partner_id, self.funders | self.lianes)
        Form(moves[0].with_user(self.users["coordinator"]))  # opens, without a role among the memberships
        moves.action_post()
        for move in moves:
            self.assertEqual(sum(move.line_ids.mapped("debit")), sum(move.line_ids.mapped("credit")))
        self.env.flush_all()
        account = mission.sudo().analytic_account_id
        self.assertEqual(sum(account.line_ids.search([("account_id", "=", account.id)]).mapped("amount")), 9600)
        self.assertEqual((mission.amount_invoiced, mission.amount_paid), (9600, 0))
        with self.assertRaisesRegex(UserError, "Everything is invoiced"):
            mission.action_invoice()
        for record in (mission, mission.cofunding_ids[0]):
            with self.assertRaisesRegex(UserError, "nvoice"):
                record.unlink()

    def test_only_what_is_posted_is_invoiced_and_drafts_stand_apart(self):
        mission = self.coordinate()
        mission.action_invoice()
        self.assertEqual((mission.amount_invoiced, mission.amount_draft), (0, 9600))
        self.assertEqual(mission.cofunding_ids.mapped("amount_to_invoice"), [0, 0, 0], "nothing is made twice")
        with self.assertRaisesRegex(UserError, "Everything is invoiced"):
            mission.action_invoice()
        moves = mission.cofunding_ids.line_ids.move_id.sorted("amount_untaxed")
        moves[0].action_post()
        self.assertEqual((mission.amount_invoiced, mission.amount_draft), (960, 8640))
        credit = moves[0]._reverse_moves()
        self.assertEqual((mission.amount_invoiced, mission.amount_draft), (960, 7680), "a draft credit note as well")
        credit.action_post()
        self.assertEqual((mission.amount_invoiced, mission.amount_draft), (0, 8640))
        with self.assertRaisesRegex(UserError, "was already invoiced"):
            first = mission.cofunding_ids[0]
            mission.cofunding_ids = [
                Command.update(first.id, {"amount": 6000}),
                Command.create({"partner_id": self.region.id, "amount": 720}),
            ]

    def test_a_cancelled_invoice_is_to_be_made_again(self):
        mission = self.coordinate()
        mission.action_invoice()
        moves = mission.cofunding_ids.line_ids.move_id
        moves[0].button_cancel()
        self.assertEqual(sum(mission.cofunding_ids.mapped("amount_to_invoice")), moves[0].amount_untaxed)
        mission.action_invoice()
        self.assertEqual(len(mission.cofunding_ids.line_ids.move_id), 4)

    def test_milestones_sum_to_each_part(self):
        mission = self.coordinate()
        mission.milestone_ids = [
            Command.create({"name": str(i), "percent": p, "sequence": i}) for i, p in enumerate((33.33, 33.33, 33.34))
        ]
        with self.assertRaisesRegex(UserError, "by milestones"):
            mission.action_invoice()
        mission.milestone_ids[1].action_invoice()
        with self.assertRaisesRegex(UserError, "invoiced already"):
            mission.milestone_ids[1].action_invoice()
        mission.milestone_ids[0].action_invoice()
        mission.milestone_ids[2].action_invoice()
        self.assertEqual(mission.cofunding_ids.mapped("amount_to_invoice"), [0, 0, 0])
        self.assertEqual(len(mission.cofunding_ids.line_ids.move_id), 9)
        with self.assertRaisesRegex(UserError, "cancel the invoices"):
            mission.milestone_ids[0].unlink()

    def test_milestones_make_a_hundred_percent(self):
        mission = self.coordinate()
        mission.milestone_ids = [Command.create({"name": "Only", "percent": 30})]
        with self.assertRaisesRegex(UserError, "100 %"):
            mission.milestone_ids.action_invoice()

    def test_nothing_is_invoiced_too_early_nor_by_others(self):
        with self.assertRaisesRegex(UserError, "not started"):
            self.mission.with_user(self.users["coordinator"]).action_invoice()
        self.mission.action_start()
        for role in ("adviser", "director"):
            with self.assertRaises(AccessError):
                self.mission.with_user(self.users[role]).action_invoice()
        nobody = self.make_mission(name="Nobody pays")
        nobody.action_start()
        with self.assertRaisesRegex(UserError, "no co-funder"):
            nobody.with_user(self.users["coordinator"]).action_invoice()

    def test_margin_is_the_coordinator_s(self):
        self.env["accompaniment.day.cost"].create({"partner_id": self.users["adviser"].partner_id.id, "amount": 350})
        self.enter_days(self.mission.phase_ids[0], 3)
        account = self.mission.sudo().analytic_account_id
        self.env["account.analytic.line"].create({"name": "Room", "account_id": account.id, "amount": -150})
        mission = self.mission.with_user(self.users["coordinator"])
        self.assertEqual((mission.cost, mission.margin, mission.margin_rate), (1200, 8400, 0.875))
        # 9 days of 12 are left, at 350 a day.
        self.assertEqual(mission.margin_forecast, 9600 - 1200 - 9 * 350)
        self.mission.consultant_ids = self.env["res.partner"].create({"name": "Consultant without a cost"})
        self.assertIs(mission.margin_forecast, False)
        for role in ("adviser", "director"):
            mission = self.mission.with_user(self.users[role])
            self.assertEqual(mission.cofunding_ids.mapped("amount"), [6720, 1920, 960])
            self.assertEqual(mission.amount_invoiced, 0)
            for field in ("margin", "cost", "margin_rate", "margin_forecast"):
                self.assertNotIn(field, mission.fields_get())
                with self.assertRaises(AccessError):
                    mission.read([field])
