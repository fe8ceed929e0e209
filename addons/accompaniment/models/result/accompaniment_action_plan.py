"""Action plans that a mission leads to."""

from odoo import api, fields, models


class AccompanimentActionPlan(models.Model):
    _name = "accompaniment.action.plan"
    _description = "Action Plan"
    _inherit = ["accompaniment.mission.part"]
    _order = "mission_id, sequence, id"

    name = fields.Char(required=True)
    stake_id = fields.Many2one(
        "accompaniment.stake",
        ondelete="set null",
        domain="[('mission_id', '=', mission_id)]",
        index="btree_not_null",
        check_company=True,
    )
    aim = fields.Text()
    commitment_ids = fields.One2many("association.commitment", "action_plan_id", string="Actions")
    commitment_count = fields.Integer(string="Number of actions", compute="_compute_progress")
    done_count = fields.Integer(string="Done", compute="_compute_progress")
    overdue_count = fields.Integer(string="Overdue", compute="_compute_progress")

    @api.depends("commitment_ids.ladder", "commitment_ids.deadline")
    def _compute_progress(self):
        for plan in self:
            actions = plan.commitment_ids
            plan.commitment_count = len(actions)
            plan.done_count = len(actions.filtered(lambda action: action.ladder == "done"))
            plan.overdue_count = len(actions.filtered("is_overdue"))

    def action_view_commitments(self):
        self.ensure_one()
        action = self.mission_id.action_view_commitments()
        return {
            **action,
            "name": self.name,
            "domain": [("action_plan_id", "=", self.id)],
            "context": {**action["context"], "default_action_plan_id": self.id},
        }
