"""What the mission recommends, and what was answered."""

from odoo import fields, models


class AccompanimentRecommendation(models.Model):
    _name = "accompaniment.recommendation"
    _description = "Recommendation"
    _inherit = ["accompaniment.mission.part"]
    _order = "mission_id, sequence, id"

    name = fields.Char(string="Recommendation", required=True)
    stake_id = fields.Many2one(
        "accompaniment.stake",
        ondelete="set null",
        domain="[('mission_id', '=', mission_id)]",
        index="btree_not_null",
        check_company=True,
    )
    answer = fields.Selection(
        [("proposed", "Proposed"), ("accepted", "Accepted"), ("adapted", "Adapted"), ("declined", "Declined")],
        required=True,
        default="proposed",
    )
    note = fields.Text(string="Reasons")
