"""The minutes of a meeting, and the archive of all that proves it."""

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.hold import hold
from odoo.exceptions import UserError

from . import assembly_file


class GovernanceMeeting(models.Model):
    _inherit = "governance.meeting"

    minutes_ids = fields.One2many("governance.minutes", "meeting_id", string="Minutes of the meeting")
    minutes_state = fields.Selection(
        [("none", "To write"), ("draft", "To approve"), ("approved", "Approved")],
        compute="_compute_minutes_state",
        compute_sudo=True,
        string="State of the minutes",
    )

    @api.depends("minutes_ids.state")
    def _compute_minutes_state(self):
        for meeting in self:
            meeting.minutes_state = meeting.minutes_ids.state or "none"

    def action_minutes(self):
        """Open the minutes; the first time, draft them from what the meeting has recorded."""
        self.ensure_one()
        self.check_access("write")
        hold(self)
        if self.state not in ("open", "closed"):
            raise UserError(self.env._("“%s” was not held: there is nothing to write in its minutes.", self.name))
        minutes = self.minutes_ids or self.env["governance.minutes"].create({"meeting_id": self.id})
        if not minutes.body:
            minutes.action_draft()
        return minutes._get_records_action(name=self.env._("Minutes – %s", self.name))

    def action_assembly_file(self):
        """Download all that proves the meeting, as one archive."""
        self.ensure_one()
        self.check_access("write")
        content = assembly_file.make_archive(self)
        return self.env["association.spreadsheet"]._download_file(
            self.env._("File of the meeting – %s.zip", self.name), content
        )
