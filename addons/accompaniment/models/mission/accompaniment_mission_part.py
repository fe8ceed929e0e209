"""What all parts of a mission have in common."""

from odoo import fields, models


class AccompanimentMissionPart(models.AbstractModel):
    """What belongs to a mission, and lives and dies with it."""

    _name = "accompaniment.mission.part"
    _description = "Part of a Mission"
    _inherit = ["association.part"]
    _placed_by = frozenset({"mission_id"})

    mission_id = fields.Many2one(
        "accompaniment.mission", required=True, ondelete="cascade", index=True, check_company=True
    )
    company_id = fields.Many2one(related="mission_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
