"""Mandates: who sits on which seat, for which structure, for how long."""

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.calculation.common.terms import last_day
from odoo.addons.coup_de_pousse_membership.models.common.dated_records import show_day
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from . import mandate_refusals, mandate_succession
from .mandate_objections import MandateObjections, name_objections

END_REASONS = [
    ("replaced", "Replaced"),
    ("resigned", "Resigned"),
    ("revoked", "Revoked"),
    ("structure_left", "The structure left the network"),
    ("deceased", "Deceased"),
    ("other", "Other reason"),
]

DESIGNATIONS = [("elected", "Elected"), ("co_opted", "Co-opted"), ("by_right", "By right")]


class GovernanceMandate(models.Model):
    _name = "governance.mandate"
    _description = "Mandate"
    _inherit = ["association.part", "governance.officer.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "body_id, seat_id, date_from desc, id desc"
    _rec_names_search = ["partner_id", "organisation_id"]
    _officer_fields = frozenset(("seat_id", "partner_id", "role", "date_from", "term_date", "stays", "ended_on"))

    seat_id = fields.Many2one(
        "governance.seat", required=True, ondelete="restrict", index=True, tracking=True, check_company=True
    )
    body_id = fields.Many2one(related="seat_id.body_id", store=True, index=True, precompute=True)
    company_id = fields.Many2one(related="seat_id.company_id", store=True, index=True, precompute=True)
    college_id = fields.Many2one(related="seat_id.college_id", string="College of the seat")
    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        required=True,
        ondelete="restrict",
        index=True,
        tracking=True,
        domain="[('is_company', '=', False)]",
    )
    organisation_id = fields.Many2one(
        "res.partner",
        string="Speaks for",
        compute="_compute_organisation_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
        domain="[('is_company', '=', True), ('is_of_association', '=', True)]",
        help="Structure that the person represents on this seat; empty: the person sits in its own name.",
    )
    role = fields.Selection(
        [("titular", "Titular"), ("substitute", "Substitute")], required=True, default="titular", tracking=True
    )
    designation = fields.Selection(
        DESIGNATIONS,
        required=True,
        default="elected",
        tracking=True,
    )
    date_from = fields.Date(string="Start", required=True, default=fields.Date.context_today, tracking=True)
    term_date = fields.Date(
        string="Term",
        compute="_compute_term_date",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="Last day for which the mandate was given; empty: it has no term.",
    )
    stays = fields.Boolean(
        string="Stays until replaced",
        compute="_compute_stays",
        store=True,
        readonly=False,
        precompute=True,
        help="At the term, the holder stays in place until somebody follows.",
    )
    ended_on = fields.Date(string="Ended on", copy=False, tracking=True, help="Actual last day, where it is known.")
    end_reason = fields.Selection(END_REASONS, string="Reason of the end", copy=False, tracking=True)
    last_day = fields.Date(
        compute="_compute_last_day",
        store=True,
        precompute=True,
        index=True,
        string="Runs until",
        help="Last day of the mandate; empty: nothing ends it yet.",
    )
    replaces_id = fields.Many2one(
        "governance.mandate",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    state = fields.Selection(
        [
            ("upcoming", "To come"),
            ("running", "Running"),
            ("kept", "Past its term, kept in place"),
            ("past", "Past"),
        ],
        compute="_compute_state",
        search="_search_state",
    )
    is_current = fields.Boolean(compute="_compute_state", search="_search_is_current", string="Current")
    office_ids = fields.One2many("governance.office", "mandate_id", string="Offices")
    office_names = fields.Char(compute="_compute_office_names", string="Office")
    warning = fields.Text(
        compute="_compute_warning", help="What the statutes may object to in this mandate, as of today."
    )

    _dates_in_order = models.Constraint("CHECK (date_from <= term_date)", "A mandate's term comes before its start.")
    _ends_after_start = models.Constraint(
        "CHECK (date_from <= ended_on)", "A mandate ends before it starts: check “Ended on”."
    )
    _ends_by_its_term = models.Constraint(
        "CHECK (stays OR ended_on <= term_date)",
        "A mandate that does not stay until replaced ends at its term at the latest.",
    )
    # Plain PostgreSQL: a range of one id is compared with && where btree_gist would give "=".
    _one_titular_per_seat = models.Constraint(
        "EXCLUDE USING gist (int4range(seat_id, seat_id, '[]') WITH &&, "
        "daterange(date_from, last_day, '[]') WITH &&) WHERE (role = 'titular')",
        "This seat has a titular holder on some of these days: end that mandate first, or record a replacement.",
    )
    _one_seat_per_body = models.Constraint(
        "EXCLUDE USING gist (int4range(body_id, body_id, '[]') WITH &&, "
        "int4range(partner_id, partner_id, '[]') WITH &&, "
        "daterange(date_from, last_day, '[]') WITH &&) WHERE (role = 'titular')",
        "This person already holds a seat of this body on some of these days: nobody sits twice on one body.",
    )

    # ---- what is proposed ----

    @api.depends("partner_id")
    def _compute_organisation_id(self):
        for mandate in self:
            parent = mandate.partner_id.parent_id
            mandate.organisation_id = mandate.organisation_id or (parent if parent.is_company else False)

    @api.depends("seat_id", "date_from")
    def _compute_term_date(self):
        for mandate in self:
            months = mandate.seat_id.body_id.term_months
            if not (months and mandate.date_from):
                mandate.term_date = mandate.term_date
                continue
            mandate.term_date = last_day(mandate.date_from, months)

    @api.depends("seat_id")
    def _compute_stays(self):
        for mandate in self:
            mandate.stays = mandate.seat_id.body_id.at_term == "stays"

    # ---- what follows from the days ----

    @api.depends("term_date", "stays", "ended_on")
    def _compute_last_day(self):
        for mandate in self:
            mandate.last_day = mandate.ended_on or (False if mandate.stays else mandate.term_date)

    @api.depends("date_from", "term_date", "last_day")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for mandate in self:
            if mandate.date_from and mandate.date_from > today:
                mandate.state = "upcoming"
            elif mandate.last_day and mandate.last_day < today:
                mandate.state = "past"
            elif mandate.term_date and mandate.term_date < today:
                mandate.state = "kept"
            else:
                mandate.state = "running"
            mandate.is_current = mandate.state in ("running", "kept")

    @api.model
    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        current = Domain(self._on_day_domain(fields.Date.context_today(self)))
        return current if True in value else ~current

    @api.model
    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        current = Domain(self._on_day_domain(today))
        late = Domain("term_date", "<", today)
        domains = {
            "upcoming": Domain("date_from", ">", today),
            "past": Domain("last_day", "<", today),
            "kept": current & late,
            "running": current & ~late,
        }
        return Domain.OR([domains[state] for state in value if state in domains])

    @api.model
    def _titular_domain(self, day):
        """Return the domain of the titular mandates that run on a day."""
        return [("role", "=", "titular"), *self._on_day_domain(day)]

    def _is_inside(self, frame):
        """Return whether the mandate was given within the days of a body or of a seat."""
        self.ensure_one()
        last = self.last_day or self.term_date
        starts = not frame.date_from or self.date_from >= frame.date_from
        return starts and (not frame.date_to or bool(last and last <= frame.date_to))

    @api.depends("office_ids.office", "office_ids.title", "office_ids.last_day")
    def _compute_office_names(self):
        today = fields.Date.context_today(self)
        for mandate in self:
            current = mandate.office_ids._filtered_on_day(today)
            mandate.office_names = ", ".join(office._get_label() for office in current)

    @api.depends("partner_id", "organisation_id", "seat_id")
    @api.depends_context("governance_in_body")
    def _compute_display_name(self):
        inside = self.env.context.get("governance_in_body")
        for mandate in self:
            name = mandate.partner_id.name or ""
            if mandate.organisation_id:
                name = f"{name} ({mandate.organisation_id.name})"
            mandate.display_name = name if inside or not mandate.body_id else f"{name}, {mandate.body_id.name}"

    # ---- what is pointed out ----

    def _compute_warning(self):
        found = self._get_objections()
        for mandate in self:
            sentences = name_objections(mandate) if mandate in found else {}
            mandate.warning = "\n".join(sentences[code] for code in found.get(mandate, ())) or False

    def _get_objections(self):
        """Return {mandate: codes of what may be objected} of the titular mandates that run today."""
        return MandateObjections(self).find()

    # ---- what is refused ----

    @api.constrains("seat_id", "date_from", "term_date", "ended_on", "stays")
    def _check_inside_body(self):
        for mandate in self:
            for frame in (mandate.body_id, mandate.seat_id):
                if mandate._is_inside(frame):
                    continue
                raise ValidationError(
                    self.env._(
                        "%(person)s cannot sit on %(frame)s from %(first)s to %(last)s: it exists from %(begin)s to "
                        "%(end)s only. Change the days of the mandate, or those of “%(frame)s”.",
                        person=mandate.partner_id.name,
                        frame=frame.display_name,
                        first=show_day(self.env, mandate.date_from),
                        last=show_day(self.env, mandate.last_day or mandate.term_date),
                        begin=show_day(self.env, frame.date_from),
                        end=show_day(self.env, frame.date_to),
                    )
                )

    @api.constrains("partner_id", "organisation_id")
    def _check_a_person_sits(self):
        for mandate in self:
            if mandate.partner_id.is_company:
                raise ValidationError(
                    self.env._(
                        "%s is an organisation: a person sits, and speaks for it. Write the person in “Person” and "
                        "the organisation in “Speaks for”.",
                        mandate.partner_id.name,
                    )
                )

    def _meets(self, other):
        """Return whether two mandates share a day."""
        before = self.last_day and self.last_day < other.date_from
        return not before and not (other.last_day and other.last_day < self.date_from)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_followed(self):
        followers = self.search([("replaces_id", "in", self.ids), ("id", "not in", self.ids)])
        if followers:
            raise UserError(
                self.env._(
                    "%(person)s was replaced by %(follower)s: this mandate is part of the history. Correct its days "
                    "instead of deleting it.",
                    person=followers[0].replaces_id.partner_id.name,
                    follower=followers[0].partner_id.name,
                )
            )

    # ---- who follows whom ----

    @api.model_create_multi
    def create(self, vals_list):
        mandate_succession.end_kept(self.browse(), vals_list)
        # The last day given to a predecessor in the same form has to be in the database first.
        self.flush_model()
        mandate_refusals.refuse_new(self.browse(), vals_list)
        return super().create(vals_list)

    def write(self, vals):
        mandate_refusals.refuse_changed(self, vals)
        return super().write(vals)

    def action_replace(self):
        """Open the wizard that ends this mandate and gives its seat, and its term, to somebody else."""
        self.ensure_one()
        self.check_access("write")
        return self.env["governance.replacement.wizard"]._get_records_action(
            name=self.env._("Replace %s", self.partner_id.name),
            target="new",
            context={"default_mandate_id": self.id},
        )

    def _replace(self, day, reason, vals):
        """End the mandate the day before, and give its seat to somebody else until the same term.

        :return: the successor's mandate.
        """
        self.ensure_one()
        return mandate_succession.replace(self, day, reason, vals)

    def _get_first_of_term(self):
        """Return the mandate that the seat was given with: a replacement sits for the rest of its term."""
        first = self
        while first.replaces_id and first.replaces_id.date_from < first.date_from:
            first = first.replaces_id
        return first

    def _get_followers(self):
        """Return those who have followed on the seat for the rest of the term, the next one first."""
        followers, last = self.browse(), self
        while last := self.search([("replaces_id", "in", last.ids), ("id", "not in", (self | followers).ids)]):
            followers |= last
        return followers
