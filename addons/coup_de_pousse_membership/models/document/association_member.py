"""The papers of a member: form, certificate, card with its code, labels."""

import base64
import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...calculation.common.qr_code import make_qr
from ...calculation.register.figures import FIGURES

#: States in which somebody is a member.
MEMBER = ("member", "unpaid")


class AssociationMember(models.Model):
    _inherit = "association.member"

    card_token = fields.Char(
        readonly=True, copy=False, index="btree_not_null", groups="coup_de_pousse_membership.group_membership_office"
    )

    # ---- certificate and card: of members only ----

    def _check_is_member(self):
        """Raise if one of these is no member today: no paper says that they are."""
        others = self.filtered(lambda member: member.state not in MEMBER)
        if others:
            raise UserError(
                self.env._(
                    "Not members today: %(names)s. A certificate or a card is for members only.",
                    names=", ".join(others[:5].mapped("display_name")),
                )
            )

    def _give_card_tokens(self):
        """Give a code to those whose card has none yet."""
        for member in self.sudo().filtered(lambda member: not member.card_token):
            member.card_token = secrets.token_urlsafe(12)

    def _get_card_qr(self):
        """Return the picture of the square code of the card."""
        self.ensure_one()
        return base64.b64encode(make_qr(f"{self.get_base_url()}/membership/card/{self.sudo().card_token}", pixels=4))

    @api.model
    def _find_by_card(self, token):
        """Return the member whose card has this code; none for a code that nobody has."""
        return self.search([("card_token", "=", token)], limit=1) if len(token) >= 12 else self.browse()

    def _get_card_day(self):
        """Return until when the card is valid; False for whom is no member."""
        return self.state in MEMBER and self.current_membership_id.last_day

    # ---- form ----

    def _get_form_lines(self):
        """Return [(label, value)] of what the form asks about the organisation; the value is empty if unknown."""
        partner = self.partner_id
        labels = {name: field._description_string(self.env) for name, field in partner._fields.items()}
        forms = dict(partner._fields["legal_form"]._description_selection(self.env))
        president = self.correspondent_ids.filtered(lambda one: one.role == "president")[:1]
        street = ", ".join(filter(None, [partner.street, partner.street2]))
        # A person has none of this; a blank form is for organisations.
        of_organisations = [
            (labels["legal_form"], forms.get(partner.legal_form)),
            ("SIREN / SIRET", partner.company_registry),
            (labels["rna"], partner.rna),
            (self.env._("President"), president.partner_id.name),
        ]
        return [
            (self.env._("Name"), partner.name),
            *(of_organisations if partner.is_company or not partner else []),
            (self.env._("Address"), street),
            (self.env._("Postcode and town"), " ".join(filter(None, [partner.zip, partner.city]))),
            (labels["phone"], partner.phone),
            (labels["email"], partner.email),
            (self.env._("Category"), self.category_id.name),
        ]

    def _get_form_figures(self, grid):
        """Return [(label, value)] of the figures that the grid reads: those declared, else empty."""
        basis = {name for rule in grid.rule_ids for name in (rule.basis, rule.second_basis) if name in FIGURES}
        model = self.env["association.annual.figures"]
        declared = self.figures_ids.filtered(lambda figures: figures.year == grid.figures_year)[:1]
        rows = []
        for name in filter(basis.__contains__, FIGURES):
            value = declared[name] if declared else False
            label = f"{model._fields[name]._description_string(self.env)} {grid.figures_year}"
            rows.append((label, "" if value is False else grid.rule_ids[:1]._format_figure(value, name)))
        return rows
