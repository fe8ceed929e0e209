"""Buttons about money are clicked three times at once, by three processes; told after ``receipt_crash.py``.

See ``crash_world.py``. What stays committed here (entries, receipts) cannot be removed again, which is why the addons'
own tests of two clicks leave these buttons to this program.
"""

import multiprocessing

from crash_world import World
from odoo import fields
from odoo.exceptions import UserError
from odoo.service.model import retrying

TIMES = 3
SECONDS = 30


def describe(records):
    """Return what to find records by in another transaction."""
    return records._name, records.ids


class ClicksWorld(World):
    """Several people who click the same button on the same record."""

    def once(self, name, make, click, count):
        """Note how several clicks at once were answered, and what there is then; the same of one click.

        :param make: called with an environment, makes the records that are clicked on.
        :param count: called with these records, counts what a click makes.
        """
        self.seen[name] = {times: self.click(times, make, click, count) for times in (1, TIMES)}

    def click(self, times, make, click, count):
        """Click so many times at once: each process has read the database before the first one is through."""
        model, ids = self.ask(lambda env: describe(make(env)))
        barrier = multiprocessing.get_context("fork").Barrier(times)

        def work(env):
            env.cr.execute("SELECT 1")
            barrier.wait(SECONDS)
            try:
                user = env.ref("base.user_admin").id
                retrying(lambda: click(env(user=user)[model].browse(ids)), env)
            except UserError as refusal:
                return f"{refusal}"
            return "done"

        answers = list(map(self.answer, [self.fork(work) for _click in range(times)]))
        made = self.ask(lambda env: count(env[model].browse(ids)))
        return [answers, made]

    # ---- what is clicked on ----

    def make_donors_gift(self, env):
        street = {"street": "4 rue des Lilas", "zip": "44000", "city": "Nantes"}
        donor = env["res.partner"].create({"name": "Clicked donor", **street})
        return env["association.gift"].create({"partner_id": donor.id, "amount": 20})

    def make_booked_gift(self, env):
        gift = self.make_donors_gift(env)
        gift.action_book()
        return gift

    def make_receipt(self, env):
        gift = self.make_booked_gift(env)
        gift.action_receipt()
        return gift

    def make_membership(self, env):
        grid = env["association.fee.grid"].search([("state", "in", ("voted", "used"))], order="date_from", limit=1)
        partner = env["res.partner"].create({"name": "Clicked member", "is_company": True})
        member = env["association.member"].create({"partner_id": partner.id})
        member.category_id = grid.rule_ids.category_ids[:1]
        memberships, _refused = grid._create_memberships(member)
        memberships._decide_admission("admitted", fields.Date.context_today(memberships), "Board")
        return memberships

    def make_call(self, env):
        memberships = self.make_membership(env)
        memberships._issue_calls()
        return memberships._get_call_lines().move_id

    def make_deposit(self, env):
        call = self.make_call(env)
        cheque = env["association.cheque"].create({"partner_id": call.partner_id.id, "amount": 60})
        cheque.action_deposit()
        return cheque.deposit_id

    def make_deposited(self, env):
        deposit = self.make_deposit(env)
        deposit.action_validate()
        return deposit.cheque_ids

    def make_surplus(self, env):
        deposit = self.make_deposit(env)
        deposit.action_validate()
        return deposit.move_id.line_ids.filtered(lambda item: item.partner_id and item.surplus_left > 0)

    # ---- the clicks ----

    def call_fees(self, memberships):
        memberships.env["association.call.wizard"].create({"membership_ids": memberships.ids}).action_confirm()

    def plan_instalments(self, call):
        call.env["association.instalment.wizard"].create({"move_id": call.id, "count": 3}).action_confirm()

    def cancel_receipt(self, gift):
        receipt = gift.env["association.tax.receipt"].search([("line_ids.gift_id", "=", gift.id)], order="id", limit=1)
        wizard = {"receipt_id": receipt.id, "reason": "Wrong address", "replaced": True}
        gift.env["association.receipt.cancel.wizard"].create(wizard).action_confirm()

    def bounce(self, cheque):
        wizard = {"cheque_id": cheque.id, "reason": "Insufficient funds"}
        cheque.env["association.cheque.bounce.wizard"].create(wizard).action_confirm()

    def give_surplus(self, items):
        items.env["association.surplus.wizard"].create({"line_ids": items.ids, "use": "gift"}).action_confirm()

    # ---- what they made ----

    def entries_of(self, records):
        partners = records.partner_id.commercial_partner_id
        return len(records.env["account.move"].search([("line_ids.partner_id", "in", partners.ids)]))

    def receipts_of(self, gift):
        return len(gift.env["association.tax.receipt"].search([("line_ids.gift_id", "=", gift.id)]))

    def tell(self):
        self.once("gift", self.make_donors_gift, lambda gift: gift.action_book(), self.entries_of)
        self.once("receipt", self.make_booked_gift, lambda gift: gift.action_receipt(), self.receipts_of)
        self.once("cancelled", self.make_receipt, self.cancel_receipt, self.receipts_of)
        self.once("call", self.make_membership, self.call_fees, self.entries_of)
        self.once("instalments", self.make_call, self.plan_instalments, lambda call: len(call.instalment_ids))
        self.once(
            "slip",
            self.make_deposit,
            lambda slip: slip.action_validate(),
            lambda slip: self.entries_of(slip.cheque_ids),
        )
        self.once("bounced", self.make_deposited, self.bounce, self.entries_of)
        self.once("surplus", self.make_surplus, self.give_surplus, self.entries_of)


if __name__ == "__main__":
    ClicksWorld.main()
