"""What is at stake in a mission."""

from odoo import fields, models


class AccompanimentStake(models.Model):
    _name = "accompaniment.stake"
    _description = "Stake of a Mission"
    _inherit = ["accompaniment.mission.part"]
    _order = "mission_id, sequence, id"

    name = fields.Char(required=True)
    description = fields.Text(string="Why it matters")
    results = fields.Text(help="What the mission brought on this stake, one result a line.")
