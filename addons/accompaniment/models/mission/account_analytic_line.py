"""Days worked for missions, as analytic lines."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AccountAnalyticLine(models.Model):
    """A day worked for a mission: dated, by somebody of the staff or a consultant.

    ``amount`` stays 0: whoever reads the accounts would see the cost of each person there. The cost
    is in a field of its own, for the coordinator.
    """

    _inherit = "account.analytic.line"
    _placed_by = frozenset({"accompaniment_mission_id"})

    accompaniment_mission_id = fields.Many2one(
        "accompaniment.mission", string="Mission", index="btree_not_null", ondelete="restrict", check_company=True
    )
    accompaniment_phase_id = fields.Many2one(
        "accompaniment.phase",
        string="Phase",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('mission_id', '=', accompaniment_mission_id)]",
        check_company=True,
    )
    intervener_id = fields.Many2one(
        "res.partner",
        string="Worked by",
        ondelete="restrict",
        index="btree_not_null",
        help="Who worked: an adviser or a consultant.",
    )
    accompaniment_cost = fields.Monetary(
        string="Cost",
        compute="_compute_accompaniment_cost",
        store=True,
        readonly=False,
        groups="accompaniment.group_accompaniment_coordinator",
        help="What these days cost the association.",
    )

    _accompaniment_days_positive = models.Constraint(
        "CHECK (accompaniment_mission_id IS NULL OR unit_amount > 0)",
        "Enter how many days were worked, more than 0.",
    )
    _accompaniment_days_plausible = models.Constraint(
        "CHECK (accompaniment_mission_id IS NULL OR unit_amount <= 31)",
        "One entry is for 31 days at most: enter the days of each month apart.",
    )
    _accompaniment_days_without_amount = models.Constraint(
        "CHECK (accompaniment_mission_id IS NULL OR amount = 0)",
        "Days worked carry no amount: what they cost follows from the cost of a day.",
    )
    _accompaniment_days_by_somebody = models.Constraint(
        "CHECK (accompaniment_mission_id IS NULL OR intervener_id IS NOT NULL)",
        "Say who worked these days.",
    )

    @api.depends("intervener_id", "unit_amount")
    def _compute_accompaniment_cost(self):
        costs = {
            (cost.partner_id.id, cost.company_id.id): cost.amount
            for cost in self.env["accompaniment.day.cost"]
            .sudo()
            .search([("partner_id", "in", self.intervener_id.ids), ("company_id", "in", self.company_id.ids)])
        }
        for line in self:
            day_cost = costs.get((line.intervener_id.id, line.company_id.id), 0.0)
            line.accompaniment_cost = line.unit_amount * day_cost if line.accompaniment_mission_id else 0.0

    @api.constrains("accompaniment_mission_id", "accompaniment_phase_id", "account_id")
    def _check_accompaniment_phase(self):
        for line in self.filtered(lambda line: line.accompaniment_mission_id or line.accompaniment_phase_id):
            mission = line.accompaniment_mission_id
            if line.accompaniment_phase_id and line.accompaniment_phase_id.mission_id != mission:
                raise ValidationError(
                    self.env._(
                        "The phase %(phase)s belongs to another mission than %(mission)s.",
                        phase=line.accompaniment_phase_id.name,
                        mission=mission.name or "",
                    )
                )
            if line.account_id != mission.sudo().analytic_account_id:
                raise ValidationError(
                    self.env._("Days of %(mission)s go to its own analytic account.", mission=mission.name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        missions = self.env["accompaniment.mission"]
        phases = self.env["accompaniment.phase"].browse(
            {vals["accompaniment_phase_id"] for vals in vals_list if vals.get("accompaniment_phase_id")}
        )
        mission_of = {phase.id: phase.mission_id.id for phase in phases}
        for vals in vals_list:
            if vals.get("accompaniment_phase_id"):
                vals.setdefault("accompaniment_mission_id", mission_of[vals["accompaniment_phase_id"]])
        for vals in vals_list:
            mission = missions.browse(vals.get("accompaniment_mission_id"))
            if mission:
                self._complete_accompaniment_day(vals, mission)
        return super().create(vals_list)

    def _complete_accompaniment_day(self, vals, mission):
        """Give the values of a day what follows from its mission."""
        vals["account_id"] = mission.sudo().analytic_account_id.id
        vals["company_id"] = mission.company_id.id
        vals["product_uom_id"] = self.env.ref("uom.product_uom_day").id
        vals["intervener_id"] = vals.get("intervener_id") or self.env.user.partner_id.id
        vals["name"] = vals.get("name") or mission.name

    def write(self, vals):
        if vals.get("accompaniment_mission_id"):
            mission = self.env["accompaniment.mission"].browse(vals["accompaniment_mission_id"])
            vals = {**vals, "account_id": mission.sudo().analytic_account_id.id}
        return super().write(vals)
