"""The yearly call for fees: its terms, whom it concerns, the preview of its recipients, next year's."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..common.dated_records import show_day
from ..common.hold import hold
from ..register.association_membership import ADMITTED
from .preview import CampaignPreview

#: What a campaign is made of: fixed once it has begun to call.
SETTINGS = {
    "company_id",
    "grid_id",
    "invoice_date",
    "due_date",
    "lapsed_months",
    "include_applicants",
    "include_new",
    "category_ids",
    "territory_ids",
    "college_ids",
    "one_call_per_payer",
}


class AssociationCampaign(models.Model):
    """The yearly call for fees: who is called, for how much, and what became of it."""

    _name = "association.campaign"
    _description = "Membership Campaign"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_from desc, id desc"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name", store=True, readonly=False, precompute=True, required=True, copy=False)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    grid_id = fields.Many2one(
        "association.fee.grid",
        required=True,
        ondelete="restrict",
        check_company=True,
        index=True,
        default=lambda self: self._default_grid(),
        help="Gives the fees and the period. A drafted one can be previewed; the calls need its vote.",
    )
    grid_state = fields.Selection(related="grid_id.state", string="State of the grid")
    date_from = fields.Date(related="grid_id.date_from", string="First day", store=True)
    date_to = fields.Date(related="grid_id.date_to", string="Last day", store=True)
    previous_id = fields.Many2one(
        "association.campaign", string="Last year's campaign", check_company=True, copy=False, index="btree_not_null"
    )
    invoice_date = fields.Date(
        string="Date of the calls", required=True, default=fields.Date.context_today, tracking=True
    )
    due_date = fields.Date(
        string="To be paid by",
        tracking=True,
        help="Empty: according to the association's payment term, or its days to pay.",
    )
    account_missing = fields.Boolean(related="company_id.membership_account_missing")
    lapsed_months = fields.Integer(
        string="Members in the last",
        default=12,
        help="Months. Who was a member at some time in so many months before the period is called; 0: only those "
        "who are members on the eve of the period, or over it.",
    )
    include_applicants = fields.Boolean(
        string="Applicants", help="Shows those whose application is not decided yet; the call waits for the decision."
    )
    include_new = fields.Boolean(
        string="On file, without a membership",
        default=True,
        help="Members whose file has no membership yet, as after importing a list. Those with a date of joining "
        "are called; the admission of the others has to be recorded first.",
    )
    category_ids = fields.Many2many("association.category", string="Only these categories", check_company=True)
    territory_ids = fields.Many2many(
        "association.territory", string="Only these territories", help="And what lies in them."
    )
    college_ids = fields.Many2many("association.college", string="Only these colleges", check_company=True)
    one_call_per_payer = fields.Boolean(
        string="One call per payer",
        default=True,
        help="A payer of several members receives one call with a line for each. Otherwise each member has its own.",
    )
    state = fields.Selection(
        [
            ("draft", "In preparation"),
            ("running", "Calling"),
            ("paused", "Paused"),
            ("done", "Calls issued"),
            ("closed", "Closed"),
        ],
        default="draft",
        required=True,
        readonly=True,
        tracking=True,
        copy=False,
        index=True,
    )
    notice = fields.Text(readonly=True, copy=False, help="What the treasurer should know of the last run.")
    previewed_on = fields.Datetime(readonly=True, copy=False)
    line_ids = fields.One2many("association.campaign.line", "campaign_id", string="Recipients", copy=False)

    _due_after_call = models.Constraint(
        "CHECK (due_date >= invoice_date)", "The day to pay by comes before the date of the calls."
    )
    _lapsed_months_plausible = models.Constraint(
        "CHECK (lapsed_months BETWEEN 0 AND 240)", "“Members in the last” is a number of months between 0 and 240."
    )

    @api.model
    def _default_grid(self):
        """Return the grid that the next campaign is most likely for: voted, not over, not called yet."""
        today = fields.Date.context_today(self)
        grids = self.env["association.fee.grid"].search(
            [
                ("company_id", "=", self.env.company.id),
                ("state", "in", ("voted", "used")),
                ("date_to", ">=", today),
            ],
            order="date_from",
        )
        called = self.search([("grid_id", "in", grids.ids)]).grid_id
        return (grids - called)[:1] or grids[:1]

    @api.depends("grid_id")
    def _compute_name(self):
        for campaign in self:
            # Until it is saved, the name follows the grid that is chosen.
            if campaign.grid_id and not (campaign.name and campaign._origin):
                campaign.name = self.env._("Campaign %s", campaign._period_label())

    def _period_label(self):
        """Return the period as people say it: “2026”, or “2026–2027”."""
        self.ensure_one()
        years = [self.grid_id.date_from.year, self.grid_id.date_to.year]
        return "\N{EN DASH}".join(str(year) for year in sorted(set(years)))

    # ---- fixed once it has begun to call ----

    def write(self, vals):
        if SETTINGS & set(vals):
            self._check_in_preparation()
        return super().write(vals)

    def _check_in_preparation(self):
        """Raise a UserError if one of these campaigns has begun to call."""
        for campaign in self:
            if campaign.state != "draft":
                raise UserError(
                    self.env._(
                        "The campaign “%(campaign)s” has been launched: who is called, and for how much, can no "
                        "longer change. Call who was forgotten from the list of members, or in another campaign.",
                        campaign=campaign.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_in_preparation(self):
        for campaign in self:
            if campaign.state != "draft":
                raise UserError(
                    self.env._(
                        "The campaign “%(campaign)s” has called members: it stays, as the account of what was "
                        "called. Close it when it is over.",
                        campaign=campaign.name,
                    )
                )

    # ---- whom it concerns ----

    def _search_audience(self):
        """Return the members that the campaign concerns, those who cannot be called included."""
        self.ensure_one()
        return self.env["association.member"].search(self._get_audience_domain())

    def _get_audience_domain(self):
        """Return the domain of the members that the campaign concerns."""
        self.ensure_one()
        # Files put away are shown too, if they were members lately: somebody has to notice.
        eve = self.date_from - timedelta(days=1)
        oldest = min(eve, self.date_from - relativedelta(months=self.lapsed_months))
        members = Domain("membership_ids", "any", ADMITTED & Domain("last_day", ">=", oldest))
        if self.include_new:
            members |= Domain("state", "=", "none") & Domain("active", "=", True)
        if self.include_applicants:
            members |= Domain("membership_ids", "any", [("admission", "=", "applied"), ("withdrawn_on", "=", False)])
        domain = Domain("company_id", "=", self.company_id.id) & Domain("active", "in", (True, False)) & members
        if self.category_ids:
            domain &= Domain("category_id", "in", self.category_ids.ids)
        if self.territory_ids:
            domain &= Domain("territory_id", "child_of", self.territory_ids.ids)
        if self.college_ids:
            domain &= Domain("college_id", "in", self.college_ids.ids)
        return domain

    # ---- the preview ----

    def action_preview(self):
        """Find out who is concerned, and what each of them owes; corrections and exclusions stay."""
        for campaign in self:
            campaign.check_access("write")
            campaign.line_ids._lock_preparation()
            campaign._check_in_preparation()
            campaign._preview(campaign._search_audience())
            campaign.sudo().previewed_on = fields.Datetime.now()
        return True

    def _preview(self, members):
        """Bring the lines up to date with these members: new ones come, those no longer concerned go."""
        self.ensure_one()
        self._drop_unconcerned(members)
        self._preview_members(members)

    def _drop_unconcerned(self, members):
        """Take the lines of all others out of the preview."""
        concerned = set(members.ids)
        self.sudo().line_ids.filtered(lambda line: line.member_id.id not in concerned).unlink()

    def _preview_members(self, members):
        """Find out what these members owe; the campaign is held in preparation by the caller."""
        self.ensure_one()
        lines = self.env["association.campaign.line"].sudo()
        found = lines.search([("campaign_id", "=", self.id), ("member_id", "in", members.ids)])
        known = {line.member_id.id: line for line in found}
        vals_list = []
        for member, vals in CampaignPreview(self).prepare(members).items():
            line = known.get(member.id)
            if line:
                line._update_preview(vals)
            else:
                vals_list.append({"campaign_id": self.id, "member_id": member.id, **vals})
        lines.create(vals_list)
        self.env.flush_all()

    def _check_previewed(self):
        """Raise a UserError if there is nobody to call."""
        self.ensure_one()
        if not self.line_ids.filtered(lambda line: line.state == "ready"):
            raise UserError(
                self.env._(
                    "Nobody is to be called yet: press “Preview”, then mend what keeps members from being called."
                )
            )

    def action_open_grid(self):
        """Open the grid, to record its vote."""
        self.ensure_one()
        return self.grid_id._get_records_action(context={})

    # ---- put away, and next year's ----

    def action_close(self):
        """Put a finished campaign away."""
        self.check_access("write")
        for campaign in self:
            if campaign.state != "done":
                raise UserError(
                    self.env._("“%s” is not finished: a campaign is closed once everybody is called.", campaign.name)
                )
        self.sudo().write({"state": "closed"})

    def action_reopen(self):
        """Take a campaign closed too early back."""
        self.check_access("write")
        self.filtered(lambda campaign: campaign.state == "closed").sudo().write({"state": "done"})

    def action_next_year(self):
        """Make next year's campaign from this one, and open it."""
        self.ensure_one()
        self.check_access("write")
        hold(self)
        campaign = self.search([("previous_id", "=", self.id)], limit=1)
        if not campaign:
            campaign = self.copy(self._prepare_next_year())
        return campaign._get_records_action(context={})

    def _prepare_next_year(self):
        """Return the values in which next year's campaign differs from this one."""
        self.ensure_one()
        year = relativedelta(years=1)
        return {
            "previous_id": self.id,
            "grid_id": self._get_next_grid().id,
            "invoice_date": self.invoice_date + year,
            "due_date": self.due_date and self.due_date + year,
        }

    def _get_next_grid(self):
        """Return the grid of the period that follows: the voted one, else the one being drafted.

        :raise UserError: if there is none.
        """
        grids = self.env["association.fee.grid"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "!=", "closed"),
                ("date_from", ">", self.date_from),
            ],
            order="date_from, id",
        )
        following = grids.filtered(lambda grid: grid.date_from == grids[0].date_from)
        grid = following.filtered(lambda grid: grid.state in ("voted", "used"))[:1] or following[:1]
        if not grid:
            raise UserError(
                self.env._(
                    "There is no fee grid for the period after %(day)s yet. Open the grid “%(grid)s”, duplicate it "
                    "for next year, then come back.",
                    day=show_day(self.env, self.date_to),
                    grid=self.grid_id.name,
                )
            )
        return grid
