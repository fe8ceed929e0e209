"""What a workshop answers, and what was decided in it."""

from odoo import api, fields, models


class AccompanimentWorkshop(models.Model):
    _inherit = "accompaniment.workshop"

    finding_ids = fields.Many2many(
        "accompaniment.finding",
        string="Findings answered",
        domain="[('mission_id', '=', mission_id)]",
        check_company=True,
    )
    commitment_ids = fields.One2many("association.commitment", "workshop_id", string="Actions decided")

    @api.constrains("mission_id", "finding_ids", "commitment_ids")
    def _check_results(self):
        self.finding_ids._check_mission()
        self.commitment_ids._check_mission()
