"""The writing of a long list, in the background, with progress: still everything or nothing."""

from odoo import fields
from odoo.exceptions import LockError, UserError

from ..common.batch import TRANSIENT_ERRORS, attempt, explain, run_as


class ImportStopped(Exception):
    """Somebody pressed “Stop”."""


class BackgroundWriting:
    """Has an import written in the background.

    :param record: the import.
    """

    def __init__(self, record):
        self._record = record

    def queue(self):
        """Have the list written as soon as the scheduler can, as who asks for it."""
        record = self._record
        record._write_facts({"state": "running", "notice": False})
        record.sudo().progress_ids.unlink()
        record.env["association.member.import.progress"].sudo().create(
            {"import_id": record.id, "user_id": record.env.uid}
        )
        record.env.ref("coup_de_pousse_membership.cron_write_imports").sudo()._trigger()

    def run(self):
        """Write the list, or take it back to its preview with the reason.

        :raise: one of :data:`TRANSIENT_ERRORS`: the list still waits, and is written in a while.
        """
        try:
            self._record.lock_for_update(allow_referencing=True)
        except LockError:
            # Somebody is at work on it.
            return
        step = self._record.progress_ids[:1]
        user = step.user_id or self._record.env.user
        record = run_as(self._record, user, self._record.company_id, association_import_step=step.id)
        if step.started_on or not step:
            # The process that wrote it was killed: PostgreSQL has undone all it did.
            self._take_back(
                record.env._(
                    "Nothing was imported: the server was stopped while it was writing. Press “Import” to start again."
                )
            )
            return
        step._write_in_own_transaction({"started_on": fields.Datetime.now()})
        try:
            error = attempt(record.env, lambda: self._write(record))
        except TRANSIENT_ERRORS:
            step._give_back()
            raise
        if error:
            self._take_back(self._failure(record.env, error))

    @staticmethod
    def _write(record):
        record._write_facts({"state": "previewed"})
        record._write_if_unchanged()

    def _failure(self, env, error):
        """Return why the writing was undone, in the words of who asked for it."""
        if isinstance(error, ImportStopped):
            return env._("Nothing was imported: the writing was stopped.")
        reason = explain(env, error, f"Import {self._record.id}")
        if isinstance(error, UserError):
            return env._("Nothing was imported: %(reason)s", reason=reason)
        return env._(
            "Nothing was imported: an error that was not expected (%(error)s) stands in the log of the "
            "server. Press “Import” to try again.",
            error=type(error).__name__,
        )

    def _take_back(self, notice):
        """Show the preview again, with what happened."""
        self._record._write_facts({"state": "previewed", "notice": notice})
