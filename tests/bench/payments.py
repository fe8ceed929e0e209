"""A thousand invoices paid: from a bank's list, and by Odoo's own wizard."""

import base64
from datetime import date

from . import data
from .measure import Result, batches

REGISTER = "account.payment.register, all at once"


def run(env, number):
    """Measure the reading of the bank's list, the proposals and the booking; then Odoo's wizard on as many."""
    if "association.payment.import" not in env:
        raise SystemExit("the payments of a bank's list do not exist in this version")
    grid = data.make_grid(env)
    work = f"Payment of {number:,} membership invoices"
    product, register = Result(work, "Coup de Pousse", number), Result(work, REGISTER, number)
    from_list(env, make_calls(env, grid, 3, "Warm"))
    by_wizard(env, make_calls(env, grid, 3, "Warm again"))
    env.cr.commit()
    for result, pay, name in ((product, from_list, "Listed"), (register, by_wizard, "Registered")):
        calls = make_calls(env, grid, number, name)
        with result.committed(env):
            pay(env, calls)
        # Without an outstanding account Odoo waits for the bank before it says "paid".
        assert set(calls.mapped("payment_state")) <= {"paid", "in_payment"}, calls.mapped("payment_state")
        assert not any(calls.line_ids.membership_id.mapped("amount_due"))
    return [product, register]


def make_calls(env, grid, number, name):
    """Return posted calls."""
    calls = env["account.move"]
    for members in batches(data.make_members(env, number, name)):
        memberships, _refused = grid._create_memberships(members)
        calls |= memberships._issue_calls_in_bulk()
        env.flush_all()
        env.cr.commit()
    env.invalidate_all()
    return calls


def from_list(env, calls):
    """Read a bank's list, one line a call, and book what is certain."""
    day = f"{date.today():%d/%m/%Y}"
    lines = ["Date;Libellé;Débit;Crédit"]
    lines += [f"{day};VIR SEPA {call.name};;{call.amount_total:.2f}".replace(".", ",") for call in calls]
    record = env["association.payment.import"].create(
        {"file": base64.b64encode("\n".join(lines).encode()), "filename": "bank.csv"}
    )
    record.action_preview()
    record.action_confirm_certain()
    env["association.payment.import.line"]._cron_book()


def by_wizard(env, calls):
    """Do what Odoo's user does: select all, register the payments."""
    wizard = env["account.payment.register"].with_context(active_model="account.move", active_ids=calls.ids)
    wizard.create({"group_payment": False})._create_payments()
