"""What a mission costs, who pays it, what it leaves, and its invoices in Odoo's own accounting."""

from contextlib import contextmanager

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.calculation.common.amounts import split_float
from odoo.addons.coup_de_pousse_membership.models.common.hold import hold
from odoo.addons.coup_de_pousse_membership.models.common.optional_number import OptionalMonetary
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

from ...calculation.money.margin import forecast_margin
from .funder_table import FunderTable

#: In the context under ``accompaniment_parts_as_a_whole``: parts and price change together, and are compared once
#: it is over. An object, so that no caller from outside can send it.
AS_A_WHOLE = object()
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
    amount_draft = fields.Monetary(
        string="In drafts", compute="_compute_invoiced", help="Invoices that are made, and not posted yet."
    )
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

    margin_forecast = OptionalMonetary(
        string="Margin expected",
        compute="_compute_margin_forecast",
        compute_sudo=True,
        groups=COORDINATOR,
        help="Price less what the mission cost so far and what the planned days that are left will cost, at the mean "
        "cost of a day of those who lead it. Empty: the cost of a day of one of them is not entered.",
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

    @api.depends("cofunding_ids.amount_invoiced", "cofunding_ids.amount_draft", "cofunding_ids.amount_paid")
    def _compute_invoiced(self):
        for mission in self:
            mission.amount_invoiced = sum(mission.cofunding_ids.mapped("amount_invoiced"))
            mission.amount_draft = sum(mission.cofunding_ids.mapped("amount_draft"))
            mission.amount_paid = sum(mission.cofunding_ids.mapped("amount_paid"))

    @api.depends("price", "day_ids.accompaniment_cost")
    def _compute_margin(self):
        costs = self._get_costs()
        for mission in self:
            mission.cost = costs[mission.id]
            mission.margin = mission.price - mission.cost
            mission.margin_rate = mission.margin / mission.price if mission.price else 0.0

    @api.depends("margin", "days_left", "referent_id", "adviser_ids", "consultant_ids")
    def _compute_margin_forecast(self):
        leaders = {mission: mission._get_leaders() for mission in self}
        rows = self.env["accompaniment.day.cost"].search_fetch(
            [
                ("partner_id", "in", self.env["res.partner"].union(*leaders.values()).ids),
                ("company_id", "in", self.company_id.ids),
            ],
            ["partner_id", "company_id", "amount"],
        )
        costs = {(row.partner_id, row.company_id): row.amount for row in rows}
        for mission in self:
            day_costs = [costs.get((leader, mission.company_id)) for leader in leaders[mission]]
            expected = forecast_margin(mission.price, mission.cost, mission.days_left, day_costs)
            mission.margin_forecast = False if expected is None else mission.currency_id.round(expected)

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
        amounts = split_float(self.price, cofunders.mapped("percent"), self.currency_id.rounding)
        return [
            {"partner_id": (cofunder.partner_id or self.partner_id).id, "amount": amount, "sequence": cofunder.sequence}
            for cofunder, amount in zip(cofunders, amounts, strict=True)
            if amount
        ]

    def action_propose_cofunders(self):
        """Put the scheme's co-funders in place of those that are there and were not invoiced."""
        self.check_access("write")
        hold(self)
        for mission in self:
            mission.cofunding_ids = [Command.clear(), *map(Command.create, mission._prepare_cofunding())]

    def _complete_from_request(self):
        self.action_propose_cofunders()
        return super()._complete_from_request()

    @contextmanager
    def _changing(self, vals=()):
        """Look at the parts once a change is over: a new price moves them, as long as nothing was invoiced."""
        prices = {mission: mission.price for mission in self}
        with super()._changing(vals) as missions:
            yield missions.with_context(accompaniment_parts_as_a_whole=AS_A_WHOLE)
        if "cofunding_ids" not in vals:
            self._follow_price(prices)
        self._check_parts()

    def _after_create(self):
        self._check_parts()
        return super()._after_create()

    def _follow_price(self, prices):
        """Scale the parts of the missions whose price changed.

        :param prices: {mission: price before the change}.
        """
        if self._changes_as_a_whole():
            return
        for mission, before in prices.items():
            parts = mission.cofunding_ids
            changed = parts and mission.currency_id.compare_amounts(mission.price, before)
            untouched = not any(part.amount_invoiced or part.amount_draft for part in parts)
            if changed and mission.price and untouched:
                amounts = split_float(mission.price, parts.mapped("amount"), mission.currency_id.rounding)
                for part, amount in zip(parts, amounts, strict=True):
                    part.with_context(accompaniment_parts_as_a_whole=AS_A_WHOLE).amount = amount

    def _changes_as_a_whole(self):
        """Return whether parts come one by one within one change of a mission, and are looked at after it."""
        return self.env.context.get("accompaniment_parts_as_a_whole") is AS_A_WHOLE

    def _check_parts(self):
        """Raise if the parts do not sum to the price."""
        if self._changes_as_a_whole():
            return
        for mission in self.exists():
            total = sum(mission.cofunding_ids.mapped("amount"))
            if mission.cofunding_ids and mission.currency_id.compare_amounts(total, mission.price):
                raise ValidationError(mission._describe_difference(total, mission.price - total))

    def _describe_difference(self, total, missing):
        """Return in words that the parts sum to a total, and what is missing to the price; below 0: too much."""
        amounts = {
            "mission": self.name,
            "total": self.currency_id.format(total),
            "price": self.currency_id.format(self.price),
        }
        if missing > 0:
            return self.env._(
                "The co-funders of %(mission)s pay %(total)s in all, and its price is %(price)s: "
                "%(missing)s is missing. Change the parts so that they sum to the price.",
                missing=self.currency_id.format(missing),
                **amounts,
            )
        return self.env._(
            "The co-funders of %(mission)s pay %(total)s in all, and its price is %(price)s: "
            "%(excess)s too much. Change the parts so that they sum to the price.",
            excess=self.currency_id.format(-missing),
            **amounts,
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

    # ---- invoices to the co-funders ----

    def action_invoice(self):
        """Make the draft invoices of what is still to invoice, one for each co-funder, and open them."""
        self.ensure_one()
        self._check_invoiceable()
        if self.milestone_ids.filtered(lambda milestone: not milestone.is_invoiced):
            raise UserError(
                self.env._("%(mission)s is invoiced by milestones: use the button of each one.", mission=self.name)
            )
        parts = self.cofunding_ids.filtered(
            lambda part: part.currency_id.compare_amounts(part.amount_to_invoice, 0) > 0
        )
        if not parts:
            raise UserError(self.env._("Everything is invoiced for %(mission)s.", mission=self.name))
        return self._view_invoices(self._make_invoices([(part, part.amount_to_invoice, False) for part in parts]))

    def _invoice_milestone(self, milestone):
        """Make the draft invoices of a milestone: the same percentage of each part, exact in all.

        The milestones of a part sum to it, whatever their rounding: each is a part of one split.
        """
        self.ensure_one()
        self._check_invoiceable()
        if milestone.is_invoiced:
            raise UserError(self.env._("%(name)s is invoiced already.", name=milestone.name))
        percents = self.milestone_ids.mapped("percent")
        if abs(sum(percents) - 100) > 0.005:
            raise UserError(
                self.env._(
                    "The milestones of %(mission)s make %(total)s %% in all: change them so that they make 100 %%.",
                    mission=self.name,
                    total=round(sum(percents), 2),
                )
            )
        rank = list(self.milestone_ids).index(milestone)
        amounts = [
            (part, split_float(part.amount, percents, self.currency_id.rounding)[rank], milestone)
            for part in self.cofunding_ids
        ]
        return self._make_invoices([row for row in amounts if row[1]])

    def _check_invoiceable(self):
        if not self.env.user.has_group("accompaniment.group_accompaniment_coordinator"):
            raise AccessError(self.env._("The accompaniment coordinator makes the invoices."))
        hold(self)
        if self.state not in ("running", "closed"):
            raise UserError(
                self.env._("%(mission)s has not started: start it before you invoice it.", mission=self.name)
            )
        if not self.cofunding_ids:
            raise UserError(
                self.env._("%(mission)s has no co-funder: say who pays before you invoice.", mission=self.name)
            )
        self._check_parts()

    def _make_invoices(self, rows):
        """Create one draft invoice for each co-funder.

        :param rows: list of (part, amount before tax, milestone or False).
        """
        product = self.env.ref("accompaniment.product_accompaniment")
        return self.env["account.move"].create(
            [
                {
                    "move_type": "out_invoice",
                    "company_id": self.company_id.id,
                    "partner_id": part.partner_id.id,
                    "currency_id": self.currency_id.id,
                    "ref": part.reference,
                    "invoice_origin": self.name,
                    "invoice_line_ids": [Command.create(self._prepare_invoice_line(product, part, amount, milestone))],
                }
                for part, amount, milestone in rows
            ]
        )

    def _prepare_invoice_line(self, product, part, amount, milestone):
        label = [
            self.name,
            self.partner_id.name if self.partner_id != part.partner_id else "",
            milestone and milestone.name,
        ]
        return {
            "product_id": product.id,
            "name": " – ".join(filter(None, label)),
            "quantity": 1,
            "price_unit": amount,
            "analytic_distribution": {str(self.sudo().analytic_account_id.id): 100},
            "cofunding_id": part.id,
            "accompaniment_milestone_id": milestone.id if milestone else False,
        }

    def _view_invoices(self, moves):
        action = self.env["ir.actions.act_window"]._for_xml_id("account.action_move_out_invoice_type")
        context = {"default_move_type": "out_invoice", "create": False}
        return {**action, "domain": [("id", "in", moves.ids)], "context": context}

    def action_view_invoices(self):
        self.ensure_one()
        return self._view_invoices(self.sudo().cofunding_ids.line_ids.move_id)

    # ---- the funder's annual table ----

    def _search_of_years(self, first, last, scheme=None):
        """Return the missions that were under way on some day of these years, of a scheme or of all."""
        domain = [
            ("company_id", "=", self.env.company.id),
            ("state", "!=", "cancelled"),
            ("date_from", "<=", fields.Date.to_date(f"{last}-12-31")),
            "|",
            ("date_to", "=", False),
            ("date_to", ">=", fields.Date.to_date(f"{first}-01-01")),
        ]
        return self.search(domain + ([("scheme_id", "in", scheme.ids)] if scheme else []), order="date_from, id")

    def _download_funder_table(self, first, last):
        """Return the action that downloads the table of these missions as a workbook.

        :param first: first year that it is about.
        :param last: last one.
        """
        self.check_access("read")
        return FunderTable(self, first, last).download()
