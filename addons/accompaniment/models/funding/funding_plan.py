"""The funding plan of one organisation and year, or of one project."""

from collections import namedtuple

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.hold import hold
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...calculation.funding import cash, indicators
from . import budget_lines, budget_sheet, figure_lines, plan_words
from .board_page import BoardPage

#: What stands at the top of a paper, as a company says it of itself; ``logo``: an image as Odoo keeps it.
Letterhead = namedtuple(
    "Letterhead", "partner_id name logo primary_color report_header report_footer", defaults=(False, False, False)
)
#: Formulas that a figure shows on hover.
SECURED = "What is granted."
WEIGHTED = "What is granted, and of the rest its probability: granted + (planned − granted) × probability."
#: What the figures of a plan are worked out from.
MEASURED = (
    *(
        f"{side}.{name}"
        for side in ("line_ids", "product_ids")
        for name in (
            "amount_planned",
            "amount_granted",
            "probability",
            "funder_id.name",
            "account_id.is_public",
            "account_id.is_in_kind",
            "name",
        )
    ),
    "charge_ids.amount_planned",
    "in_kind_ids.amount",
    *(f"instalment_ids.{name}" for name in ("amount", "amount_received", "date_expected", "date_received", "kind")),
    "opening_cash",
    "date_from",
    "date_to",
)


