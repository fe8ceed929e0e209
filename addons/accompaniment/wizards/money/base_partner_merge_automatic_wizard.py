"""Merging contacts: two parts of one mission are two amounts, which people bring together."""

from odoo import models
from odoo.exceptions import UserError


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _check_missions_mergeable(self, partners):
        """Raise if the contacts have parts, perhaps invoiced, of one mission: people decide which one stays."""
        parts = self.env["accompaniment.cofunding"].sudo().search([("partner_id", "in", partners.ids)])
        twice = [mission for mission, same in parts.grouped("mission_id").items() if len(same) > 1]
        if twice:
            raise UserError(
                self.env._(
                    "%(partners)s each have a part of %(mission)s: give both parts to one of them before you "
                    "merge the contacts.",
                    partners=", ".join(partners.mapped("name")),
                    mission=twice[0].name,
                )
            )
        return super()._check_missions_mergeable(partners)
