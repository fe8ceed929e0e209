"""Votes by post: who sent one counts as there."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class GovernanceAttendance(models.Model):
    _inherit = "governance.attendance"

    post_vote = fields.Boolean(string="Voted by post", copy=False)

    @api.constrains("post_vote")
    def _check_post_vote(self):
        for line in self:
            if line.post_vote and not line.meeting_id.by_post:
                raise ValidationError(
                    self.env._(
                        "%(meeting)s takes no votes by post. If the statutes provide for them, tick “%(field)s” on the "
                        "meeting.",
                        meeting=line.meeting_id.name,
                        field=self.env["governance.meeting"]._fields["by_post"]._description_string(self.env),
                    )
                )
