"""The diagnoses of a mission."""

from odoo import fields, models


class AccompanimentMission(models.Model):
    _inherit = "accompaniment.mission"

    diagnostic_ids = fields.One2many("accompaniment.diagnostic", "mission_id", string="Diagnoses")

    def _after_write(self, vals):
        if {"referent_id", "adviser_ids"} & vals.keys():
            self.diagnostic_ids._keep_team()
        return super()._after_write(vals)
