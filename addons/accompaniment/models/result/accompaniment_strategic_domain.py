"""Domains of activity, before the mission and after it."""

from odoo import fields, models


class AccompanimentStrategicDomain(models.Model):
    _name = "accompaniment.strategic.domain"
    _description = "Strategic Activity Domain"
    _inherit = ["accompaniment.mission.part"]
    _order = "mission_id, moment desc, sequence, id"

    name = fields.Char(string="Domain", required=True)
    moment = fields.Selection([("before", "Before"), ("after", "After")], required=True, default="before")
    description = fields.Text(string="Activities")
    origin_ids = fields.Many2many(
        "accompaniment.strategic.domain",
        "accompaniment_strategic_domain_origin_rel",
        "after_id",
        "before_id",
        string="Comes from",
        domain="[('mission_id', '=', mission_id), ('moment', '=', 'before')]",
        check_company=True,
    )
