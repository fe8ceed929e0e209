"""Two contacts become one: what may stand only once per contact is combined."""

from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Combine what may stand only once per contact, before Odoo redirects the rest."""
        partners = src_partners | dst_partner
        self.env["association.member"].sudo()._combine_files(partners, dst_partner)
        self.env["association.annual.figures"].sudo()._combine_years(partners, dst_partner)
        self.env.flush_all()
        return super()._update_foreign_keys(src_partners, dst_partner)
