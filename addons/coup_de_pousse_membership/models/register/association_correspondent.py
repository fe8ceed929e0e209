"""Who speaks for a member, in which role, from when to when."""

from odoo import api, fields, models

from ..common.dated_records import on_day

#: Roles that one person holds at a time; of the others an organisation may have several.
SINGLE_ROLES = ("billing", "president", "delegate")


def _one_holder(role, message):
    """Forbid two holders of a role over one same day, whoever writes them."""
    return models.Constraint(
        "EXCLUDE USING gist (int4range(member_id, member_id, '[]') WITH &&, "
        "daterange(date_from, date_to, '[]') WITH &&) "
        f"WHERE (role = '{role}')",
        message,
    )


class AssociationCorrespondent(models.Model):
    _name = "association.correspondent"
    _description = "Member's Correspondent"
    _inherit = ["association.part", "association.dated"]
    _order = "member_id, date_to desc, role, id"
    _dated_by = "partner_id"
    _rec_name = "partner_id"

    member_id = fields.Many2one("association.member", required=True, ondelete="cascade", index=True, check_company=True)
    company_id = fields.Many2one(related="member_id.company_id")
    organisation_id = fields.Many2one(related="member_id.partner_id", string="Organisation")
    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        required=True,
        ondelete="restrict",
        index=True,
        domain="[('is_company', '=', False)]",
        help="A contact of the organisation, or anybody else.",
    )
    role = fields.Selection(
        [
            ("billing", "Receives the calls"),
            ("president", "President"),
            ("delegate", "Voting delegate"),
            ("treasurer", "Treasurer"),
            ("director", "Director"),
            ("contact", "Contact"),
        ],
        required=True,
        default="contact",
    )
    date_from = fields.Date(string="From", help="First day; empty: unknown, for as long as known.")
    date_to = fields.Date(string="Until", help="Last day; empty: still so.")
    is_current = fields.Boolean(compute="_compute_is_current", search="_search_is_current", string="Current")
    email = fields.Char(related="partner_id.email", readonly=False)
    phone = fields.Char(related="partner_id.phone", readonly=False)

    _one_billing = _one_holder(
        "billing",
        "One person at a time receives a member's calls: give the earlier one a last day, or change the dates.",
    )
    _one_president = _one_holder(
        "president",
        "A member has one president at a time: give the earlier one a last day, or change the dates.",
    )
    _one_delegate = _one_holder(
        "delegate",
        "A member has one voting delegate at a time: give the earlier one a last day, or change the dates.",
    )

    # ---- on which days ----

    @api.depends("date_from", "date_to")
    def _compute_is_current(self):
        today = fields.Date.context_today(self)
        for correspondent in self:
            correspondent.is_current = correspondent._holds_on(today)

    @api.model
    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        current = self._on_day_domain(fields.Date.context_today(self))
        return current if True in value else ["!", *current]

    @api.model
    def _on_day_domain(self, day):
        """Return the domain of those who hold their role on a day."""
        return on_day(day)

    def _holds_on(self, day):
        self.ensure_one()
        return (not self.date_from or self.date_from <= day) and (not self.date_to or self.date_to >= day)

    def _meets(self, other):
        """Return whether two correspondents share a day."""
        self.ensure_one()
        starts_in_time = not (self.date_from and other.date_to) or self.date_from <= other.date_to
        ends_late_enough = not (self.date_to and other.date_from) or self.date_to >= other.date_from
        return starts_in_time and ends_late_enough

    @api.depends("partner_id", "role", "member_id")
    def _compute_display_name(self):
        roles = dict(self._fields["role"]._description_selection(self.env))
        for correspondent in self:
            person = correspondent.partner_id.name or ""
            organisation = correspondent.member_id.partner_id.name or ""
            correspondent.display_name = f"{person} ({roles.get(correspondent.role)}, {organisation})"

    @api.model_create_multi
    def create(self, vals_list):
        # The last day given to a predecessor in the same form has to be in the database first.
        self.flush_model()
        return super().create(vals_list)

    # ---- two files become one ----

    def _move_to(self, member):
        """Move correspondents of other files to a member's.

        Where two would hold a single role over one day, the member's own holder stays and the other
        becomes a plain contact.
        """
        demoted = self.browse()
        holders = member.correspondent_ids
        for correspondent in self:
            if correspondent.role in SINGLE_ROLES and any(
                correspondent._meets(holder) for holder in holders if holder.role == correspondent.role
            ):
                demoted |= correspondent
            else:
                holders |= correspondent
        for correspondent in demoted:
            member.message_post(
                body=self.env._(
                    "%(correspondent)s: kept as a contact, since somebody else has that role over the same days.",
                    correspondent=correspondent.display_name,
                )
            )
        demoted.write({"role": "contact"})
        self.env.flush_all()
        self.write({"member_id": member.id})
