"""A stay at a meeting, from an arrival to a departure: who comes back has another one."""

from odoo import fields, models


class GovernanceStay(models.Model):
    """Written by the page for the door alone. That one is open at a time is kept by the database: two doors, one mark."""

    _name = "governance.stay"
    _description = "Stay at a Meeting"
    _inherit = ["association.part"]
    _order = "arrived_at, id"

    attendance_id = fields.Many2one(
        "governance.attendance", required=True, readonly=True, ondelete="cascade", index=True, check_company=True
    )
    meeting_id = fields.Many2one(related="attendance_id.meeting_id", store=True, index=True, precompute=True)
    company_id = fields.Many2one(related="attendance_id.company_id", store=True, index=True, precompute=True)
    arrived_at = fields.Datetime(required=True, readonly=True)
    left_at = fields.Datetime(readonly=True)

    _one_open = models.UniqueIndex("(attendance_id) WHERE left_at IS NULL", "This person is marked as present already.")
    _in_order = models.Constraint("CHECK (arrived_at <= left_at)", "Nobody leaves before they arrive.")
