"""What a membership was at a past day, for the register."""

from collections import defaultdict

from odoo import models

from ...calculation.history.register_at import MembershipFacts
from ..register.call_facts import make_call, share_documents
from ..register.settlements import read_settlements


class AssociationMembership(models.Model):
    _inherit = "association.membership"

    def _get_facts_at(self, calls):
        self.ensure_one()
        return MembershipFacts(
            admission=self.admission,
            applied_on=self.applied_on or None,
            decided_on=self.admission_decided_on or None,
            date_from=self.date_from,
            date_to=self.date_to,
            ended_on=self.ended_on or None,
            withdrawn_on=self.withdrawn_on or None,
            calls=tuple(calls),
            is_free=self._is_free(),
            settled_elsewhere_on=self.settled_elsewhere_on or None,
            called_counts=self.category_id.called_counts,
        )

    def _get_calls_at(self, day):
        """Return {membership id: its calls as they stood at a day}.

        What is dated after the day did not exist. A document without a date, or cancelled since, is
        shown as it stands now.
        """
        lines = (
            self.env["account.move.line"]
            .sudo()
            .search_fetch(
                [
                    ("membership_id", "in", self.ids),
                    ("display_type", "=", "product"),
                    ("move_type", "in", ("out_invoice", "out_refund", "out_receipt")),
                ],
                ["membership_id", "move_id", "price_total"],
            )
        )
        moves = lines.move_id.filtered(lambda move: (move.invoice_date or move.date or day) <= day)
        posted = moves.filtered(lambda move: move.state == "posted")
        settlements = read_settlements(posted, day)
        parts = share_documents(posted, settlements, posted._get_announced_at(day, settlements))
        calls = defaultdict(list)
        for (membership, move), own in lines.grouped(lambda line: (line.membership_id, line.move_id)).items():
            if move in moves:
                calls[membership.id].append(make_call(membership, move, own, parts))
        return calls
