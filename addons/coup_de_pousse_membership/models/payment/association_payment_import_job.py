"""Many lines are booked in the background: batch by batch, each in a transaction of its own.

A server that is killed loses the batch at work only, which is booked when it runs again: what is
queued stands in the lines themselves.
"""

import logging

from odoo import api, models
from odoo.exceptions import LockError, UserError

from . import association_payment_import as payment_import

_logger = logging.getLogger(__name__)

#: Lines booked between two commits.
BATCH = 200


class AssociationPaymentImportLine(models.Model):
    _inherit = "association.payment.import.line"

    def _confirm(self):
        """Book these lines now; a long list, in the background."""
        self._check_access_to_book()
        imports = self.import_id
        for record in imports:
            record._lock()
        fresh = self.filtered(lambda line: line.state == "todo")
        if len(self) > payment_import.BACKGROUND_LINES and fresh:
            fresh._write_proposal({"state": "queued"})
            imports.user_id = self.env.user
            imports._settle_state()
            self.env.ref("coup_de_pousse_membership.cron_book_payments").sudo()._trigger()
            return None
        refused = self._reconcile_lines()
        imports._settle_state()
        return self._tell_booked(refused)

    def _tell_booked(self, refused):
        done = self.filtered(lambda line: line.state == "done")
        message = self.env._("%(count)s payments booked and matched.", count=len(done))
        if refused:
            message += " " + self.env._(
                "%(count)s were left: their calls have been paid meanwhile.", count=len(refused)
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if refused else "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _reconcile_each(self):
        """Book lines; where that fails, halve them until the culprit stands alone, and say why."""
        try:
            with self.env.cr.savepoint():
                self._reconcile_lines()
            return
        except UserError as error:
            reason = str(error)
        except Exception as error:
            _logger.exception("Booking of %s lines failed", len(self))
            reason = self.env._(
                "an error that was not expected (%(error)s) stands in the log of the server",
                error=type(error).__name__,
            )
        self.env.invalidate_all(flush=False)
        if len(self) == 1:
            reason = self.env._("It could not be booked: %(reason)s", reason=reason)
            self._write_proposal({"state": "todo", "certainty": "none", "reason": reason})
            return
        half = len(self) // 2
        self[:half]._reconcile_each()
        self[half:]._reconcile_each()

    @api.model
    def _cron_book(self):
        """Book what waits, in batches that are committed one by one."""
        while lines := self.search([("state", "=", "queued")], limit=BATCH, order="import_id, number, id"):
            record = lines[0].import_id
            try:
                record.lock_for_update()
            except LockError:
                # Somebody is at work on it: the next run goes on.
                return
            batch = lines.filtered(lambda line, record=record: line.import_id == record)
            user = record.user_id or record.create_uid
            batch = batch.with_user(user).with_context(lang=user.lang, allowed_company_ids=record.company_id.ids)
            batch._reconcile_each()
            batch.import_id._settle_state()
            left = self.search_count([("state", "=", "queued")])
            if not self.env["ir.cron"]._commit_progress(len(batch), remaining=left):
                break
