"""The run of a campaign: in the background, in batches, each recipient exactly once.

A batch is one transaction: its memberships, its posted calls and the states of its lines are
committed together, or not at all. Whatever kills the server, what is left to do is what the lines say.
"""

import logging
import time
from dataclasses import dataclass, field

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools import SQL
from psycopg2 import InterfaceError, OperationalError

_logger = logging.getLogger(__name__)

MODULE = "coup_de_pousse_membership"
#: Recipients in one transaction, unless the system parameter ``coup_de_pousse_membership.campaign_batch`` says otherwise.
BATCH = 200
#: How long a batch waits for a row that somebody else is changing, in PostgreSQL's words.
LOCK_TIMEOUT = "3s"
#: Pause before another attempt at what somebody else holds, in seconds.
PAUSE = 0.3
#: Attempts in a row without any success, after which the run waits for the scheduler's next turn.
MOST_ATTEMPTS = 12


@dataclass
class Attempt:
    """What one turn of the scheduler remembers; nothing of it is needed to go on after a kill.

    :param size: recipients in a batch.
    :param current: the same, for the next batch: smaller after a failure that only time mends.
    :param busy: recipients put off, since somebody else is changing them.
    :param again: those put off are being tried a last time.
    :param vain: attempts since the last success.
    """

    size: int
    current: int = 0
    busy: set = field(default_factory=set)
    again: bool = False
    vain: int = 0

    def __post_init__(self):
        self.current = self.size

    def succeed(self):
        self.current, self.vain = self.size, 0


