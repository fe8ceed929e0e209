"""A contact that sits, or for which somebody sits."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..body.roles import READERS


class ResPartner(models.Model):
    _inherit = "res.partner"

    gender = fields.Selection(
        [("female", "Woman"), ("male", "Man"), ("other", "Other")],
        help="Where it is known: the bodies' balance of women and men is counted from it.",
    )
    mandate_ids = fields.One2many("governance.mandate", "partner_id", string="Mandates held", groups=",".join(READERS))
    representation_ids = fields.One2many(
        "governance.mandate", "organisation_id", string="Mandates for this structure", groups=",".join(READERS)
    )

    is_of_association = fields.Boolean(
        compute="_compute_is_of_association",
        search="_search_is_of_association",
        string="Of the association",
        groups=",".join(READERS),
        help="No member of another association alone.",
    )

    def _compute_is_of_association(self):
        own = self.with_context(active_test=False).search([("id", "in", self.ids), ("is_of_association", "=", True)])
        for partner in self:
            partner.is_of_association = partner._origin in own

    @api.model
    def _search_is_of_association(self, operator, value):
        """Find all contacts but those that are members elsewhere, and not in the associations worked in."""
        if operator != "in":
            return NotImplemented
        members = self.env["association.member"].sudo().with_context(active_test=False)
        here = members._search([("company_id", "in", self.env.companies.ids)]).subselect("partner_id")
        elsewhere = members._search([("company_id", "not in", self.env.companies.ids)]).subselect("partner_id")
        own = Domain("id", "in", here) | Domain("id", "not in", elsewhere)
        return own if True in value else ~own

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_mandates(self):
        mandates = (
            self.env["governance.mandate"]
            .sudo()
            .search(["|", ("partner_id", "in", self.ids), ("organisation_id", "in", self.ids)], limit=1)
        )
        if mandates:
            raise UserError(
                self.env._(
                    "%(person)s sits on %(body)s, or has sat there: the history of mandates must be kept. Archive the "
                    "contact instead, or merge it with the one that it duplicates.",
                    person=mandates.display_name,
                    body=mandates.body_id.name,
                )
            )
