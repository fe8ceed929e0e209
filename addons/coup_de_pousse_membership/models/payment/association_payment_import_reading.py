"""A long file is read in the background: batch by batch, each in a transaction of its own.

What is read stands in the lines: a server that is killed goes on after the last of them, and so does
who has stopped the reading. Nothing can be confirmed before the whole file is read, and its lines
are matched together.
"""

import logging

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools import split_every

_logger = logging.getLogger(__name__)

#: A longer file is read in the background.
BACKGROUND_ROWS = 1000
#: Lines read, or proposals stored, between two commits.
BATCH = 250
#: Lines of one go of the job at least: each go reads the file, and matches all lines, anew.
GO = 500


class AssociationPaymentImport(models.Model):
    _inherit = "association.payment.import"

    # Not the last writer, who is whoever flushes.
    user_id = fields.Many2one("res.users", string="Confirmed by", readonly=True, copy=False)
    row_count = fields.Integer(readonly=True, copy=False, help="Lines of the file below the headers.")
    progress = fields.Float(compute="_compute_progress", string="Progress (%)")
    progress_text = fields.Char(compute="_compute_progress", string="Progress")

    @api.depends("state", "line_ids.state", "line_ids.reason", "row_count")
    def _compute_progress(self):
        groups = self.env["association.payment.import.line"]._read_group(
            [("import_id", "in", self.ids)], ["import_id", "state"], ["__count", "reason:count"]
        )
        counts = {(record, state): (count, explained) for record, state, count, explained in groups}
        for record in self:
            if record.state == "reading":
                read = sum(count for (other, _state), (count, _explained) in counts.items() if other == record)
                todo, matched = counts.get((record, "todo"), (0, 0))
                record.progress = 50.0 * read / (record.row_count or 1) + 50.0 * matched / (todo or 1)
                record.progress_text = record._reading_sentence(read, todo, matched)
            else:
                done, queued = (counts.get((record, state), (0, 0))[0] for state in ("done", "queued"))
                record.progress = 100.0 * done / (done + queued or 1)
                record.progress_text = self.env._(
                    "%(done)s of %(total)s payments booked and matched", done=done, total=done + queued
                )

    def _reading_sentence(self, read, todo, matched):
        if not read:
            return self.env._("Waiting for its turn…")
        if not matched:
            return self.env._("%(done)s of %(total)s lines read", done=read, total=self.row_count)
        return self.env._("Calls looked for: %(done)s of %(total)s payments", done=matched, total=todo)

    def _read_lines(self, table):
        """Read the lines now; of a long file, in the background."""
        self.row_count = len(table.rows)
        if self.row_count > BACKGROUND_ROWS:
            self.write({"state": "reading", "notice": False, "user_id": self.env.uid})
            self.env.ref("coup_de_pousse_membership.cron_read_payments").sudo()._trigger()
        else:
            for _done in self._reading_steps(table):
                pass

    def _reading_steps(self, table):
        """Create the lines that are not read yet, then match all; stop for a commit between two batches."""
        Line = self.env["association.payment.import.line"]
        movements = self._read_movements(table)
        known = self._get_known(movements)
        last = max(self.line_ids.mapped("number"), default=0)
        for batch in split_every(BATCH, (movement for movement in movements if movement.line > last)):
            Line.create([self._prepare_line(movement, known.get(movement.line)) for movement in batch])
            yield len(batch)
        lines = self.line_ids.filtered(lambda line: line.state == "todo")
        proposals = lines._match()
        for batch in split_every(BATCH, lines.ids):
            Line.browse(batch)._store_proposals(proposals)
            yield len(batch)
        self._settle_state()

    def action_stop(self):
        """Stop reading or booking: what is done stays, and the button that began it goes on."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "reading":
            notice = self.env._(
                "The reading was stopped (%(progress)s). Press “Read the file” to go on.", progress=self.progress_text
            )
            self.write({"state": "draft", "notice": notice})
        elif self.state == "running":
            self.line_ids.filtered(lambda line: line.state == "queued")._write_proposal({"state": "todo"})
            self._settle_state()
        else:
            raise UserError(self.env._("Nothing is being done with this file: there is nothing to stop."))

    # ----------------------------------------------------------------------------------------------
    # The job
    # ----------------------------------------------------------------------------------------------
    @api.model
    def _cron_read(self):
        """Read the files that wait."""
        for record in self.search([("state", "=", "reading")], order="id"):
            user = record.user_id
            own = record.with_user(user).with_context(
                lang=user.lang, tz=user.tz, allowed_company_ids=record.company_id.ids
            )
            try:
                if not own._read_until_stopped():
                    return
            except Exception as error:
                self.env.cr.rollback()
                _logger.exception("Reading of %s failed", record)
                own.write({"state": "draft", "notice": own._failure_sentence(error)})
                self.env["ir.cron"]._commit_progress()

    def _read_until_stopped(self):
        """Read one file, as long as nobody stops it; return whether the job has time left."""
        steps, gone = None, 0
        while self._hold_for_reading():
            steps = steps or self._reading_steps(self._read_file())
            done = next(steps, 0)
            gone += done
            left = self.env["ir.cron"]._commit_progress(done, remaining=int(self.state == "reading"))
            if not left and gone >= GO:
                return False
        return True

    def _hold_for_reading(self):
        """Lock the file for the next batch; return False if it is no longer to be read."""
        try:
            self.sudo().lock_for_update(allow_referencing=True)
        except LockError:
            # Somebody is stopping it, or at work on it: the next run goes on.
            return False
        self.invalidate_recordset(["state"])
        return self.state == "reading"

    def _failure_sentence(self, error):
        if isinstance(error, UserError):
            return str(error)
        return self.env._(
            "The reading failed: an error that was not expected (%(error)s) stands in the log of the server. Press "
            "“Read the file” to go on.",
            error=type(error).__name__,
        )