class AssociationCampaign(models.Model):
    _inherit = "association.campaign"

    launched_by_id = fields.Many2one("res.users", string="Launched by", readonly=True, copy=False)
    launched_on = fields.Datetime(readonly=True, copy=False)
    resumed_on = fields.Datetime(readonly=True, copy=False, help="Start of the present run.")

    # ---- what the treasurer does ----

    def action_launch(self):
        """Preview again, and show what is about to be called."""
        self.ensure_one()
        self.check_access("write")
        self._check_in_preparation()
        self.grid_id._check_usable()
        self.company_id._check_membership_accounting()
        self.action_preview()
        self._check_previewed()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Launch the campaign"),
            "res_model": "association.campaign.launch.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_campaign_id": self.id},
        }

    def _launch(self, count, total):
        """Lock the recipients and have them called in the background.

        :param count: recipients that the treasurer was shown.
        :param total: what they owe together, as shown.
        :raise UserError: if it is launched already, or if there is something else to call by now.
        """
        self.ensure_one()
        self.check_access("write")
        self._lock_row()
        self._check_in_preparation()
        self.grid_id._check_usable()
        ready = self.line_ids.filtered(lambda line: line.state == "ready")
        if (len(ready), self.currency_id.round(sum(ready.mapped("total")))) != (count, self.currency_id.round(total)):
            raise UserError(
                self.env._("The recipients or their fees have changed meanwhile: look at them again, then launch.")
            )
        grid = self.grid_id.sudo()
        if grid.state == "voted":
            grid.state = "used"
        self.line_ids._recognise_calls()
        self._start({"launched_on": fields.Datetime.now()})

    def _lock_row(self):
        """Lock the campaign until the end of the transaction.

        :raise UserError: if somebody else is launching, pausing or running it right now.
        """
        self.flush_recordset()
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError:
            raise UserError(
                self.env._("“%s” is being worked on at this moment: try again in a few seconds.", self.name)
            ) from None
        self.invalidate_recordset()

    def _start(self, values=None):
        self.sudo().write(
            {
                "state": "running",
                "notice": False,
                "launched_by_id": self.env.uid,
                "resumed_on": fields.Datetime.now(),
                **(values or {}),
            }
        )
        self.env.ref(f"{MODULE}.cron_run_campaigns").sudo()._trigger()

    def action_pause(self):
        """Stop after the batch that is being called; when this returns, nothing is being called."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "running":
            raise UserError(self.env._("“%s” is not calling anybody: there is nothing to pause.", self.name))
        self.sudo().state = "paused"

    def action_resume(self):
        """Go on with those who are left."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "paused":
            raise UserError(self.env._("“%s” is not paused.", self.name))
        self._start()

    def action_retry(self):
        """Call those who were set aside, now that what kept them is mended."""
        self.ensure_one()
        self.check_access("write")
        if self.state not in ("done", "paused"):
            raise UserError(self.env._("Who was set aside is called again once the run has ended, or is paused."))
        failed = self.line_ids.filtered(lambda line: line.state == "failed")
        if not failed:
            raise UserError(self.env._("Nobody was set aside in “%s”.", self.name))
        self._lock_row()
        failed.sudo().write({"state": "ready", "problem": False, "reason": False, "processed_on": False})
        self._start()

    # ---- the scheduler ----

    @api.model
    def _cron_run(self):
        """Go on with the campaigns that are calling."""
        for campaign in self.search([("state", "=", "running")], order="resumed_on, id"):
            campaign._run()

    def _run(self):
        """Call those who are left, batch by batch, until done, paused, or out of time."""
        self.ensure_one()
        attempt = Attempt(self._get_batch_size())
        while attempt.vain < MOST_ATTEMPTS:
            try:
                processed = self._run_batch(attempt)
                if processed is None:
                    break
                left = self.env["association.campaign.line"].search_count(self._ready_domain())
                more_time = self.env["ir.cron"]._commit_progress(processed, remaining=left)
            except OperationalError as error:
                self._put_off(attempt, error)
                continue
            if not more_time:
                # The scheduler gives a job ten turns, then may sleep for a minute: it is woken at once.
                self.env.ref(f"{MODULE}.cron_run_campaigns").sudo()._trigger()
                return
        # Nothing more to do by now: the scheduler comes again in a minute.
        self.env["ir.cron"]._commit_progress(0, remaining=0)

    def _get_batch_size(self):
        value = self.env["ir.config_parameter"].sudo().get_param(f"{MODULE}.campaign_batch")
        return int(value) if value and value.isdecimal() and int(value) else BATCH

    def _put_off(self, attempt, error):
        """Take a smaller batch after a failure that only time mends (a lock, two writers at once)."""
        _logger.info("Campaign %s: %s, again in smaller steps", self.id, type(error).__name__)
        self.env.cr.rollback()
        attempt.vain += 1
        attempt.current = max(attempt.current // 2, 1)
        time.sleep(PAUSE)

    def _ready_domain(self):
        return [("campaign_id", "=", self.id), ("state", "=", "ready")]

    def _run_batch(self, attempt):
        """Call the next recipients, in the present transaction.

        :return: how many were dealt with; None when there is nothing left to do here.
        """
        self.env.cr.execute(SQL("SET LOCAL lock_timeout = %s", LOCK_TIMEOUT))
        if not self.try_lock_for_update(allow_referencing=True):
            attempt.vain += 1
            time.sleep(PAUSE)
            return 0
        self.invalidate_recordset()
        if self.state != "running":
            return None
        runner = self._as_launcher()
        if not runner:
            return None
        lines = runner._next_lines(attempt)
        if lines:
            lines = runner._lock_recipients(lines, attempt)
            if lines:
                runner._call(lines)
                attempt.succeed()
            return len(lines)
        return runner._finish(attempt)

    def _as_launcher(self):
        """Return the campaign as who launched it; nothing, and a pause, if they no longer may."""
        user = self.launched_by_id
        company = self.company_id
        # Batches are told by their lines and calls: a message for each change of each of them helps nobody.
        runner = (
            self.with_user(user)
            .with_company(company)
            .with_context(lang=user.lang, tz=user.tz, allowed_company_ids=company.ids, tracking_disable=True)
        )
        if user.active and company in user.company_ids and runner.has_access("write"):
            return runner
        self.write(
            {
                "state": "paused",
                "notice": self.with_context(lang=user.lang).env._(
                    "Paused: %s launched the campaign and may no longer do so. Somebody who may presses “Resume”.",
                    user.name,
                ),
            }
        )
        return None

    # ---- a batch ----

    def _next_lines(self, attempt):
        """Return the recipients of the next batch; those of one payer stay together."""
        lines = self.env["association.campaign.line"]
        domain = [*self._ready_domain(), ("id", "not in", list(attempt.busy))]
        found = lines.search(domain, order="payer_id, id", limit=attempt.current)
        if self.one_call_per_payer and found[-1:].payer_id:
            found |= lines.search([*domain, ("payer_id", "=", found[-1].payer_id.id)], order="id")
        return found

    def _lock_recipients(self, lines, attempt):
        """Lock these lines and their contacts; put off those that somebody else is changing."""
        if attempt.current == 1 and attempt.vain > 1:
            # Alone, it failed for want of a lock again and again: the others first.
            attempt.busy.update(lines.ids)
            attempt.current = attempt.size
            return lines.browse()
        partners = lines.partner_id | lines.payer_id
        rows = self.env.execute_query(
            SQL("SELECT id FROM res_partner WHERE id IN %s FOR KEY SHARE SKIP LOCKED", tuple(partners.ids))
        )
        free = {row[0] for row in rows}
        held = lines - lines.sudo().try_lock_for_update().sudo(False)
        held |= lines.filtered(lambda line: line.partner_id.id not in free or line.payer_id.id not in {*free, False})
        payers = held.payer_id
        put_off = held | lines.filtered(lambda line: self.one_call_per_payer and line.payer_id in payers)
        attempt.busy.update(put_off.ids)
        return lines - put_off

    def _finish(self, attempt):
        """End the run; those who were put off are tried once more, then set aside."""
        lines = self.env["association.campaign.line"].browse(attempt.busy)
        if lines and not attempt.again:
            time.sleep(PAUSE)
            attempt.again, attempt.busy = True, set()
            return 0
        lines._set_aside(
            "busy",
            self.env._(
                "Somebody else was changing this contact while the calls were issued: press “Call the set aside again”."
            ),
        )
        self.sudo().write({"state": "done", "notice": False})
        self._tell_end()
        return None

    def _tell_end(self):
        """Keep what the run came to in the campaign's messages."""
        counts = dict(
            self.env["association.campaign.line"]._read_group([("campaign_id", "=", self.id)], ["state"], ["__count"])
        )
        self.message_post(
            body=self.env._(
                "Run ended: %(called)s called, %(failed)s set aside.",
                called=counts.get("called", 0),
                failed=counts.get("failed", 0),
            )
        )


def is_transient(error):
    """Tell whether only time, or another connection, mends an error."""
    return isinstance(error, (OperationalError, InterfaceError))
