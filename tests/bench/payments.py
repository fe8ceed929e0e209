"""A thousand invoices paid: from a bank's list, and by Odoo's own wizard."""

import base64
from datetime import date

from . import data
from .measure import Result, batches


def run(env, number):
    """Measure the reading of a list, the proposals and the booking; then Odoo's wizard on as many."""
    grid = data.make_grid(env)
    for pay in WAYS.values():
        pay(env, make_calls(env, grid, 3, "Warm"))
    env.cr.commit()
    results = []
    for path, pay in WAYS.items():
        result = Result(f"Payment of {number:,} membership invoices", path, number)
        calls = make_calls(env, grid, number, path)
        with result.committed(env):
            pay(env, calls)
        # Until the bank's line comes, Odoo's wizard leaves an invoice “in payment”.
        assert set(calls.mapped("payment_state")) <= {"paid", "in_payment"}, calls.mapped("payment_state")
        assert not any(calls.line_ids.membership_id.mapped("amount_due"))
        results.append(result)
    return results


def make_calls(env, grid, number, name):
    """Return posted calls."""
    calls = env["account.move"]
    for members in batches(data.make_members(env, number, name)):
        memberships, _refused = grid._create_memberships(members)
        calls |= memberships._issue_calls_in_bulk()
        env.flush_all()
        env.cr.commit()
    data.settle(env)
    return calls


def by_statement(env, calls):
    """A bank's statement, one line for each call; what is certain is confirmed."""
    record = read_list(env, calls, "each")
    record.action_confirm_certain()
    env["association.payment.import.line"]._cron_book()


def by_payout(env, calls):
    """The list of what was paid out as one sum."""
    read_list(env, calls, "single").action_book_rest()


def read_list(env, calls, grouping):
    """Read a list with one line for each call, and have the calls proposed."""
    day = f"{date.today():%d/%m/%Y}"
    lines = ["Date;Libellé;Débit;Crédit"]
    lines += [f"{day};VIR SEPA {call.name};;{call.amount_total:.2f}".replace(".", ",") for call in calls]
    record = env["association.payment.import"].create(
        {"file": base64.b64encode("\n".join(lines).encode()), "filename": "bank.csv", "grouping": grouping}
    )
    record.action_preview()
    return record


def by_wizard(env, calls):
    """Do what Odoo's user does: select all, register the payments."""
    wizard = env["account.payment.register"].with_context(active_model="account.move", active_ids=calls.ids)
    wizard.create({"group_payment": False})._create_payments()


WAYS = {
    "Coup de Pousse, list of a payout": by_payout,
    "Coup de Pousse, bank's statement": by_statement,
    "account.payment.register, all at once": by_wizard,
}
