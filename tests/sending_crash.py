"""The calls of a campaign go out while their workers are killed; told after ``campaign_crash.py``, of its campaign.

See ``crash_world.py``. Nothing leaves the machine: what would be given to the mail server is noted in a file.
"""

import sys
import tempfile
from collections import Counter
from email.utils import parseaddr
from pathlib import Path
from unittest.mock import patch

from crash_world import MODULE, World
from odoo import fields

BATCH = 2
KILLS = 8
QUEUE_KILLS = 4


class SendingWorld(World):
    """A campaign that has called, and sends its calls."""

    def __init__(self, options):
        super().__init__(options)
        self.box = tempfile.NamedTemporaryFile()  # noqa: SIM115 - as long as the story
        sending = sys.modules[f"odoo.addons.{MODULE}.models.letter.association_campaign"]
        patch.object(sending, "BATCH", BATCH).start()
        patch.object(self.registry["account.move"], "_print_calls", self.attach).start()
        server = self.registry["ir.mail_server"]
        patch.object(server, "_connect__", lambda *_args, **_options: None).start()
        patch.object(server, "send_email", lambda _server, message, *_args, **_options: self.post(message)).start()

    @staticmethod
    def attach(moves):
        """Give each call a document at once, in place of printing it."""
        moves.env["ir.attachment"].sudo().create(
            [
                {
                    "name": f"{move.id}.pdf", "raw": b"%PDF-1.4 nothing", "res_model": move._name, "res_id": move.id,
                    "res_field": "invoice_pdf_report_file",
                }
                for move in moves
            ]
        )  # fmt: skip
        moves.invalidate_recordset(["invoice_pdf_report_id"])
        moves.is_move_sent = True

    def post(self, message):
        """Note who is written to; the mail server has it from then on, whatever becomes of the worker."""
        with Path(self.box.name).open("a", encoding="utf-8") as box:
            box.write(f"{parseaddr(message['To'])[1]}\n")
        self.tick()
        return message["Message-Id"]

    # ---- the world ----

    def make(self, env):
        env.company.email = "office@example.org"
        campaign = env["association.campaign"].search([("state", "=", "done")], order="id desc", limit=1)
        campaign.mails_per_hour = 10000
        campaign.action_start_sending()
        self.campaign = campaign.id
        calls = campaign.line_ids.filtered(lambda line: line.state == "called").move_id
        self.seen["calls"] = len(calls)
        # One was paid meanwhile: it is not called any more.
        env["account.payment.register"].with_context(active_model="account.move", active_ids=calls[0].ids).create(
            {"payment_date": fields.Date.today()}
        )._create_payments()

    def waiting(self, env):
        return env["association.campaign"].browse(self.campaign).waiting_count

    def outgoing(self, env):
        return env["mail.mail"].search_count([("state", "=", "outgoing"), ("model", "=", "account.move")])

    def send(self, env):
        env["association.campaign"]._cron_send_calls()
        return "ended"

    def empty_queue(self, env):
        env["mail.mail"].process_email_queue()
        return "ended"

    # ---- what must hold, whatever happened ----

    def look(self, env):
        """Note the calls that have another number of letters or mails than one, or one without the other."""
        logs = env["association.reminder.log"].search([("campaign_id", "=", self.campaign)])
        mails = Counter(
            message.res_id for message in env["mail.mail"].search([("model", "=", "account.move")]).mail_message_id
        )
        for move, rows in logs.grouped("move_id").items():
            if len(rows) != 1 or rows.state not in ("queued", "sent") or not rows.message_id:
                self.seen["broken"].append(f"{move.name}: {rows.mapped('state')}")
            if mails[move.id] > 1:
                self.seen["broken"].append(f"{move.name}: {mails[move.id]} mails in the queue")
        if others := set(mails) - set(logs.move_id.ids):
            self.seen["broken"].append(f"mails without a letter: {others}")

    def tell(self):
        self.ask(self.make)
        self.kill_while(self.waiting, self.send, KILLS)
        self.seen["left_at_the_last_kill"] = self.ask(self.waiting)
        self.answer(self.fork(self.send))
        self.ask(self.look)
        self.seen["handed_over"] = self.ask(self.outgoing)
        kills = self.seen["kills"]
        self.kill_while(self.outgoing, self.empty_queue, QUEUE_KILLS)
        self.answer(self.fork(self.empty_queue))
        self.seen["queue_kills"] = self.seen["kills"] - kills
        self.ask(self.end)

    def end(self, env):
        written = Counter(Path(self.box.name).read_text(encoding="utf-8").split())
        logs = env["association.reminder.log"].search([("campaign_id", "=", self.campaign)])
        self.seen["waiting"] = self.waiting(env)
        self.seen["states"] = sorted(set(logs.mapped("state")))
        self.seen["letters"] = len(logs)
        self.seen["forgotten"] = sorted(set(logs.mapped("email")) - set(written))
        self.seen["repeated"] = sum(count - 1 for count in written.values())


if __name__ == "__main__":
    SendingWorld.main()
