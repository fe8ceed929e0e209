"""What a mission costs, who pays it, what it leaves."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ...calculation.money.shares import split

COORDINATOR = "accompaniment.group_accompaniment_coordinator"


class AccompanimentMission(models.Model):
    _inherit = "accompaniment.mission"

    cofunding_ids = fields.One2many("accompaniment.cofunding", "mission_id", string="Co-funders")
    milestone_ids = fields.One2many("accompaniment.milestone", "mission_id", string="Milestones", copy=True)
    scheme_cofunded = fields.Boolean(compute="_compute_scheme_cofunded", export_string_translation=False)
    amount_to_share = fields.Monetary(
        string="Left to share out", compute="_compute_amount_to_share", help="Price less the parts of the co-funders."
    )
    amount_invoiced = fields.Monetary(string="Invoiced", compute="_compute_invoiced")
    amount_paid = fields.Monetary(string="Paid", compute="_compute_invoiced")
    cost = fields.Monetary(
        compute="_compute_margin",
        compute_sudo=True,
        groups=COORDINATOR,
        help="Days worked and purchases of the mission.",
    )
    margin = fields.Monetary(
        compute="_compute_margin",
        compute_sudo=True,
        groups=COORDINATOR,
        help="Price less what the mission cost so far.",
    )
    margin_rate = fields.Float(
        string="Margin (%)", compute="_compute_margin", compute_sudo=True, groups=COORDINATOR, digits=(16, 4)
    )

    @api.depends("scheme_id.cofunder_ids")
    def _compute_scheme_cofunded(self):
        for mission in self:
            mission.scheme_cofunded = bool(mission.scheme_id.cofunder_ids)

    @api.depends("price", "cofunding_ids.amount")
    def _compute_amount_to_share(self):
        for mission in self:
            left = mission.price - sum(mission.cofunding_ids.mapped("amount"))
            mission.amount_to_share = mission.currency_id.round(left) if mission.currency_id else left

    @api.depends("cofunding_ids.amount_invoiced", "cofunding_ids.amount_paid")
    def _compute_invoiced(self):
        for mission in self:
            mission.amount_invoiced = sum(mission.cofunding_ids.mapped("amount_invoiced"))
            mission.amount_paid = sum(mission.cofunding_ids.mapped("amount_paid"))

    @api.depends("price", "day_ids.accompaniment_cost")
    def _compute_margin(self):
        costs = self._get_costs()
        for mission in self:
            mission.cost = costs[mission.id]
            mission.margin = mission.price - mission.cost
            mission.margin_rate = mission.margin / mission.price if mission.price else 0.0

    def _get_costs(self):
        """Return {id: what the mission cost so far}: days worked, and purchases; two queries."""
        Line = self.env["account.analytic.line"].sudo()
        days = dict(
            Line._read_group(
                [("accompaniment_mission_id", "in", self.ids)],
                ["accompaniment_mission_id"],
                ["accompaniment_cost:sum"],
            )
        )
        # Purchases: what other entries take out of the mission's account. Its invoices bring the price.
        purchases = dict(
            Line._read_group(
                [
                    ("account_id", "in", self.sudo().analytic_account_id.ids),
                    ("accompaniment_mission_id", "=", False),
                    ("category", "!=", "invoice"),
                ],
                ["account_id"],
                ["amount:sum"],
            )
        )
        return {
            mission.id: days.get(mission._origin, 0.0) - purchases.get(mission.sudo().analytic_account_id, 0.0)
            for mission in self
        }

    # ---- parts that sum to the price ----

    @api.onchange("scheme_id", "partner_id")
    def _onchange_cofunders(self):
        if self.scheme_id.cofunder_ids and not self.cofunding_ids and self.partner_id and self.price:
            self.cofunding_ids = [Command.create(values) for values in self._prepare_cofunding()]

    def _prepare_cofunding(self):
        """Return the values of the parts that the scheme proposes, which sum to the price."""
        self.ensure_one()
        cofunders = self.scheme_id.cofunder_ids
        if not cofunders or not self.price:
            return []
        amounts = split(self.price, cofunders.mapped("percent"), self.currency_id.rounding)
        return [
            {"partner_id": (cofunder.partner_id or self.partner_id).id, "amount": amount, "sequence": cofunder.sequence}
            for cofunder, amount in zip(cofunders, amounts, strict=True)
            if amount
        ]

    def action_propose_cofunders(self):
        """Put the scheme's co-funders in place of those that are there and were not invoiced."""
        for mission in self:
            mission.cofunding_ids = [Command.clear(), *map(Command.create, mission._prepare_cofunding())]

    @api.model_create_multi
    def create(self, vals_list):
        missions = super(AccompanimentMission, self.with_context(parts_as_a_whole=True)).create(vals_list)
        missions = missions.with_context(parts_as_a_whole=False)
        missions._check_parts()
        return missions

    def write(self, vals):
        """A new price moves the parts in proportion, as long as nothing was invoiced."""
        prices = {mission: mission.price for mission in self}
        res = super(AccompanimentMission, self.with_context(parts_as_a_whole=True)).write(vals)
        if "cofunding_ids" not in vals:
            self._follow_price(prices)
        self._check_parts()
        return res

    def _follow_price(self, prices):
        """Scale the parts of the missions whose price changed.

        :param prices: {mission: price before the change}.
        """
        if self.env.context.get("parts_as_a_whole"):
            return
        for mission, before in prices.items():
            parts = mission.cofunding_ids
            changed = parts and mission.currency_id.compare_amounts(mission.price, before)
            if changed and mission.price and not any(parts.mapped("amount_invoiced")):
                amounts = split(mission.price, parts.mapped("amount"), mission.currency_id.rounding)
                for part, amount in zip(parts, amounts, strict=True):
                    part.with_context(parts_as_a_whole=True).amount = amount

    def _check_parts(self):
        """Refuse parts that do not sum to the price.

        Within one write of a mission the parts come one by one: they are looked at once it is over.
        """
        if self.env.context.get("parts_as_a_whole"):
            return
        for mission in self.exists():
            if not mission.cofunding_ids:
                continue
            total = sum(mission.cofunding_ids.mapped("amount"))
            if mission.currency_id.compare_amounts(total, mission.price):
                missing = mission.price - total
                raise ValidationError(
                    self.env._(
                        "The co-funders of %(mission)s pay %(total)s in all, and its price is %(price)s: "
                        "%(missing)s is missing. Change the parts so that they sum to the price.",
                        mission=mission.name,
                        total=mission.currency_id.format(total),
                        price=mission.currency_id.format(mission.price),
                        missing=mission.currency_id.format(missing),
                    )
                    if missing > 0
                    else self.env._(
                        "The co-funders of %(mission)s pay %(total)s in all, and its price is %(price)s: "
                        "%(excess)s too much. Change the parts so that they sum to the price.",
                        mission=mission.name,
                        total=mission.currency_id.format(total),
                        price=mission.currency_id.format(mission.price),
                        excess=mission.currency_id.format(-missing),
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_invoiced(self):
        invoiced = self.filtered(lambda mission: mission.sudo().cofunding_ids.line_ids)
        if invoiced:
            raise UserError(
                self.env._(
                    "Invoices exist for %(names)s: cancel the mission instead of deleting it, and credit what "
                    "is not owed.",
                    names=", ".join(invoiced[:5].mapped("name")),
                )
            )
