"""The votes of a meeting."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...calculation.meeting.voices import Carried


class GovernanceMeeting(models.Model):
    _inherit = "governance.meeting"

    resolution_ids = fields.One2many("governance.resolution", "meeting_id", string="Votes")

    def action_close(self):
        self.check_access("write")
        open_votes = self.resolution_ids.filtered(lambda resolution: resolution.state == "open")
        if open_votes:
            raise UserError(
                self.env._("A vote is under way: “%s”. Close it, or withdraw it, before the meeting.", open_votes[0].name)
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

    def _get_voting_parts(self, at_distance):
        """Return the voices in each voter's hands, as a list of :class:`voices.Carried`.

        :param at_distance: whether all who were convened vote for themselves, there or not: in writing, or on a server.
        """
        self.ensure_one()
        if not at_distance:
            return self._get_carried()[0]
        parts = {}
        for line in self.attendance_ids.sorted("id"):
            parts.setdefault(line._get_unit(), Carried(line.id, line._get_unit(), line.voices, None))
        return list(parts.values())

    def _get_convened_voices(self):
        """Return {college: voices of all who were convened}, each member once."""
        self.ensure_one()
        voices, seen = {}, set()
        for line in self.attendance_ids:
            if (unit := line._get_unit()) not in seen:
                seen.add(unit)
                voices[line.college_id] = voices.get(line.college_id, 0) + line.voices
        return voices
