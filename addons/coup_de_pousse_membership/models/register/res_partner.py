"""The contact: an organisation's profile and numbers, and what it shows of its membership."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import remove_accents

from ...calculation.register import identifiers
from ...calculation.register.postcodes import TERRITORY_COUNTRIES, department_code
from ..common.dated_records import show_day
from .association_member import MEMBER_STATES
from .association_territory import ABROAD_CODE
from .number_refusals import registry_refusal, rna_refusal

MEMBERSHIP_GROUPS = (
    "coup_de_pousse_membership.group_membership_director,coup_de_pousse_membership.group_membership_office"
)

#: Reasons for leaving after which nobody can be written to any more.
GONE_REASONS = ("dissolved", "deceased")

# Countries (ISO 3166-1) whose organisations have a SIREN: France and the overseas
# parts with a country code of their own. New Caledonia (RIDET), French Polynesia
# (Tahiti number) and Wallis and Futuna keep registers of their own.
SIREN_COUNTRY_CODES = frozenset(
    ["FR", "GP", "MQ", "GF", "RE", "YT", "BL", "MF", "PM"],
)


class ResPartner(models.Model):
    """The organisation's profile: what it is, its numbers, where it is.

    SIREN and SIRET stay in Odoo's own ``company_registry``, the sector is
    ``industry_id``. What concerns membership is in the member's file, not here.
    """

    _inherit = "res.partner"

    legal_form = fields.Selection(
        [
            ("association_1901", "Association (Act of 1901)"),
            ("association_rup", "Association recognised as of public utility"),
            ("association_local_law", "Association of Alsace-Moselle (local law)"),
            ("foundation", "Foundation"),
            ("endowment_fund", "Endowment fund"),
            ("cooperative", "Cooperative (SCIC, SCOP…)"),
            ("mutual", "Mutual society"),
            ("company", "Company"),
            ("local_authority", "Local authority"),
            ("public_body", "Other public body"),
            ("unincorporated", "Unincorporated group"),
            ("other", "Other"),
        ],
        string="Legal form",
    )
    # Odoo says it must be unique: a SIREN is not, see calculation/register/identifiers.py
    company_registry = fields.Char(
        help="In France, the SIREN (9 digits) or SIRET (14 digits). Two bodies of one legal person may share it.",
    )
    rna = fields.Char(
        string="RNA number",
        index="btree_not_null",
        copy=False,
        help="Number in the national directory of associations: W and nine characters,"
        " written on the receipt of the declaration to the prefecture.",
    )
    same_rna_partner_id = fields.Many2one(
        "res.partner",
        string="Contact with the same RNA number",
        compute="_compute_same_rna_partner_id",
    )
    founded_on = fields.Date(string="Founded on", help="Date of the declaration or of the founding act.")
    territory_id = fields.Many2one(
        "association.territory",
        compute="_compute_territory_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Proposed from the postcode and country. A commune or grouping of communes"
        " inside the proposed department stays.",
    )
    member_ids = fields.One2many("association.member", "partner_id", string="Member's files", groups=MEMBERSHIP_GROUPS)
    annual_figures_ids = fields.One2many(
        "association.annual.figures",
        "partner_id",
        string="Yearly figures",
        groups=MEMBERSHIP_GROUPS,
    )
    correspondent_ids = fields.One2many(
        "association.correspondent", "partner_id", string="Represents", groups=MEMBERSHIP_GROUPS
    )
    membership_state = fields.Selection(
        MEMBER_STATES,
        string="Membership",
        compute="_compute_membership_state",
        search="_search_membership_state",
        groups=MEMBERSHIP_GROUPS,
        help="State of the member's file in the current association.",
    )

    _rna_shape = models.Constraint(
        f"CHECK (rna ~ '{identifiers.RNA_PATTERN}')",
        "An RNA number is W and nine characters, like W442001234. Correct it, or leave it empty.",
    )

    # ---- territory ----

    @api.depends("zip", "country_id")
    def _compute_territory_id(self):
        """Propose the department; keep what is more precise, or all that is known.

        An address that says nothing (no postcode, an impossible one) changes nothing:
        a territory chosen by hand is worth more than no territory.
        """
        codes = {partner: partner._territory_codes() for partner in self}
        territories = self.env["association.territory"]._find_by_code(
            code for candidates in codes.values() for code in candidates
        )
        for partner in self:
            current = partner.territory_id
            proposed = next(
                (territories[code] for code in codes[partner] if code in territories),
                current,
            )
            if partner.country_id.code == "FR" and proposed.kind == "abroad":
                proposed = proposed.browse()  # it came back, we do not know where to
            partner.territory_id = current if current._is_inside(proposed) else proposed

    def _territory_codes(self):
        """Return the codes of the territories to propose, the best first."""
        self.ensure_one()
        country = self.country_id.code
        if country in TERRITORY_COUNTRIES:
            return [TERRITORY_COUNTRIES[country]]
        if self._has_siren():
            code = department_code(self.zip)
            return [code] if code else []
        return [country, ABROAD_CODE] if country else []

    @api.model
    def _propose_missing_territories(self):
        """Propose a territory to the contacts that were there before the territories.

        Called once, when the territories have been loaded.
        """
        partners = self.with_context(active_test=False).search([("territory_id", "=", False)])
        self.env.add_to_compute(self._fields["territory_id"], partners)
        partners._recompute_recordset(["territory_id"])

    # ---- identifiers ----

    def _has_siren(self):
        """Return whether this contact is of a country that gives SIREN numbers."""
        self.ensure_one()
        return self._country_has_siren(self.country_id, self.company_id)

    @api.model
    def _country_has_siren(self, country, company):
        """Return whether a country gives SIREN numbers.

        :param country: the contact's; where it has none, it is taken to be of the
            country of its company (or of the current one)
        """
        # Who may edit a contact may not read its company.
        country = country or (company or self.env.company).sudo().country_id
        return country.code in SIREN_COUNTRY_CODES

    def _get_company_registry_labels(self):
        labels = super()._get_company_registry_labels()
        # A number's own name, the same in every language.
        labels.update(dict.fromkeys(SIREN_COUNTRY_CODES, "SIREN / SIRET"))
        return labels

    @api.depends("rna")
    def _compute_same_rna_partner_id(self):
        """Find another contact with the same RNA number, as a warning only."""
        numbers = [rna for rna in self.mapped("rna") if rna]
        groups = self.with_context(active_test=False)._read_group([("rna", "in", numbers)], ["rna"], ["id:recordset"])
        by_number = dict(groups)
        for partner in self:
            same = by_number.get(partner.rna, self.browse()) - partner._origin
            partner.same_rna_partner_id = same[:1]

    @api.constrains("company_registry", "country_id", "company_id")
    def _check_company_registry_number(self):
        """Refuse an impossible SIREN or SIRET, with the reason.

        Contacts inside an organisation only carry a copy of its number: the number is
        judged once, on the organisation.
        """
        refusals = [
            partner._registry_refusal(partner.company_registry, partner.display_name)
            for partner in self
            if partner.company_registry and partner.commercial_partner_id == partner and partner._has_siren()
        ]
        if refusals := [refusal for refusal in refusals if refusal]:
            raise ValidationError("\n".join(refusals))

    @api.constrains("founded_on")
    def _check_founded_on(self):
        today = fields.Date.context_today(self)
        for partner in self:
            if partner.founded_on and partner.founded_on > today:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” cannot have been founded on %(date)s, which is yet"
                        " to come. Correct “Founded on”, or leave it empty.",
                        name=partner.display_name,
                        date=fields.Date.to_string(partner.founded_on),
                    )
                )

    @api.model
    def _registry_refusal(self, number, name=""):
        """Return why a SIREN or SIRET is refused, as :func:`registry_refusal` says it."""
        return registry_refusal(self.env, number, name)

    @api.model
    def _rna_refusal(self, number):
        """Return why an RNA number is refused, as :func:`rna_refusal` says it."""
        return rna_refusal(self.env, number)

    # ---- numbers are stored without the spaces people write in them ----

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._normalise_rna(vals) for vals in vals_list]
        return super().create(self._normalise_new_registries(vals_list))

    def write(self, vals):
        vals = self._normalise_rna(vals)
        number = vals.get("company_registry")
        tidy = identifiers.normalise(number) or False
        if tidy == (number or False):
            result = super().write(vals)
        else:
            # someone else's number may need its dots and dashes
            french = self.filtered(lambda p: p._will_have_siren(vals))
            result = super(ResPartner, french).write({**vals, "company_registry": tidy})
            if others := self - french:
                result = super(ResPartner, others).write(vals)
        if "country_id" in vals and not number:
            self._tidy_registries()
        return result

    def _tidy_registries(self):
        """Normalise the numbers of contacts that have just become French."""
        for partner in self:
            number = partner.company_registry
            tidy = identifiers.normalise(number) or False
            if number and tidy != number and partner._has_siren():
                partner.company_registry = tidy

    def _will_have_siren(self, vals):
        """Return :meth:`_has_siren` as it will be once ``vals`` are written."""
        country, company = self.country_id, self.company_id
        if "country_id" in vals:
            country = country.browse(vals["country_id"] or [])
        if "company_id" in vals:
            company = company.browse(vals["company_id"] or [])
        return self._country_has_siren(country, company)

    @api.model
    def _normalise_new_registries(self, vals_list):
        """Return ``vals_list`` with tidy SIREN and SIRET for French contacts."""
        if not any(vals.get("company_registry") for vals in vals_list):
            return vals_list
        defaults = self.default_get(["country_id", "company_id"])
        ids = {vals.get("country_id") or defaults.get("country_id") for vals in vals_list}
        # browsed together, so that their codes are read together
        countries = {c.id: c for c in self.env["res.country"].browse(ids - {None, False})}
        normalised = []
        for vals in vals_list:
            number = vals.get("company_registry")
            full = {**defaults, **vals}
            country = countries.get(full.get("country_id"), self.env["res.country"])
            company = self.env["res.company"].browse(full.get("company_id") or [])
            if number and self._country_has_siren(country, company):
                tidy = identifiers.normalise(number) or False
                vals = {**vals, "company_registry": tidy}
            normalised.append(vals)
        return normalised

    @api.model
    def _normalise_rna(self, vals):
        """Return ``vals`` with the RNA number as it is stored.

        :raises ValidationError: with the reason, ahead of the database's own check,
            which can only give a general one
        """
        if not vals.get("rna"):
            return {**vals, "rna": False} if "rna" in vals else vals
        if refusal := self._rna_refusal(vals["rna"]):
            raise ValidationError(refusal)
        return {**vals, "rna": identifiers.normalise_rna(vals["rna"]) or False}

    # ---- what a contact shows of its membership: the facts stand in the member's file ----

    def _get_sorting_name(self):
        """Return the name as a directory sorts it: “Épicerie” among the E."""
        return remove_accents(self.complete_name or "").lower()

    @api.depends("member_ids.state")
    @api.depends_context("company")
    def _compute_membership_state(self):
        members = self.env["association.member"].search_fetch(
            [("partner_id", "in", self.ids), ("company_id", "=", self.env.company.id)],
            ["partner_id", "state"],
        )
        states = {member.partner_id: member.state for member in members}
        for partner in self:
            partner.membership_state = states.get(partner, "none")

    @api.model
    def _search_membership_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        files = [("company_id", "=", self.env.company.id)]
        domain = [("member_ids", "any", [*files, ("state", "in", list(value))])]
        if "none" in value:
            return ["|", *domain, ("member_ids", "not any", files)]
        return domain

    def action_view_member_file(self):
        """Open the member's file in the current association, or a new one."""
        self.ensure_one()
        member = self.env["association.member"].search(
            [("partner_id", "=", self.id), ("company_id", "=", self.env.company.id)], limit=1
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "association.member",
            "res_id": member.id,
            "view_mode": "form",
            "context": {"default_partner_id": self.id},
        }

    # ---- who is no longer there: what hangs on a contact says so ----

    @api.model
    def _get_gone_domain(self):
        """Return the domain of the contacts that are archived, dissolved or deceased."""
        files = self.env["association.member"].sudo().with_context(active_test=False)
        ended = files.search_fetch([("end_reason", "in", GONE_REASONS)], ["partner_id"])
        return Domain("active", "=", False) | Domain("id", "in", ended.partner_id.ids)

    def _say_gone(self):
        """Return {contact: why it is no longer there}, for those of these contacts that are not."""
        files = self.env["association.member"].sudo().with_context(active_test=False)
        ended = files.search_fetch(
            [("partner_id", "in", self.ids), ("end_reason", "in", GONE_REASONS)],
            ["partner_id", "end_reason", "left_on"],
        )
        said = {
            partner: self.env._("%s is archived among the contacts.", partner.name)
            for partner in self.sudo().filtered(lambda partner: not partner.active)
        }
        for file in ended:
            sentences = {
                "dissolved": self.env._("%(name)s was dissolved on %(day)s."),
                "deceased": self.env._("%(name)s died on %(day)s."),
            }
            day = show_day(self.env, file.left_on)
            said[file.partner_id] = sentences[file.end_reason] % {"name": file.partner_id.name, "day": day}
        return {partner.sudo(self.env.su): sentence for partner, sentence in said.items()}

    # ---- nothing of the register is lost: a contact in it is archived or merged, not deleted ----

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_register(self):
        files = (
            self.env["association.member"]
            .sudo()
            .with_context(active_test=False)
            .search([("partner_id", "in", self.ids)])
        )
        if files:
            raise UserError(
                self.env._(
                    "%s has a member's file, which the register must keep. Archive the contact instead, or merge it "
                    "with the one it duplicates.",
                    ", ".join(files[:5].mapped("partner_id.name")),
                )
            )
        held = self.env["association.correspondent"].sudo().search([("partner_id", "in", self.ids)], limit=1)
        if held:
            raise UserError(
                self.env._(
                    "%(person)s is, or was, a correspondent of %(organisation)s. Archive the contact instead, or "
                    "remove the line in the organisation's file if it was a mistake.",
                    person=held.partner_id.name,
                    organisation=held.member_id.display_name,
                )
            )
