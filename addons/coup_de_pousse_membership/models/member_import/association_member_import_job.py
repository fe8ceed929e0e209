"""The writing of a long list, in the background, with progress: still everything or nothing."""

import logging

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError

_logger = logging.getLogger(__name__)


class ImportStopped(Exception):
    """Somebody pressed “Stop”."""


class AssociationMemberImport(models.Model):
    _inherit = "association.member.import"

    progress_ids = fields.One2many("association.member.import.progress", "import_id", string="Attempts", copy=False)
    progress = fields.Float(
        compute="_compute_progress", string="Written (%)", help="Share of the lines that are written, in percent."
    )
    progress_text = fields.Char(compute="_compute_progress", string="Writing")

    @api.depends("progress_ids.done", "progress_ids.total", "progress_ids.started_on", "progress_ids.is_stopped")
    def _compute_progress(self):
        for record in self:
            step = record.sudo().progress_ids[:1]
            record.progress = 100.0 * step.done / step.total if step.total else 0.0
            record.progress_text = record._progress_sentence(step)

    def _progress_sentence(self, step):
        if step.is_stopped:
            return self.env._("Stopping…")
        if not step.started_on:
            return self.env._("Waiting for its turn…")
        if not step.total:
            return self.env._("Checking the list against the contacts…")
        return self.env._("%(done)s of %(total)s lines written", done=step.done, total=step.total)

    # ----------------------------------------------------------------------------------------------
    # What the user does
    # ----------------------------------------------------------------------------------------------
    def _queue(self):
        """Have the list written in the background."""
        self.write({"state": "running", "notice": False})
        self.sudo().progress_ids.unlink()
        self.env["association.member.import.progress"].sudo().create({"import_id": self.id, "user_id": self.env.uid})
        self.env.ref("coup_de_pousse_membership.cron_write_imports").sudo()._trigger()

    def action_stop(self):
        """Have the writing stopped: nothing of it stays."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "running":
            raise UserError(self.env._("This import is not being written: there is nothing to stop."))
        # Not the row of the import, which the writing holds.
        self.sudo().progress_ids[:1].is_stopped = True

    # ----------------------------------------------------------------------------------------------
    # The job
    # ----------------------------------------------------------------------------------------------
    @api.model
    def _cron_write_imports(self):
        """Write the lists that wait, each in one transaction."""
        waiting = self.search([("state", "=", "running")], order="write_date, id")
        for left, record in zip(range(len(waiting) - 1, -1, -1), waiting, strict=True):
            record._run_job()
            self.env["ir.cron"]._commit_progress(1, remaining=left)

    def _run_job(self):
        """Write one list, or take it back to its preview with the reason."""
        self.ensure_one()
        step = self.progress_ids[:1]
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError:
            return
        record = self.with_user(step.user_id or self.env.user).with_context(
            lang=step.user_id.lang, tz=step.user_id.tz, allowed_company_ids=self.company_id.ids, import_step=step.id
        )
        if step.started_on or not step:
            # The process that wrote it was killed: PostgreSQL has undone all it did.
            self._take_back(
                record.env._(
                    "Nothing was imported: the server was stopped while it was writing. Press “Import” to start again."
                )
            )
            return
        self._tell_apart({"started_on": fields.Datetime.now()}, step)
        try:
            with self.env.cr.savepoint():
                record.state = "previewed"
                record._write_if_unchanged()
        except ImportStopped:
            self._take_back(record.env._("Nothing was imported: the writing was stopped."))
        except UserError as error:
            self._take_back(record.env._("Nothing was imported: %(reason)s", reason=error.args[0]))
        except Exception as error:
            _logger.exception("Import %s failed", self.id)
            self._take_back(
                record.env._(
                    "Nothing was imported: an error that was not expected (%(error)s) stands in the log of the "
                    "server. Press “Import” to try again.",
                    error=type(error).__name__,
                )
            )

    def _take_back(self, notice):
        """Show the preview again, with what happened."""
        self.env.invalidate_all(flush=False)
        self.write({"state": "previewed", "notice": notice})

    def _tell_progress(self, done, total):
        """Tell how many lines are written; stop if somebody asked to.

        :raise ImportStopped: somebody pressed “Stop”.
        """
        super()._tell_progress(done, total)
        step = self.env["association.member.import.progress"].browse(self.env.context.get("import_step"))
        if step and self._tell_apart({"done": done, "total": total}, step):
            raise ImportStopped

    def _tell_apart(self, vals, step):
        """Write progress in a transaction of its own; return whether somebody asked to stop."""
        with self.env.registry.cursor() as cr:
            known = self.env(cr=cr, user=api.SUPERUSER_ID)[step._name].browse(step.id)
            known.write(vals)
            return known.is_stopped
