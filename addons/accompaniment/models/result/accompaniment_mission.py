"""What a mission found and brought: findings, domains, definitions, recommendations, plans and their actions."""

from odoo import fields, models


class AccompanimentMission(models.Model):
    _inherit = "accompaniment.mission"

    finding_ids = fields.One2many("accompaniment.finding", "mission_id", string="Findings")
    domain_before_ids = fields.One2many(
        "accompaniment.strategic.domain", "mission_id", string="Domains before", domain=[("moment", "=", "before")]
    )
    domain_after_ids = fields.One2many(
        "accompaniment.strategic.domain", "mission_id", string="Domains after", domain=[("moment", "=", "after")]
    )
    definition_ids = fields.One2many("accompaniment.definition", "mission_id", string="Shared definitions")
    recommendation_ids = fields.One2many("accompaniment.recommendation", "mission_id", string="Recommendations")
    action_plan_ids = fields.One2many("accompaniment.action.plan", "mission_id", string="Action plans")
    commitment_ids = fields.One2many("association.commitment", "mission_id", string="Actions")
    commitment_count = fields.Integer(compute="_compute_commitment_count", string="Number of actions")

    def _compute_commitment_count(self):
        counts = dict(
            self.env["association.commitment"]._read_group(
                [("mission_id", "in", self.ids)], ["mission_id"], ["__count"]
            )
        )
        for mission in self:
            mission.commitment_count = counts.get(mission._origin, 0)

    def action_view_commitments(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("accompaniment.action_accompaniment_commitment")
        return {
            **action,
            "domain": [("mission_id", "=", self.id)],
            "context": {"default_mission_id": self.id, "default_company_id": self.company_id.id},
        }
