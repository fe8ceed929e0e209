"""What belongs to a meeting, and to its association."""

from odoo import fields, models


class GovernanceMeetingPart(models.AbstractModel):
    _name = "governance.meeting.part"
    _description = "Part of a Meeting"
    _inherit = ["association.part"]
    _placed_by = frozenset({"meeting_id"})

    meeting_id = fields.Many2one(
        "governance.meeting", required=True, ondelete="cascade", index=True, check_company=True
    )
    company_id = fields.Many2one(related="meeting_id.company_id", store=True, index=True, precompute=True)
