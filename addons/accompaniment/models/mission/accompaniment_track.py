"""Parallel tracks of a mission, such as one in each territory."""

from odoo import fields, models


class AccompanimentTrack(models.Model):
    """A part of the mission that goes on in one territory, beside others; what has no track is common."""

    _name = "accompaniment.track"
    _description = "Track of a Mission"
    _inherit = ["accompaniment.mission.part"]
    _order = "mission_id, sequence, id"

    name = fields.Char(required=True)
    territory_id = fields.Many2one("association.territory", ondelete="restrict")
    color = fields.Integer()
    note = fields.Char(string="Who leads it, where")
