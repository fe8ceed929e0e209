"""A bank's file is read and booked while the workers are killed; told after ``campaign_crash.py``, of its calls.

See ``crash_world.py``.
"""

import base64
import sys
from unittest.mock import patch

import psycopg2
from crash_world import MODULE, World
from odoo import fields, sql_db

BATCH = 3
KILLS = 6


class PaymentWorld(World):
    """Calls that are paid by a bank's file."""

    def __init__(self, options):
        super().__init__(options)
        self.seen["read"], self.seen["booked"] = [], []
        for name, values in (
            ("", {"BATCH": BATCH, "BACKGROUND_ROWS": 0}),
            ("_line", {"BATCH": BATCH, "BACKGROUND_LINES": 0, "LOCK_TIMEOUT": "200ms"}),
        ):
            module = sys.modules[f"odoo.addons.{MODULE}.models.payment.association_payment_import{name}"]
            patch.multiple(module, **values).start()

    def make(self, env):
        calls = env["account.move"].search(
            [
                ("move_type", "=", "out_invoice"),
                ("payment_state", "=", "not_paid"),
                ("line_ids.membership_id", "!=", False),
            ]
        )
        today = fields.Date.today().strftime("%d/%m/%Y")
        rows = [f"{today};VIR {call.name};;{call.amount_total:.2f}" for call in calls]
        rows.append(f"{today};VIR INCONNU;;1.00")
        record = env["association.payment.import"].create(
            {"file": base64.b64encode("\n".join(["Date;Libellé;Débit;Crédit", *rows]).encode()), "filename": "bank.csv"}
        )
        record.action_preview()
        self.calls, self.record = calls.ids, record.id
        self.seen["calls"], self.seen["called"] = len(calls), round(sum(calls.mapped("amount_total")), 2)

    def payments(self, env):
        return env["association.payment.import"].browse(self.record)

    def reading(self, env):
        return self.payments(env).state == "reading"

    def booking(self, env):
        return self.payments(env).state == "running"

    def read(self, env):
        env["association.payment.import"]._cron_read()
        return "ended"

    def book(self, env):
        env["association.payment.import.line"]._cron_book()
        return "ended"

    # ---- what must hold, whatever happened ----

    def look(self, env):
        """Note lines that are booked in part, twice, or without their call being paid."""
        record = self.payments(env)
        lines = record.line_ids
        numbers = lines.mapped("number")
        if numbers != list(range(2, len(numbers) + 2)):
            self.seen["broken"].append(f"lines read: {numbers}")
        for line in lines:
            paid = [part.move_id.amount_residual for part in line.part_ids]
            booked, done = bool(line.statement_line_id), line.state == "done"
            if booked != done or (done and any(paid)) or (record.state == "running" and not done and not all(paid)):
                self.seen["broken"].append(f"line {line.number}: {line.state}, booked {booked}, left to pay {paid}")
        statement_lines = env["account.bank.statement.line"].search([])
        if len(statement_lines) != len(lines.statement_line_id):
            self.seen["broken"].append("a line of the bank stands without its line of the file")
        if env["account.move"].search_count([("journal_id", "=", record.journal_id.id), ("state", "!=", "posted")]):
            self.seen["broken"].append("a draft was left behind")
        self.seen["booked" if record.state != "reading" else "read"].append(len(statement_lines) or len(lines))

    def tell(self):
        self.ask(self.make)
        self.kill_while(self.reading, self.read, KILLS)
        self.seen["read_kills"] = self.seen["kills"]
        self.answer(self.fork(self.read))
        self.seen["certain"] = self.ask(lambda env: self.payments(env).certain_count)
        self.ask(lambda env: self.payments(env).action_confirm_certain() and None)
        self.book_beside_a_lock()
        self.kill_while(self.booking, self.book, KILLS)
        self.seen["book_kills"] = self.seen["kills"] - self.seen["read_kills"]
        for worker in [self.fork(self.book) for _worker in range(2)]:
            self.answer(worker)
        self.answer(self.fork(self.book))
        self.ask(self.look)
        self.ask(self.end)

    def book_beside_a_lock(self):
        """Let the job run while somebody else holds one call."""
        _name, how = sql_db.connection_info_for(self.name)
        other = psycopg2.connect(**how)
        other.cursor().execute("SELECT id FROM account_move WHERE id = %s FOR UPDATE", [self.calls[0]])
        self.seen["beside_a_lock"] = self.answer(self.fork(self.book))
        other.close()
        self.seen["waiting"] = self.ask(
            lambda env: sorted({f"{line.state}, {line.certainty}" for line in self.payments(env).line_ids})
        )
        self.ask(self.look)

    def end(self, env):
        calls = env["account.move"].browse(self.calls)
        self.seen["states"] = sorted(set(calls.mapped("payment_state")))
        self.seen["times_paid"] = sorted({len(call.line_ids.matched_credit_ids) for call in calls})
        self.seen["received"] = round(sum(env["account.bank.statement.line"].search([]).mapped("amount")), 2)
        self.seen["left"] = self.payments(env).line_ids.filtered(lambda line: line.state == "todo").mapped("label")


if __name__ == "__main__":
    PaymentWorld.main()
