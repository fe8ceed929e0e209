"""Letters that reached nobody, among what needs doing."""

from odoo import models

from ..letter.association_reminder_log import UNREACHED


class AssociationOverview(models.AbstractModel):
    _inherit = "association.overview"

    def _get_cards(self, grid, today):
        return [*super()._get_cards(grid, today), self._card_letters()]

    def _card_letters(self):
        """Calls and reminders without an address, come back or failed, whose call is still to be paid."""
        if not self._sees_calls():
            return None
        domain = self._here(("state", "in", UNREACHED), ("move_id.payment_state", "in", ("not_paid", "partial")))
        count = self.env["association.reminder.log"].search_count(domain)
        return self._prepare_card(
            "letters",
            "action_association_reminder_log",
            domain,
            icon="fa-envelope-o",
            title=self.env._("Letters that reached nobody"),
            count=count,
            unit=self.env._("letters") if count > 1 else self.env._("letter"),
            sentence=self.env._("to be posted, or sent again to another address"),
        )
