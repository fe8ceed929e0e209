"""Days of a mission: planned by phase, used by dated time entries."""

from odoo import api, fields, models


class AccompanimentMission(models.Model):
    _inherit = "accompaniment.mission"

    phase_ids = fields.One2many("accompaniment.phase", "mission_id", string="Phases", copy=True)
    day_ids = fields.One2many("account.analytic.line", "accompaniment_mission_id", string="Days worked")
    analytic_account_id = fields.Many2one(
        "account.analytic.account", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    days_planned = fields.Float(
        string="Days planned", compute="_compute_days_planned", store=True, digits=(16, 2), aggregator="sum"
    )
    days_used = fields.Float(string="Days used", compute="_compute_days_used", store=True, digits=(16, 2))
    days_left = fields.Float(string="Days left", compute="_compute_days_left", store=True, digits=(16, 2))
    day_rate = fields.Monetary(
        string="Price of a day",
        compute="_compute_day_rate",
        store=True,
        precompute=True,
        readonly=False,
        help="Before tax.",
    )
    price = fields.Monetary(
        compute="_compute_price", store=True, help="Days planned at the price of a day, before tax."
    )

    _day_rate_not_negative = models.Constraint("CHECK (day_rate >= 0)", "The price of a day cannot be negative.")

    @api.depends("phase_ids.days_planned")
    def _compute_days_planned(self):
        for mission in self:
            mission.days_planned = sum(mission.phase_ids.mapped("days_planned"))

    @api.depends("day_ids.unit_amount")
    def _compute_days_used(self):
        used = dict(
            self.env["account.analytic.line"]
            .sudo()
            ._read_group(
                [("accompaniment_mission_id", "in", self.ids)], ["accompaniment_mission_id"], ["unit_amount:sum"]
            )
        )
        for mission in self:
            mission.days_used = used.get(mission._origin, 0.0)

    @api.depends("days_planned", "days_used")
    def _compute_days_left(self):
        for mission in self:
            mission.days_left = mission.days_planned - mission.days_used

    @api.depends("scheme_id")
    def _compute_day_rate(self):
        for mission in self:
            mission.day_rate = mission.scheme_id.day_rate or mission.day_rate

    @api.depends("days_planned", "day_rate", "currency_id")
    def _compute_price(self):
        for mission in self:
            price = mission.days_planned * mission.day_rate
            mission.price = mission.currency_id.round(price) if mission.currency_id else price

    def action_view_days(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("accompaniment.action_accompaniment_day")
        return {
            **action,
            "domain": [("accompaniment_mission_id", "=", self.id)],
            "context": {
                "default_accompaniment_mission_id": self.id,
                "default_intervener_id": self.env.user.partner_id.id,
                "default_name": self.name,
            },
        }
