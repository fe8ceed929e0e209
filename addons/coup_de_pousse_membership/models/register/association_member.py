"""The member's file: who belongs to the network since when, what follows from its memberships and departures."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...calculation.register.membership_state import OPEN, first_departure_from, member_state
from .association_membership import LIVE
from .member_numbers import give_numbers, number_known_files
from .member_search import find_members
from .members_sheet import make_members_sheet
from .state_refresh import refresh_states

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
    _check_company_auto = True
    _rec_names_search = ["partner_id", "number"]

    partner_id = fields.Many2one(
        "res.partner",
        string="Organisation or person",
        required=True,
        ondelete="restrict",
        index=True,
        tracking=True,
    )
    number = fields.Char(
        string="Member number",
        copy=False,
        tracking=True,
        help="Given by itself: the reference of the contact, or else the next number.",
    )
    anything = fields.Char(
        string="Name, number, address, phone, correspondent or call", store=False, search="_search_anything"
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
    departure_ids = fields.One2many("association.member.departure", "member_id", string="Departures")
    left_on = fields.Date(
        string="Left on",
        compute="_compute_left_on",
        store=True,
        readonly=False,
        inverse="_inverse_departure",
        tracking=True,
        help="Last day as a member before leaving. A membership that starts later means that the "
        "member has joined again.",
    )
    end_reason = fields.Selection(
        END_REASONS,
        string="Reason for leaving",
        compute="_compute_left_on",
        store=True,
        readonly=False,
        inverse="_inverse_departure",
        tracking=True,
    )
    left_decided_by = fields.Char(string="Departure decided by", compute="_compute_left_decided_by", store=True)
    membership_ids = fields.One2many("association.membership", "member_id")
    membership_count = fields.Integer(compute="_compute_membership_count", string="Memberships")
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
    correspondent_ids = fields.One2many("association.correspondent", "member_id", string="Correspondents")
    figures_ids = fields.One2many(related="partner_id.annual_figures_ids", readonly=False)
    figures_year = fields.Integer(
        compute="_compute_figures_year",
        string="Year of the figures asked for",
        help="Year of the list that is open; last year by default.",
    )
    # What lists show and group by, read from the contact.
    territory_id = fields.Many2one(related="partner_id.territory_id", store=True)
    email = fields.Char(related="partner_id.email", readonly=False)
    phone = fields.Char(related="partner_id.phone", readonly=False)
    street = fields.Char(related="partner_id.street", readonly=False)
    street2 = fields.Char(related="partner_id.street2", readonly=False)
    zip = fields.Char(related="partner_id.zip", readonly=False)
    city = fields.Char(related="partner_id.city", readonly=False)
    country_id = fields.Many2one(related="partner_id.country_id", readonly=False)
    is_company = fields.Boolean(related="partner_id.is_company", readonly=False)
    legal_form = fields.Selection(related="partner_id.legal_form", readonly=False)
    company_registry = fields.Char(related="partner_id.company_registry", string="SIREN / SIRET", readonly=False)
    rna = fields.Char(related="partner_id.rna", readonly=False)

    # An index, not a constraint: merging two contacts deletes the rows that break a constraint.
    _partner_company_unique = models.UniqueIndex(
        "(partner_id, company_id)",
        "This contact already has a member's file in this association: open that one instead.",
    )
    _number_unique = models.UniqueIndex(
        "(company_id, number)", "Another member has this number already: choose a free one."
    )
    _end_complete = models.Constraint(
        "CHECK ((left_on IS NULL) = (end_reason IS NULL))",
        "To record a departure, give both its last day and its reason (or neither).",
    )

    # ---- what follows from the facts ----

    @api.depends("category_id")
    def _compute_college_id(self):
        for member in self:
            member.college_id = member.category_id.college_id or member.college_id

    @api.depends("departure_ids.left_on", "departure_ids.reason", "departure_ids.returned_on")
    def _compute_left_on(self):
        for member in self:
            departure = member._lasting_departure()
            member.left_on = departure.left_on
            member.end_reason = departure.reason

    @api.depends("departure_ids.decided_by", "departure_ids.returned_on")
    def _compute_left_decided_by(self):
        for member in self:
            member.left_decided_by = member._lasting_departure().decided_by

    def _inverse_departure(self):
        self.env["association.member.departure"]._write_from_files(self)

    def _lasting_departure(self):
        return self.departure_ids.filtered(lambda departure: not departure.returned_on)[:1]

    def _first_departure_from(self, day):
        """Return the first last day at or after a day, or None: it ends what ran then."""
        return first_departure_from(self.departure_ids.mapped("left_on"), day)

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
            opened = member.membership_ids.filtered(lambda m: m.state in OPEN)
            candidates = opened or member.membership_ids
            member.current_membership_id = candidates.sorted("date_from")[-1:]

    @api.depends("membership_ids.amount_due")
    def _compute_amount_due(self):
        for member in self:
            member.amount_due = sum(member.membership_ids.mapped("amount_due"))

    def _compute_membership_count(self):
        counts = dict(
            self.env["association.membership"]._read_group([("member_id", "in", self.ids)], ["member_id"], ["__count"])
        )
        for member in self:
            member.membership_count = counts.get(member._origin, 0)

    @api.depends_context("association_figures_year")
    def _compute_figures_year(self):
        asked = self.env.context.get("association_figures_year")
        self.figures_year = asked or fields.Date.context_today(self).year - 1

    def _init_column(self, column_name):
        if column_name == "number":
            return number_known_files(self.env.cr)
        return super()._init_column(column_name)

    @api.model
    def _search_anything(self, operator, value):
        if operator not in ("ilike", "like", "=", "=ilike", "=like") or not isinstance(value, str):
            return NotImplemented
        return find_members(self.env, operator, value)

    # ---- nothing of the register is lost ----

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(give_numbers(self.env, vals_list))

    def write(self, vals):
        if "company_id" in vals:
            self._check_company_stays(vals["company_id"])
        return super().write(vals)

    def _check_company_stays(self, company_id):
        moved = self.filtered(lambda member: member.company_id.id != company_id and member.sudo().membership_ids)
        if moved:
            raise UserError(
                self.env._(
                    "%(names)s: the memberships and their calls belong to %(company)s. Record the departure there, "
                    "and open another file in the other association: one contact can be a member of both.",
                    names=", ".join(moved[:5].mapped("display_name")),
                    company=moved[0].company_id.name,
                )
            )

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

    # ---- for whole recordsets ----

    def _search_live_memberships(self, first, last):
        """Return the live memberships that these members have over some days from the first to the last."""
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

    def _get_billing_contacts(self, day=None):
        """Return {member: person who receives its calls on a day}; members without one are left out.

        :param day: today by default.
        """
        correspondents = self.env["association.correspondent"].sudo()
        rows = correspondents.search_fetch(
            [
                ("member_id", "in", self.ids),
                ("role", "=", "billing"),
                # Who is archived or dead receives nothing: the organisation does.
                ("partner_id", "not any", self.env["res.partner"]._get_gone_domain()),
                *correspondents._on_day_domain(day or fields.Date.context_today(self)),
            ],
            ["member_id", "partner_id"],
        )
        return {row.member_id.with_env(self.env): row.partner_id.with_env(self.env) for row in rows}

    def _refresh_states(self, today=None):
        """Bring up to date the states that time alone has changed, in three statements at most.

        Run every night. Only a running or coming membership, or a dated departure, changes by itself.

        :param today: the day to bring the states to; today by default.
        :return: number of members touched.
        """
        self.env.flush_all()
        member_ids = refresh_states(self.env.cr, today or fields.Date.context_today(self))
        if member_ids:
            changed = ["state", "next_change_on"]
            self.env["association.membership"].invalidate_model(changed, flush=False)
            self.invalidate_model(changed, flush=False)
            # What depends on a member's state without being stored, such as on its contact.
            self.browse(member_ids).modified(["state"])
        return len(member_ids)

    @api.model
    def _cron_refresh_states(self):
        self._refresh_states()

    # ---- two contacts become one ----

    def _prepare_absorption(self, others):
        """Take over what hangs on other files beside their memberships; others extend this.

        :raise UserError: if the files contradict each other.
        """
        others.correspondent_ids._move_to(self)

    # ---- what the file opens ----

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
        return self.membership_ids.action_view_invoices()

    def action_export(self):
        """Download these members with their addresses and correspondents."""
        self.check_access("read")
        return self.env["association.spreadsheet"]._download(self.env._("Members"), [make_members_sheet(self)])

    def action_view_contact(self):
        """Open the organisation's or person's contact."""
        self.ensure_one()
        return self.partner_id._get_records_action(context={})

    def action_ask_figures(self):
        """Open the message that asks these members for their figures; it goes through the mail queue."""
        template = self.env.ref("coup_de_pousse_membership.mail_template_figures")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for the figures"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "association_figures_year": self.env.context.get("association_figures_year"),
                "default_composition_mode": "mass_mail",
                "default_model": "association.member",
                "default_res_ids": self.ids,
                "default_template_id": template.id,
                # Queued, however few: the office does not wait for the mail server.
                "default_force_send": False,
            },
        }
