"""The run of a campaign: in the background, in batches, each recipient exactly once.

A batch is one transaction: its memberships, its posted calls and the states of its lines are
committed together, or not at all. Whatever kills the server, what is left to do is what the lines say.
"""

import logging
import time

from odoo.tools import SQL

from ..common.batch import TRANSIENT_ERRORS

_logger = logging.getLogger(__name__)

#: How long a batch waits for a row that somebody else is changing, in PostgreSQL's words.
LOCK_TIMEOUT = "3s"
#: Pause before another attempt at what somebody else holds, in seconds.
PAUSE = 0.3
#: Attempts in a row without any success, after which the run waits for the scheduler's next turn.
MOST_ATTEMPTS = 12


class CampaignRun:
    """One turn of the scheduler at a campaign; nothing that it remembers is needed to go on after a kill.

    :param campaign: the campaign, as the scheduler sees it.
    :param batch_size: how many recipients are called in one transaction.
    """

    def __init__(self, campaign, batch_size):
        campaign.ensure_one()
        self.campaign = campaign
        self.env = campaign.env
        self.batch_size = batch_size
        #: Recipients in the next batch: fewer after a failure that only time fixes.
        self.next_size = batch_size
        #: Attempts since the last success.
        self.failures = 0
        #: Ids of the recipients put off, since somebody else is changing them.
        self.put_off = set()
        #: Whether those put off are being tried a last time.
        self.last_try = False

    def run(self):
        """Call those who are left, batch by batch, until done, paused, or out of time."""
        while self.failures < MOST_ATTEMPTS:
            try:
                processed = self.run_batch()
                if processed is None:
                    break
                left = self.env["association.campaign.line"].search_count(self._get_ready_domain())
                more_time = self.env["ir.cron"]._commit_progress(processed, remaining=left)
            except TRANSIENT_ERRORS as error:
                self._go_on_in_smaller_steps(error)
                continue
            if not more_time:
                # The scheduler gives a job ten turns, then may sleep for a minute: it is woken at once.
                self.campaign._wake("cron_run_campaigns")
                return
        # Nothing more to do by now: the scheduler comes again in a minute.
        self.env["ir.cron"]._commit_progress(0, remaining=0)

    def _go_on_in_smaller_steps(self, error):
        """Take a smaller batch after a failure that only time fixes (a lock, two writers at once)."""
        _logger.info("Campaign %s: %s, again in smaller steps", self.campaign.id, type(error).__name__)
        self.env.cr.rollback()
        self.failures += 1
        self.next_size = max(self.next_size // 2, 1)
        time.sleep(PAUSE)

    def _get_ready_domain(self):
        return [("campaign_id", "=", self.campaign.id), ("state", "=", "ready")]

    # ---- a batch ----

    def run_batch(self):
        """Call the next recipients, in the present transaction.

        :return: how many were dealt with; None when there is nothing left to do here.
        """
        self.env.cr.execute(SQL("SET LOCAL lock_timeout = %s", LOCK_TIMEOUT))
        if not self.campaign.try_lock_for_update(allow_referencing=True):
            self.failures += 1
            time.sleep(PAUSE)
            return 0
        self.campaign.invalidate_recordset()
        if self.campaign.state != "running":
            return None
        runner = self.campaign._as_launcher()
        if not runner:
            return None
        lines = self._next_lines(runner)
        if not lines:
            return self._finish(runner)
        lines = self._lock_recipients(lines)
        if lines:
            runner._call(lines)
            self.next_size, self.failures = self.batch_size, 0
        return len(lines)

    def _next_lines(self, runner):
        """Return the recipients of the next batch; those of one payer stay together."""
        lines = runner.env["association.campaign.line"]
        domain = [*self._get_ready_domain(), ("id", "not in", list(self.put_off))]
        found = lines.search(domain, order="payer_id, id", limit=self.next_size)
        if runner.one_call_per_payer and found[-1:].payer_id:
            found |= lines.search([*domain, ("payer_id", "=", found[-1].payer_id.id)], order="id")
        return found

    def _lock_recipients(self, lines):
        """Lock these lines and their contacts; put off those that somebody else is changing."""
        if self.next_size == 1 and self.failures > 1:
            # Alone, it failed for want of a lock again and again: the others first.
            self.put_off.update(lines.ids)
            self.next_size = self.batch_size
            return lines.browse()
        partners = lines.partner_id | lines.payer_id
        rows = self.env.execute_query(
            SQL("SELECT id FROM res_partner WHERE id IN %s FOR KEY SHARE SKIP LOCKED", tuple(partners.ids))
        )
        free = {row[0] for row in rows}
        held = lines - lines.sudo().try_lock_for_update().sudo(False)
        held |= lines.filtered(lambda line: line.partner_id.id not in free or line.payer_id.id not in {*free, False})
        if self.campaign.one_call_per_payer:
            payers = held.payer_id
            held |= lines.filtered(lambda line: line.payer_id in payers)
        self.put_off.update(held.ids)
        return lines - held

    def _finish(self, runner):
        """End the run; those who were put off are tried once more, then set aside."""
        if self.put_off and not self.last_try:
            time.sleep(PAUSE)
            self.last_try, self.put_off = True, set()
            return 0
        runner.env["association.campaign.line"].browse(self.put_off)._set_aside(
            "busy",
            runner.env._(
                "Somebody else was changing this contact while the calls were issued: press “Call the set aside again”."
            ),
        )
        runner._end_run()
        return None
