"""What an organisation wants to change in how it is funded: by when, measured by what, with whom, by which actions."""

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.optional_number import OptionalFloat
from odoo.addons.coup_de_pousse_membership.models.common.shown_numbers import show_percent
from odoo.tools import format_amount, formatLang

from ...calculation.strategy.progress import progress

#: Indicators that the funding plans measure, and what each is counted in.
MEASURED = [
    ("first_share", "First funder's share"),
    ("own_share", "Share of own resources"),
    ("private_share", "Share of private aid"),
    ("public_share", "Share of public grants"),
    ("concentration", "Concentration"),
    ("months_covered", "Months of charges covered"),
    ("secured", "Amount secured"),
]


class FundingObjective(models.Model):
    _name = "funding.objective"
    _description = "Objective of a Funding Strategy"
    _inherit = ["mail.thread"]
    _order = "partner_id, year_to, sequence, id"
    _check_company_auto = True

    name = fields.Char(string="Objective", required=True, tracking=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, readonly=True
    )
    partner_id = fields.Many2one("res.partner", string="Organisation", required=True, ondelete="restrict", index=True)
    mission_id = fields.Many2one(
        "accompaniment.mission",
        string="Worked out in",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
    )
    kind = fields.Selection(
        [
            ("diversify", "Diversify"),
            ("own", "Own resources"),
            ("partnership", "Partnership with companies"),
            ("public", "Public funders"),
            ("thrift", "Spend otherwise"),
            ("other", "Other"),
        ],
        required=True,
        default="diversify",
    )
    year_from = fields.Integer(
        string="From year", required=True, aggregator=None, default=lambda self: fields.Date.context_today(self).year
    )
    year_to = fields.Integer(
        string="To year", required=True, aggregator=None, default=lambda self: fields.Date.context_today(self).year + 2
    )
    measure = fields.Selection(
        [*MEASURED, ("own_words", "In its own words")],
        string="Measured by",
        required=True,
        default="first_share",
        help="Read in the funding plan of the latest year; in its own words, the value is noted by hand.",
    )
    measure_name = fields.Char(string="Indicator", help="In its own words, with its unit.")
    start = OptionalFloat(string="At the start", digits=(16, 3))
    target = OptionalFloat(digits=(16, 3))
    value = OptionalFloat(string="Latest value", digits=(16, 3), compute="_compute_value")
    value_on = fields.Date(string="On", compute="_compute_value")
    progress = OptionalFloat(compute="_compute_value", help="Part of the way from the start to the target.")
    start_words = fields.Char(compute="_compute_words", string="At first, in words")
    value_words = fields.Char(compute="_compute_words", string="Latest, in words")
    target_words = fields.Char(compute="_compute_words", string="Aim, in words")
    with_staff = fields.Boolean(string="Employees")
    with_volunteers = fields.Boolean(string="Volunteer helpers")
    with_board = fields.Boolean(string="Board")
    with_partners = fields.Boolean(string="Partners")
    needs = fields.Text(help="What it takes: time, skills, money, premises…")
    resources = fields.Text(help="What there is of it already, and who brings it.")
    commitment_ids = fields.One2many("association.commitment", "funding_objective_id", string="Actions")
    point_ids = fields.One2many("funding.objective.point", "objective_id", string="Follow-up")

    _years = models.Constraint(
        "CHECK (year_from BETWEEN 1990 AND 2200 AND year_from <= year_to)",
        "Years are written with four figures, and the last one does not come before the first.",
    )
    _named = models.Constraint(
        "CHECK (measure <> 'own_words' OR measure_name IS NOT NULL)", "Say by what the objective is measured."
    )

    @api.depends("measure", "start", "target", "partner_id", "point_ids.value", "point_ids.date")
    def _compute_value(self):
        plans = self._get_latest_plans()
        for objective in self:
            noted = objective.point_ids.sorted("date")[-1:]
            plan = plans.get(objective.partner_id)
            if objective.measure == "own_words" or not plan:
                known = bool(noted) and noted.value is not False
                objective.value, objective.value_on = (noted.value, noted.date) if known else (False, False)
            else:
                objective.value, objective.value_on = plan[objective.measure], plan.date_to
            value = None if objective.value is False else objective.value
            bounds = objective.start is not False and objective.target is not False
            found = progress(objective.start, objective.target, value) if bounds else None
            objective.progress = False if found is None else found

    @api.depends("measure", "start", "target", "value")
    @api.depends_context("lang")
    def _compute_words(self):
        for objective in self:
            for name in ("start", "value", "target"):
                objective[f"{name}_words"] = objective._say(objective[name])

    def _say(self, value):
        """Return a value of the indicator with its unit, or False where it is unknown."""
        if value is False:
            return False
        if self.measure.endswith("_share"):
            return show_percent(self.env, value)
        if self.measure == "secured":
            return format_amount(self.env, value, self.company_id.currency_id)
        if self.measure == "months_covered":
            return self.env._("%s months", formatLang(self.env, value, digits=1))
        return formatLang(self.env, value, digits=3 if self.measure == "concentration" else 2)

    def _get_latest_plans(self):
        """Return {organisation: its latest plan for the whole organisation, voted or closed}; one query."""
        plans = self.env["funding.plan"].search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("project", "=", False),
                ("state", "in", ("voted", "closed")),
            ],
            order="date_from, id",
        )
        return {plan.partner_id: plan for plan in plans}

    def action_note(self):
        """Keep today's value in the follow-up."""
        today = fields.Date.context_today(self)
        for objective in self.filtered(lambda one: one.value is not False):
            kept = objective.point_ids.filtered(lambda point: point.date == today)
            if kept:
                kept.value = objective.value
            else:
                objective.point_ids = [fields.Command.create({"date": today, "value": objective.value})]
        return True
