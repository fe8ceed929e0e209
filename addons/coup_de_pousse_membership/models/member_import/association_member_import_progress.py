"""How far the writing of a long list is, seen by others while it is written."""

from datetime import timedelta

from odoo import api, fields, models

#: Time after which a writing that met a lock is tried again.
RETRY_AFTER = timedelta(minutes=1)


class AssociationMemberImportProgress(models.Model):
    """How far the writing of an import is.

    A table of its own: the writing is one transaction, which nobody sees before its end, so progress
    is told, and the wish to stop is heard, through another one. That one must not wait for the row of
    the import, which the writing holds.
    """

    _name = "association.member.import.progress"
    _description = "Progress of an Import of Members"
    _order = "id desc"

    import_id = fields.Many2one("association.member.import", required=True, ondelete="cascade", index=True)
    user_id = fields.Many2one("res.users", string="Confirmed by", required=True, ondelete="cascade")
    started_on = fields.Datetime(help="Empty until the writing begins.")
    done = fields.Integer(help="Lines written.")
    total = fields.Integer(help="Lines to write.")
    is_stopped = fields.Boolean(help="Somebody pressed “Stop”.")

    def _sentence(self):
        """Return how far the writing is, in words; without any progress, it waits."""
        if self.is_stopped:
            return self.env._("Stopping…")
        if not self.started_on:
            return self.env._("Waiting for its turn…")
        if not self.total:
            return self.env._("Checking the list against the contacts…")
        if self.done >= self.total and self.import_id.state == "running":
            return self.env._("All lines are written: the register is brought up to date…")
        return self.env._("%(done)s of %(total)s lines written", done=self.done, total=self.total)

    def _write_in_own_transaction(self, vals):
        """Write progress so that others see it at once; return whether somebody asked to stop."""
        with self.env.registry.cursor() as cr:
            known = self.with_env(self.env(cr=cr, user=api.SUPERUSER_ID))
            known.write(vals)
            return known.is_stopped

    def _give_back(self):
        """Note that nothing is written yet, and have it tried again: another transaction was in the way."""
        with self.env.registry.cursor() as cr:
            known = self.with_env(self.env(cr=cr, user=api.SUPERUSER_ID))
            known.write({"started_on": False, "done": 0, "total": 0})
            cron = known.env.ref("coup_de_pousse_membership.cron_write_imports")
            cron._trigger(at=fields.Datetime.now() + RETRY_AFTER)
