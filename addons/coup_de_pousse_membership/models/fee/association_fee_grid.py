"""Fee grids: drafted, looked at, voted, duplicated for next year; what members owe under them."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...calculation.common.amounts import decimal
from ...calculation.common.terms import last_day
from ...calculation.fee import fee
from ...calculation.fee.fee_period import months_between
from ..common.optional_number import OptionalMonetary
from .grid_reviewer import GridReviewer
from .member_sorting import prepare_membership, sort_members
from .next_year import duplicate_for_next_year
from .quoting import Quoting

#: What decides the fees: fixed by the vote.
VOTED_FIELDS = {
    "company_id", "date_from", "date_to", "figures_year", "last_known_figures", "floor", "cap", "amount_period", "prorata",
    "rollover_from", "starts_on", "rounding_unit", "rounding_direction", "year_counting",
}  # fmt: skip
#: What moreover no longer changes once a membership uses the grid.
USED_FIELDS = {"voted_on", "voted_by"}
#: Fields of the rules that the review reads.
REVIEWED = (
    "category_ids", "tariff_ids", "territory_ids", "year_from", "year_to", "sequence", "basis", "basis_from",
    "basis_below", "second_basis", "second_from", "second_below", "method", "amount", "rate", "unit_price", "floor", "cap",
    "bracket_ids.starts_from", "bracket_ids.rate",
)  # fmt: skip
ROUNDING_UNITS = [("0.01", "0.01"), ("0.1", "0.10"), ("0.5", "0.50"), ("1", "1"), ("5", "5"), ("10", "10")]


class AssociationFeeGrid(models.Model):
    _name = "association.fee.grid"
    _description = "Fee Grid"
    _inherit = ["association.dated", "mail.thread"]
    _order = "date_from desc, id desc"
    _check_company_auto = True

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
    last_known_figures = fields.Boolean(
        string="Else the last known figure",
        help="Where the year's figure is missing, the latest one of an earlier year is read, and the "
        "quote says which year it is of.",
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
    starts_on = fields.Selection(
        [("period", "The first day of the period"), ("joining", "The day of joining")],
        string="First memberships run from",
        compute="_compute_starts_on",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="Of who joins during the period.",
    )
    rounding_unit = fields.Selection(
        ROUNDING_UNITS,
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
    review = fields.Json(
        compute="_compute_review",
        help="Holes, rules never reached, and the amount against the figure for each category.",
    )
    hole_count = fields.Integer(compute="_compute_review", string="Holes")
    shadowed_count = fields.Integer(compute="_compute_review", string="Rules never reached")
    has_second_basis = fields.Boolean(compute="_compute_review")

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
                grid.date_to = last_day(grid.date_from, 12)

    @api.depends("date_from")
    def _compute_figures_year(self):
        for grid in self:
            if grid.date_from:
                grid.figures_year = grid.date_from.year - 1

    @api.depends("prorata", "rollover_from", "amount_period")
    def _compute_starts_on(self):
        for grid in self:  # where the day of joining changes the fee or the period, it is the first day
            by_day = grid.prorata or grid.rollover_from or grid.amount_period == "month"
            grid.starts_on = "joining" if by_day else grid.starts_on or "period"

    def _get_first_day(self):
        """Return the day from which who joins now is a member."""
        today = fields.Date.context_today(self)
        return min(max(self.date_from, today), self.date_to) if self.starts_on == "joining" else self.date_from

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

    @api.depends("date_from", "date_to", *(f"rule_ids.{name}" for name in REVIEWED), "adjustment_ids.percent")
    def _compute_review(self):
        """Look at the rules as they are typed, those that are not saved yet included."""
        categories = self.env["association.category"].search_fetch([], ["name"])
        for grid in self:
            review = GridReviewer(grid).review(categories) if grid.rule_ids else {}
            grid.review = review
            grid.has_second_basis = any(grid.rule_ids.mapped("second_basis"))
            grid.hole_count = len(review.get("holes", ()))
            grid.shadowed_count = len(review.get("shadowed", ()))

    @api.depends("name", "state")
    @api.depends_context("lang")
    def _compute_display_name(self):
        """Two grids of one year are not taken for each other: one that gives no fee says so."""
        states = dict(self._fields["state"]._description_selection(self.env))
        for grid in self:
            silent = grid.state in ("draft", "closed")
            grid.display_name = f"{grid.name or ''} ({states[grid.state]})" if silent else grid.name

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
            grid.rule_ids._check_brackets()
            grid._write_facts({"state": "voted", "voted_on": grid.voted_on or fields.Date.context_today(grid)})

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
            grid._write_facts({"state": "draft", "voted_on": False})

    def action_close(self):
        self.filtered(lambda grid: grid.state in ("voted", "used"))._write_facts({"state": "closed"})

    def action_view_memberships(self):
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("coup_de_pousse_membership.action_association_membership")
        return {**action, "domain": [("grid_id", "=", self.id)], "context": {}}

    # ---- what may no longer change ----

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

    # ---- next year's grid ----

    def copy_data(self, default=None):
        default = dict(default or {})
        vals_list = super().copy_data(default)
        if "name" not in default:
            for grid, vals in zip(self, vals_list, strict=True):
                vals["name"] = self.env._("%s (copy)", grid.name)
        return vals_list

    def _duplicate_for_next_year(self, percent=0.0, rounding_unit="0.01"):
        """Draft a copy of this grid, its dates one year later.

        :param percent: raise of the amounts, in per cent.
        :param rounding_unit: what raised amounts are multiples of.
        :return: the copy.
        """
        self.ensure_one()
        return duplicate_for_next_year(self, percent, Decimal(rounding_unit))

    # ---- what members owe ----

    def quote(self, members, date=None):
        """Compute what members owe under this grid.

        :param members: ``association.member`` records (or their ids).
        :param date: day from which the membership runs; the grid's first day by default.
        :return: one dictionary per member, in the same order: ``member_id``; ``amount`` and
            ``entry_fee`` (in the grid's currency, before tax); ``rule_id``, ``basis`` and
            ``basis_value``; ``date_from`` and ``date_to``; ``year`` of membership; ``sentence`` that
            explains the amount; and ``problem``: a sentence if no amount can be given (``amount`` is
            then False), of the kind ``problem_code`` (see ``calculation/fee/fee.py``).
        """
        return [quote.as_dict() for quote in self._quote(members, date)]

    def _quote(self, members, date=None):
        """Compute what :meth:`quote` tells the outside, as :class:`~.quoting.MemberQuote` objects."""
        self.ensure_one()
        self.check_access("read")
        if not isinstance(members, models.BaseModel):  # ids, from outside
            members = self.env["association.member"].browse(members)
        return Quoting(self, members, fields.Date.to_date(date) or self.date_from).quotes()

    def _to_calculation(self, rules=None):
        """Return the grid as the calculation reads it.

        :param rules: those of its rules that count; all by default.
        """
        self.ensure_one()
        rules = self.rule_ids if rules is None else rules
        monthly = self.amount_period == "month"
        return fee.Grid(
            rules=rules._to_calculation(),
            adjustments=self.adjustment_ids._to_calculation(),
            floor=decimal(self.floor),
            cap=decimal(self.cap),
            months=1 if monthly else months_between(self.date_from, self.date_to),
            prorata=self.prorata,
            rounding=(Decimal(self.rounding_unit), self.rounding_direction),
        )

    # ---- memberships that the grid gives ----

    def _check_usable(self):
        self.ensure_one()
        if self.state not in ("voted", "used"):
            raise UserError(
                self.env._(
                    "The grid “%(grid)s” is not in force: only a voted grid gives fees that "
                    "members owe. Record its vote first.",
                    grid=self.name,
                )
            )

    def _prepare_memberships(self, members, date_from=None, date_to=None):
        """Sort members into those who can get a membership of this grid and those who cannot.

        :param date_from: day from which new members join; the grid's first day by default.
        :param date_to: last day, if it is not the one that the grid gives; both days are then those
            of every membership.
        :return: ({member: its quote}, {member: sentence that says why it can get none}).
        """
        self.ensure_one()
        return sort_members(self, members, date_from, date_to)

    def _create_memberships(self, members, date_from=None, date_to=None):
        """Create the memberships that this grid gives to members, all in one go.

        :return: (memberships created, {member: sentence that says why it got none}).
        """
        self._check_usable()
        quotes, refused = self._prepare_memberships(members, date_from, date_to)
        latest = members._latest_memberships()
        # Who created it and when stands on the record: no message for each of thousands.
        memberships = self.env["association.membership"].with_context(mail_create_nolog=True)
        vals_list = [
            prepare_membership(self, member, quote, latest.get(member, memberships)) for member, quote in quotes.items()
        ]
        return memberships.create(vals_list).with_env(self.env), refused
