"""Merging contacts that sit: their mandates are combined, unless one person would sit twice on a body."""

from itertools import combinations

from odoo import api, models
from odoo.addons.coup_de_pousse_membership.models.common.dated_records import show_day
from odoo.exceptions import UserError


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Mandates follow the contact that is kept; refuse what would seat one person twice on a body."""
        self._check_mandates_apart(src_partners | dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    @api.model
    def _check_mandates_apart(self, partners):
        mandates = (
            self.env["governance.mandate"].sudo().search([("partner_id", "in", partners.ids), ("role", "=", "titular")])
        )
        for on_body in mandates.grouped("body_id").values():
            for one, other in combinations(on_body, 2):
                if one.partner_id != other.partner_id and one._meets(other):
                    raise UserError(
                        self.env._(
                            "%(one)s and %(other)s both sit on %(body)s from %(day)s: one person cannot hold two "
                            "seats of it. Delete or end one of the two mandates, then merge the contacts.",
                            one=one.partner_id.display_name,
                            other=other.partner_id.display_name,
                            body=one.body_id.name,
                            day=show_day(self.env, max(one.date_from, other.date_from)),
                        )
                    )
