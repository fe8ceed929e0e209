"""The votes of a meeting."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...calculation.meeting.voices import Carried

#: Above the rank of any arrival.
AFTER_ALL = 2**40


class GovernanceMeeting(models.Model):
    _inherit = "governance.meeting"

    resolution_ids = fields.One2many("governance.resolution", "meeting_id", string="Votes")

    def action_close(self):
        self.check_access("write")
        open_votes = self.resolution_ids.filtered(lambda resolution: resolution.state == "open")
        if open_votes:
            raise UserError(
                self.env._(
                    "A vote is under way: “%s”. Close it, or withdraw it, before the meeting.", open_votes[0].name
                )
            )
        return super().action_close()

    def action_votes(self):
        """Open the votes of this meeting."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("network_governance.action_governance_resolution")
        return {
            **action,
            "domain": [("meeting_id", "=", self.id)],
            "context": {"default_meeting_id": self.id},
        }

    def _get_ranks(self):
        """Count who voted by post as there, after all who came."""
        ranks = super()._get_ranks()
        if not self.by_post:
            return ranks
        posted = self.env["governance.attendance"].search([("meeting_id", "=", self.id), ("post_vote", "=", True)])
        return {**{line: AFTER_ALL + line for line in posted.ids}, **ranks}

    def _get_voting_parts(self, roll, at_distance):
        """Return the voices in each voter's hands, as a list of :class:`voices.Carried`.

        :param roll: what :meth:`_read_roll` returns.
        :param at_distance: whether all who were convened vote for themselves, there or not: in writing, or on a server.
        """
        self.ensure_one()
        if not at_distance:
            return self._get_carried(roll)[0]
        parts = {}
        for one in roll:
            parts.setdefault(one.unit, Carried(one.line, one.unit, one.voices, None))
        return list(parts.values())

    def _get_convened_voices(self, roll=None):
        """Return {id of a college, or False: voices of all who were convened}, each member once."""
        self.ensure_one()
        voices, seen = {}, set()
        for one in roll or self._read_roll():
            if one.unit not in seen:
                seen.add(one.unit)
                voices[one.college] = voices.get(one.college, 0) + one.voices
        return voices
