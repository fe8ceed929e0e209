from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...calculation.register.membership_state import member_state
from ..common.optional_number import OptionalMonetary
from .association_membership import ADMITTED, LIVE

MEMBER_STATES = [
    ("none", "No membership"),
    ("applicant", "Applicant"),
    ("upcoming", "Upcoming"),
    ("unpaid", "To be paid"),
    ("member", "Up to date"),
    ("former", "Former member"),
    ("left", "Left"),
    ("refused", "Refused"),
]

END_REASONS = [
    ("resigned", "Resigned"),
    ("struck_off", "Struck off (fee unpaid)"),
    ("excluded", "Excluded"),
    ("dissolved", "Dissolved"),
    ("deceased", "Deceased"),
    ("merged", "Merged into another organisation"),
]


class AssociationMember(models.Model):
    _name = "association.member"
    _description = "Member's File"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "partner_id"
    _rec_name = "partner_id"
    _rec_names_search = ["partner_id"]

    partner_id = fields.Many2one(
        "res.partner",
        string="Organisation or person",
        required=True,
        ondelete="restrict",
        index=True,
        tracking=True,
    )
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    active = fields.Boolean(default=True)
    category_id = fields.Many2one(
        "association.category",
        tracking=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Kind of member: it decides which rules of the grid apply.",
    )
    tariff_id = fields.Many2one(
        "association.tariff",
        tracking=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Tariff that the member declares, where the grid has several. Empty: the ordinary one.",
    )
    chosen_amount = OptionalMonetary(
        tracking=True,
        help="Fee that the member chooses to pay, where the grid leaves the choice. Empty: the one "
        "that the grid suggests.",
    )
    college_id = fields.Many2one(
        "association.college",
        compute="_compute_college_id",
        store=True,
        readonly=False,
        tracking=True,
        ondelete="restrict",
        check_company=True,
        help="Group in which the member votes. Proposed from the category.",
    )
    since = fields.Date(
        string="Member since",
        tracking=True,
        help="Day of the first joining. Set by the first admission; it does not move afterwards.",
    )
    left_on = fields.Date(
        string="Left on",
        tracking=True,
        help="Last day as a member before leaving. A membership that starts later means that the "
        "member has joined again.",
    )
    end_reason = fields.Selection(
        END_REASONS,
        string="Reason for leaving",
        tracking=True,
    )
    membership_ids = fields.One2many("association.membership", "member_id")
    state = fields.Selection(
        MEMBER_STATES,
        compute="_compute_state",
        store=True,
        index=True,
        help="Follows from the memberships (admission, payment, end) and from today's date.",
    )
    next_change_on = fields.Date(
        compute="_compute_state",
        store=True,
        index="btree_not_null",
        help="Day on which the state changes by the mere passing of time.",
    )
    current_membership_id = fields.Many2one("association.membership", compute="_compute_current_membership")
    amount_due = fields.Monetary(compute="_compute_amount_due", string="Open calls")
    figures_ids = fields.One2many(related="partner_id.annual_figures_ids", readonly=False)
    # What lists show and group by, read from the contact.
    territory_id = fields.Many2one(related="partner_id.territory_id", store=True)
    email = fields.Char(related="partner_id.email", readonly=False)
    phone = fields.Char(related="partner_id.phone", readonly=False)
    city = fields.Char(related="partner_id.city")
    company_registry = fields.Char(related="partner_id.company_registry", string="SIREN / SIRET")

    # An index, not a constraint: merging two contacts deletes the rows that break a constraint.
    _partner_company_unique = models.UniqueIndex(
        "(partner_id, company_id)",
        "This contact already has a member's file in this association: open that one instead.",
    )
    _end_complete = models.Constraint(
        "CHECK ((left_on IS NULL) = (end_reason IS NULL))",
        "To record a departure, give both its last day and its reason (or neither).",
    )

    @api.depends("category_id")
    def _compute_college_id(self):
        for member in self:
            member.college_id = member.category_id.college_id or member.college_id

    @api.depends(
        "left_on",
        "membership_ids.state",
        "membership_ids.date_from",
        "membership_ids.next_change_on",
    )
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for member in self:
            facts = [
                (membership.state, membership.date_from, membership.next_change_on)
                for membership in member.membership_ids
            ]
            member.state, member.next_change_on = member_state(facts, member.left_on, today)

    @api.depends("membership_ids.date_from", "membership_ids.state")
    def _compute_current_membership(self):
        for member in self:
            live = member.membership_ids.filtered(lambda m: m.state in ("active", "unpaid", "upcoming", "applied"))
            candidates = live or member.membership_ids
            member.current_membership_id = candidates.sorted("date_from")[-1:]

    @api.depends("membership_ids.amount_due")
    def _compute_amount_due(self):
        for member in self:
            member.amount_due = sum(member.membership_ids.mapped("amount_due"))

    @api.constrains("partner_id")
    def _check_partner_is_not_an_address(self):
        for member in self:
            if member.partner_id.parent_id and not member.partner_id.is_company:
                raise ValidationError(
                    self.env._(
                        "%(contact)s is a contact person of %(organisation)s. Open the member's "
                        "file of the organisation, and name this person as its correspondent.",
                        contact=member.partner_id.name,
                        organisation=member.partner_id.parent_id.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_memberships(self):
        kept = self.filtered("membership_ids")
        if kept:
            raise UserError(
                self.env._(
                    "These members have memberships, which the register must keep: %(names)s. "
                    "Record their departure, or archive their file.",
                    names=", ".join(kept[:5].mapped("display_name")),
                )
            )

    # ---- what the memberships say, for whole recordsets ----

    def _latest_memberships(self):
        """Return {member: its latest membership that is neither refused nor cancelled}."""
        memberships = self.env["association.membership"].search(
            [
                ("member_id", "in", self.ids),
                *LIVE,
            ],
            order="date_from",
        )
        return {membership.member_id: membership for membership in memberships}

    def _with_live_membership(self, periods):
        """Return the members that already have a live membership over some days of their period.

        :param periods: (first day, last day) for each member, in the order of the recordset.
        """
        if not self:
            return self
        live = self._search_live_memberships(min(start for start, _end in periods), max(end for _start, end in periods))
        by_member = live.grouped("member_id")
        return self.browse(
            member.id
            for member, (start, end) in zip(self, periods, strict=True)
            if any(
                membership.date_from <= end and membership.last_day >= start for membership in by_member.get(member, ())
            )
        )

    def _search_live_memberships(self, first, last):
        return self.env["association.membership"].search_fetch(
            [
                ("member_id", "in", self.ids),
                *LIVE,
                ("date_from", "<=", last),
                ("last_day", ">=", first),
            ],
            # Read with them, not by a thousand afterwards.
            ["member_id", "admission", "date_from", "last_day"],
        )

    def _get_current_ids(self, day):
        """Return the ids of those whose membership ran until the day before: what follows is a renewal."""
        eve = day - timedelta(days=1)
        domain = ADMITTED & Domain([("member_id", "in", self.ids), ("date_from", "<=", eve), ("last_day", ">=", eve)])
        [[member_ids]] = self.env["association.membership"]._read_group(domain, aggregates=["member_id:array_agg"])
        return set(member_ids or ())

    def _rejoining_dates(self):
        """Return {member id: day on which it joined last, after a gap or for the first time}."""
        memberships = self.env["association.membership"].search(
            [
                ("member_id", "in", self.ids),
                *ADMITTED,
            ],
            order="date_from",
        )
        joined = {}
        for member, chain in memberships.grouped("member_id").items():
            joined[member.id] = chain[0].date_from
            for earlier, later in zip(chain, chain[1:], strict=False):
                if later.date_from > earlier.last_day + timedelta(days=1):
                    joined[member.id] = later.date_from
        return joined

    def _get_fees_under_each_grid(self):
        """Return one row per grid in force or past: what this member owes, or would have owed."""
        self.ensure_one()
        grids = self.env["association.fee.grid"].search(
            [("state", "!=", "draft"), ("company_id", "=", self.company_id.id)]
        )
        called = {grid: membership for membership in self.membership_ids for grid in membership.grid_id}
        rows = []
        for grid in grids:
            [quote] = grid.quote(self)
            rows.append(
                {
                    "grid_id": grid.id,
                    "amount": quote["amount"] + quote["entry_fee"],
                    "called": called[grid].total if grid in called else 0.0,
                    "refused": bool(quote["problem"]),
                    "explanation": quote["sentence"] or quote["problem"],
                }
            )
        return rows

    # ---- two contacts become one ----

    @api.model
    def _combine_files(self, partners, kept_partner):
        """Keep one file per association before contacts become one.

        :raise UserError: if their memberships overlap, since one of them has to go first.
        """
        files = self.with_context(active_test=False).search([("partner_id", "in", partners.ids)])
        for same_company in files.grouped("company_id").values():
            same_company = same_company.sorted(lambda file: file.partner_id != kept_partner)
            if len(same_company) > 1:
                same_company[0]._absorb(same_company[1:])

    def _absorb(self, others):
        """Take over the memberships and the older date of joining of other files."""
        self.ensure_one()
        self._check_no_overlap_with(others)
        joined = [day for day in (self | others).mapped("since") if day]
        others.membership_ids.write({"member_id": self.id})
        self.write(
            {
                "since": min(joined, default=False),
                "active": self.active or any(others.mapped("active")),
                "category_id": self.category_id.id or others.category_id[:1].id,
            }
        )
        for other in others:
            self.message_post(body=self.env._("The file of %s was merged into this one.", other.display_name))
        self.env.flush_all()
        others.unlink()

    def _check_no_overlap_with(self, others):
        live = (self | others).membership_ids.filtered(
            lambda m: m.admission != "refused" and m.payment_state != "cancelled" and not m.withdrawn_on
        )
        ordered = live.sorted("date_from")
        for earlier, later in zip(ordered, ordered[1:], strict=False):
            if later.date_from <= earlier.last_day:
                raise UserError(
                    self.env._(
                        "These contacts cannot be merged: %(one)s and %(other)s are both members "
                        "over the same days (%(first)s, %(second)s). Cancel one of the two "
                        "memberships first (credit note, or refusal of the application).",
                        one=earlier.member_id.display_name,
                        other=later.member_id.display_name,
                        first=earlier.display_name,
                        second=later.display_name,
                    )
                )

    def action_view_memberships(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "coup_de_pousse_membership.action_association_membership"
        )
        return {
            **action,
            "domain": [("member_id", "=", self.id)],
            "context": {"default_member_id": self.id},
        }

    def action_view_invoices(self):
        self.ensure_one()
        return self.membership_ids._action_view_invoices()
