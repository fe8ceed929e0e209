from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..common.optional_number import OptionalMonetary

#: What decides the fees: fixed by the vote.
VOTED_FIELDS = {
    "company_id",
    "date_from",
    "date_to",
    "figures_year",
    "floor",
    "cap",
    "amount_period",
    "prorata",
    "rollover_from",
    "rounding_unit",
    "rounding_direction",
    "year_counting",
}
#: What moreover no longer changes once a membership uses the grid.
USED_FIELDS = {"voted_on", "voted_by"}


class AssociationFeeGrid(models.Model):
    _name = "association.fee.grid"
    _description = "Fee Grid"
    _inherit = ["mail.thread"]
    _order = "date_from desc, id desc"

    name = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    active = fields.Boolean(default=True)
    state = fields.Selection(
        [("draft", "Draft"), ("voted", "Voted"), ("used", "In use"), ("closed", "Closed")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        help="A grid is drafted, voted, frozen as soon as a membership uses it, then closed.",
    )
    date_from = fields.Date(
        string="First day",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(month=1, day=1),
        help="First day of the period that a fee of this grid covers.",
    )
    date_to = fields.Date(
        string="Last day",
        required=True,
        compute="_compute_date_to",
        store=True,
        precompute=True,
        readonly=False,
        help="Last day of the period, included.",
    )
    figures_year = fields.Integer(
        string="Year of the figures",
        compute="_compute_figures_year",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="The bands read the yearly figures declared for this year.",
    )
    voted_on = fields.Date(copy=False, tracking=True)
    voted_by = fields.Char(string="Voted by", copy=False, tracking=True, help="Meeting that voted the grid.")
    rule_ids = fields.One2many("association.fee.rule", "grid_id", copy=True)
    adjustment_ids = fields.One2many("association.fee.adjustment", "grid_id", copy=True)
    share_ids = fields.One2many("association.fee.share", "grid_id", copy=True)
    floor = OptionalMonetary(string="Least fee", help="Whatever the rule. Empty: none.")
    cap = OptionalMonetary(string="Greatest fee", help="Whatever the rule. Empty: none.")
    amount_period = fields.Selection(
        [("year", "For the whole period"), ("month", "For a month")],
        string="Amounts are",
        default="year",
        required=True,
        help="For a month: each month that the membership runs is owed, a month begun counting whole.",
    )
    prorata = fields.Boolean(
        string="Prorata by month",
        help="Who joins during the period owes the months left, the month of joining included.",
    )
    rollover_from = fields.Date(
        string="Next period included from",
        help="Who joins for the first time (or again) from that day on is a member until the end of "
        "the next period, for the fee of one. Empty: never.",
    )
    rounding_unit = fields.Selection(
        [("0.01", "0.01"), ("0.1", "0.10"), ("0.5", "0.50"), ("1", "1"), ("5", "5"), ("10", "10")],
        string="Fees are multiples of",
        default="0.01",
        required=True,
    )
    rounding_direction = fields.Selection(
        [("nearest", "Nearest"), ("up", "Up"), ("down", "Down")],
        string="Rounded",
        default="nearest",
        required=True,
    )
    year_counting = fields.Selection(
        [("first", "From the first joining"), ("last", "From the last joining again")],
        string="Years of membership count",
        default="first",
        required=True,
        help="From the last joining again: who lapsed and came back starts again at year 1.",
    )
    rule_count = fields.Integer(compute="_compute_rule_count", string="Rules")
    membership_ids = fields.One2many("association.membership", "grid_id", copy=False)
    membership_count = fields.Integer(compute="_compute_membership_count", string="Memberships")
    note = fields.Html(string="Notes")

    _dates_in_order = models.Constraint(
        "CHECK (date_from <= date_to)", "The grid's last day comes before its first day."
    )
    _bounds_in_order = models.Constraint(
        "CHECK (floor >= 0 AND cap >= 0 AND floor <= cap)",
        "The least fee cannot be negative, nor above the greatest one.",
    )
    _rollover_in_period = models.Constraint(
        "CHECK (rollover_from BETWEEN date_from AND date_to)",
        "“Next period included from” has to be a day of the grid's period.",
    )
    _voted_with_date = models.Constraint(
        "CHECK (state = 'draft' OR voted_on IS NOT NULL)",
        "A voted grid carries the day on which it was voted.",
    )

    @api.depends("date_from")
    def _compute_date_to(self):
        for grid in self:
            if grid.date_from:
                grid.date_to = grid.date_from + relativedelta(years=1, days=-1)

    @api.depends("date_from")
    def _compute_figures_year(self):
        for grid in self:
            if grid.date_from:
                grid.figures_year = grid.date_from.year - 1

    @api.depends("rule_ids")
    def _compute_rule_count(self):
        for grid in self:
            grid.rule_count = len(grid.rule_ids)

    def _compute_membership_count(self):
        counts = dict(
            self.env["association.membership"]._read_group([("grid_id", "in", self.ids)], ["grid_id"], ["__count"])
        )
        for grid in self:
            grid.membership_count = counts.get(grid, 0)

    # ---- life of a grid ----

    def action_vote(self):
        """Record the vote: from then on the rules no longer change."""
        for grid in self:
            if grid.state != "draft":
                raise UserError(self.env._("The grid “%(grid)s” has already been voted.", grid=grid.name))
            if not grid.rule_ids:
                raise UserError(
                    self.env._(
                        "The grid “%(grid)s” has no rule yet: write at least one fee before it is voted.",
                        grid=grid.name,
                    )
                )
            grid.write(
                {
                    "state": "voted",
                    "voted_on": grid.voted_on or fields.Date.context_today(grid),
                }
            )

    def action_reset_to_draft(self):
        """Take back a vote recorded by mistake, while nothing has used the grid."""
        for grid in self:
            if grid.state != "voted":
                raise UserError(
                    self.env._(
                        "The grid “%(grid)s” has been used: it stays as it was voted. Duplicate it to write another.",
                        grid=grid.name,
                    )
                )
            grid.write({"state": "draft", "voted_on": False})

    def action_close(self):
        self.filtered(lambda grid: grid.state in ("voted", "used")).state = "closed"

    def copy_data(self, default=None):
        default = dict(default or {})
        vals_list = super().copy_data(default)
        if "name" not in default:
            for grid, vals in zip(self, vals_list, strict=True):
                vals["name"] = self.env._("%s (copy)", grid.name)
        return vals_list

    def write(self, vals):
        if VOTED_FIELDS & set(vals):
            self._check_draft()
        frozen = self.filtered(lambda grid: grid.state in ("used", "closed"))
        if frozen and USED_FIELDS & set(vals):
            raise UserError(
                self.env._(
                    "The grid “%(grid)s” is in use: its vote can no longer change. Duplicate it to write another.",
                    grid=frozen[0].name,
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_unused(self):
        for grid in self:
            if grid.state in ("used", "closed"):
                raise UserError(
                    self.env._(
                        "The grid “%(grid)s” has been used: archive it instead of deleting it, so "
                        "that past fees stay explained.",
                        grid=grid.name,
                    )
                )

    def _check_draft(self):
        for grid in self:
            if grid.state != "draft":
                raise UserError(
                    self.env._(
                        "The grid “%(grid)s” has been voted: its rules can no longer change. "
                        "Duplicate it, change the copy and have that one voted.",
                        grid=grid.name,
                    )
                )

    def action_view_memberships(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "coup_de_pousse_membership.action_association_membership"
        )
        return {**action, "domain": [("grid_id", "=", self.id)], "context": {}}