class FundingPlan(models.Model):
    """What an organisation spends and who pays it, on the lines of the Cerfa."""

    _name = "funding.plan"
    _description = "Funding Plan"
    _inherit = ["association.dated", "mail.thread", "mail.activity.mixin"]
    _order = "date_from desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner", string="Organisation", required=True, ondelete="restrict", index=True, tracking=True
    )
    mission_id = fields.Many2one(
        "accompaniment.mission", check_company=True, index="btree_not_null", ondelete="set null", tracking=True
    )
    project = fields.Char(help="Empty: the whole organisation.")
    date_from = fields.Date(
        string="From", required=True, default=lambda self: fields.Date.context_today(self).replace(month=1, day=1)
    )
    date_to = fields.Date(
        string="To", required=True, default=lambda self: fields.Date.context_today(self).replace(month=12, day=31)
    )
    state = fields.Selection(
        [("draft", "Draft"), ("proposed", "Plan proposed"), ("voted", "Voted"), ("closed", "Plan closed")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    previous_id = fields.Many2one(
        "funding.plan", string="Last year's plan", check_company=True, index="btree_not_null", ondelete="set null"
    )
    opening_cash = fields.Monetary(string="Cash at the start")
    line_ids = fields.One2many("funding.line", "plan_id", string="Lines", copy=True)
    product_ids = fields.One2many("funding.line", "plan_id", string="Products", domain=[("side", "=", "product")])
    charge_ids = fields.One2many("funding.line", "plan_id", string="Charges", domain=[("side", "=", "charge")])
    in_kind_ids = fields.One2many("funding.in.kind", "plan_id", string="Contributions in kind", copy=True)
    instalment_ids = fields.One2many("funding.instalment", "plan_id", string="Instalments", copy=False)
    scenario_ids = fields.One2many("funding.scenario", "plan_id", string="What if", copy=False)

    total_charges = fields.Monetary(compute="_compute_indicators", store=True, string="Planned charges")
    total_products = fields.Monetary(compute="_compute_indicators", store=True, string="Planned products")
    balance = fields.Monetary(
        compute="_compute_indicators",
        store=True,
        help="Products less charges: a plan that is sent to a funder balances at 0.",
    )
    total_in_kind = fields.Monetary(compute="_compute_indicators", store=True, string="In kind (86 = 87)")
    secured = fields.Monetary(compute="_compute_indicators", store=True, help=SECURED)
    weighted = fields.Monetary(compute="_compute_indicators", store=True, string="Likely", help=WEIGHTED)
    gap = fields.Monetary(compute="_compute_indicators", store=True, help="Charges less what is likely.")
    first_funder = fields.Char(compute="_compute_indicators", store=True, help="Who pays most, its rows together.")
    first_share = fields.Float(
        compute="_compute_indicators",
        store=True,
        string="First funder's share",
        aggregator="avg",
        help="Its planned amount out of all planned products.",
    )
    first_row = fields.Char(
        compute="_compute_indicators", store=True, string="First source", help="The largest row by itself."
    )
    first_row_share = fields.Float(compute="_compute_indicators", store=True, string="First source's share")
    public_share = fields.Float(compute="_compute_indicators", store=True, help="Rows on 74 without private aid.")
    private_share = fields.Float(compute="_compute_indicators", store=True, help="Private aid on 74.")
    own_share = fields.Float(
        compute="_compute_indicators", store=True, string="Own resources", help="All other products."
    )
    concentration = fields.Float(
        compute="_compute_indicators",
        store=True,
        digits=(4, 3),
        help="Herfindahl's index: the sum of the squared shares, the rows of one legal funder together. 1: one pays all.",
    )
    concentration_by_row = fields.Float(
        compute="_compute_indicators", store=True, digits=(4, 3), help="The same, each row by itself."
    )
    months_covered = fields.Float(
        compute="_compute_indicators",
        store=True,
        digits=(4, 1),
        help="Months of charges that the secured amount pays: secured ÷ charges × 12.",
    )
    warnings = fields.Text(compute="_compute_warnings", help="By the thresholds of the settings.")
    version_ids = fields.One2many("funding.version", "plan_id", string="Versions")
    versions_html = fields.Html(compute="_compute_versions_html", string="Side by side", sanitize=False)
    trend_html = fields.Html(compute="_compute_trend_html", string="Over five years", sanitize=False)
    subtotals_html = fields.Html(compute="_compute_subtotals_html", string="Subtotals", sanitize=False)
    report_due_on = fields.Date(
        compute="_compute_report_due_on",
        store=True,
        string="Financial report due on",
        help="Six months after the period's end, where something was granted (Cerfa 15059).",
    )
    report_sent_on = fields.Date(string="Financial report sent on", copy=False)
    runs_out_on = fields.Date(
        compute="_compute_indicators",
        store=True,
        string="Cash runs out in",
        help="The first month that ends below zero: cash at the start, instalments, charges spread evenly.",
    )
    runs_out_month = fields.Char(compute="_compute_runs_out_month", string="Month in which cash runs out")
    cash_curve = fields.Json(compute="_compute_indicators", store=True)

    # ---- what it says ----

    @api.depends(*MEASURED)
    def _compute_indicators(self):
        for plan in self:
            products, charges = plan._get_products(), plan._get_charges()
            plan.total_charges = sum(charges.mapped("amount_planned"))
            found = indicators.measure([line._get_row() for line in products], plan.total_charges)
            names = {line.funder_id.id: line.funder_id.name for line in products}
            months = plan._get_cash(plan.instalment_ids._get_payments())
            plan.total_products = float(found.planned)
            plan.balance = plan.total_products - plan.total_charges
            plan.total_in_kind = sum(plan.in_kind_ids.mapped("amount"))
            plan.secured, plan.weighted, plan.gap = float(found.secured), float(found.weighted), float(found.gap)
            plan.first_funder = names.get(found.first) or found.first_row or False
            plan.first_row = found.first_row or False
            plan.first_share, plan.first_row_share = float(found.first_share), float(found.first_row_share)
            for kind in ("public", "private", "own"):
                plan[f"{kind}_share"] = float(found.shares[kind])
            plan.concentration, plan.concentration_by_row = float(found.by_funder), float(found.by_row)
            plan.months_covered = float(found.months or 0)
            plan.runs_out_on = cash.runs_out(months) or False
            plan.cash_curve = plan._show_cash(months)

    def _get_products(self):
        """Return the products, those in kind apart."""
        return self._get_side("product", self.product_ids)

    def _get_charges(self):
        """Return the charges, those in kind apart."""
        return self._get_side("charge", self.charge_ids)

    def _get_side(self, side, shown):
        """Return the lines of one side, those in kind apart.

        :param shown: the same lines as the form holds them, while it is edited.
        """
        saved = self.line_ids.filtered(lambda line: line.side == side)
        # While a form is edited, what it shows is what there is, even where that is nothing any more.
        lines = shown if shown or not self.id else saved
        return lines.filtered(lambda line: not line.account_id.is_in_kind)

    def _get_cash(self, payments):
        """Return the :class:`cash.Month` of each month of the plan."""
        self.ensure_one()
        if not (self.date_from and self.date_to and self.date_from <= self.date_to):
            return []
        return cash.curve(self.opening_cash, payments, self.total_charges, self.date_from, self.date_to)

    def _show_cash(self, months):
        """Return the curve of the cash, as its picture reads it."""
        return {
            "currency_id": self.currency_id.id,
            "months": [[fields.Date.to_string(month.month), month.balance] for month in months],
        }

    @api.depends("runs_out_on")
    @api.depends_context("lang")
    def _compute_runs_out_month(self):
        for plan in self:
            day = plan.runs_out_on
            plan.runs_out_month = day and format_date(self.env, day, date_format="MMMM y")

    @api.depends(*MEASURED)
    def _compute_warnings(self):
        for plan in self:
            plan.warnings = "\n".join(plan_words.find_warnings(plan)) or False

    @api.depends("version_ids", "line_ids.amount_planned", "line_ids.account_id")
    def _compute_versions_html(self):
        for plan in self:
            plan.versions_html = plan_words.show_versions(plan) if plan.version_ids else False

    @api.depends(*MEASURED, "charge_ids.account_id")
    def _compute_subtotals_html(self):
        for plan in self:
            plan.subtotals_html = plan_words.show_subtotals(plan)

    @api.depends("partner_id", "project", "date_to")
    def _compute_trend_html(self):
        for plan in self:
            plan.trend_html = plan_words.show_trend(plan) if plan.partner_id and plan.date_to else False

    @api.depends("date_to", "line_ids.amount_granted")
    def _compute_report_due_on(self):
        for plan in self:
            granted = any(line.amount_granted for line in plan.line_ids if line.account_id.parent_id.code == "74")
            plan.report_due_on = plan.date_to + relativedelta(months=6) if granted and plan.date_to else False

    def _get_amounts(self):
        """Return {id of a line of the form: its planned amount}."""
        amounts = {}
        for line in self.line_ids:
            amounts[line.account_id.id] = amounts.get(line.account_id.id, 0) + line.amount_planned
        return amounts

    def _list_budget(self):
        """Return what the printed budget and the financial report read."""
        self.ensure_one()
        lines, totals, in_kind = budget_lines.list_budget(self)
        return {
            "lines": lines,
            "totals": totals,
            "pairs": budget_lines.pair(lines),
            "in_kind": budget_lines.pair(in_kind),
        }

    def _get_letterhead(self):
        """Return the :class:`Letterhead` of the organisation whose plan it is, which sends these papers itself."""
        self.ensure_one()
        partner = self.partner_id
        return Letterhead(partner, partner.name, partner.image_256)

    def _get_board_page(self):
        """Return what the page for the board reads."""
        self.ensure_one()
        return BoardPage(self)

    def action_view_sources(self):
        """Open the products of the plan."""
        return self._open_lines(self._get_products(), search_default_group_by_funder=1)

    def action_view_figure(self):
        """Open the lines that one figure of the plan is made of; the context's ``figure`` is its field."""
        self.ensure_one()
        figure = self.env.context.get("figure")
        return {
            **self._open_lines(figure_lines.find_lines(self, figure)),
            "name": self._fields[figure].get_description(self.env, ["string"])["string"],
        }

    def _open_lines(self, lines, **context):
        """Return the action that opens some lines of the plan."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("accompaniment.action_funding_line")
        return {**action, "domain": [("id", "in", lines.ids)], "context": context}

    # ---- its way ----

    def write(self, vals):
        if vals.keys() - {"state", "message_follower_ids", "activity_ids", "message_main_attachment_id"}:
            self._refuse_closed()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_voted(self):
        for plan in self:
            if plan.state in ("voted", "closed"):
                raise UserError(self.env._("“%s” was voted: it is kept.", plan.name))

    def _refuse_closed(self):
        """Raise a UserError for a plan that is closed."""
        for plan in self:
            if plan.state == "closed":
                raise UserError(
                    self.env._("“%s” is closed: its year does not change any more. Open it again first.", plan.name)
                )

    def action_propose(self):
        """Mark the plan as proposed to whoever votes it, and keep it as it is proposed."""
        again = self.filtered(lambda plan: "voted" in plan.version_ids.mapped("kind"))
        result = self._step("draft", "proposed")
        self.env["funding.version"]._keep(again, "revised")
        self.env["funding.version"]._keep(self - again, "proposed")
        return result

    def action_vote(self):
        """Mark the plan as voted, and keep it as it is voted."""
        result = self._step("proposed", "voted")
        self.env["funding.version"]._keep(self, "voted")
        return result

    def action_close(self):
        """Close the plan's year."""
        return self._step("voted", "closed")

    def action_reopen(self):
        """Work on the plan again."""
        self._write_facts({"state": "draft"})
        return True

    def _step(self, before, after):
        for plan in self:
            if plan.state != before:
                raise UserError(self.env._("“%s” has come further already, or not as far.", plan.name))
        self._write_facts({"state": after})
        return True

    def action_next_year(self):
        """Make next year's plan of this one, once: the same lines, planned as they were, nothing granted."""
        self.ensure_one()
        self.check_access("write")
        hold(self)
        following = self.search([("previous_id", "=", self.id)], limit=1)
        if not following:
            first = self.date_to + relativedelta(days=1)
            following = self.copy(
                {
                    "name": self._get_next_name(first.year),
                    "date_from": first,
                    "date_to": first + relativedelta(first, self.date_from) - relativedelta(days=1),
                    "previous_id": self.id,
                    "opening_cash": 0,
                }
            )
            following.line_ids.write(
                {"amount_asked": 0, "amount_granted": 0, "amount_received": 0, "amount_actual": 0, "note": False}
            )
        return following._get_records_action()

    def _get_next_name(self, year):
        """Return the name with another year in place of its own, or behind it where it has none."""
        own = str(self.date_from.year)
        return self.name.replace(own, str(year)) if own in self.name else f"{self.name} – {year}"

    def action_export_budget(self):
        """Download the budget on the lines of the Cerfa, whose subtotals recompute."""
        self.ensure_one()
        self.check_access("read")
        return self.env["association.spreadsheet"]._download_file(
            self.env._("Budget – %s.xlsx", self.name), budget_sheet.make_workbook(self)
        )

    def action_paste(self):
        """Open the dialog into which the lines of a spreadsheet are pasted."""
        self.ensure_one()
        self.check_access("write")
        return self.env["funding.paste.wizard"]._get_records_action(
            name=self.env._("Paste lines"), target="new", context={"default_plan_id": self.id}
        )
