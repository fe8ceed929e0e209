"""Two contacts become one: what may stand only once per contact is combined."""

from odoo import api, models

from ...models.register.combining import combine_files


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Merge contacts whose addresses do not contradict each other, for whoever may write them.

        An address that is missing contradicts none, and neither does one written in capitals. Odoo goes through
        fields that only administrators read: once the rights on the contacts are checked, it does so with all rights.
        """
        partners = self.env["res.partner"].browse(partner_ids)
        emails = {partner.email_normalized or partner.email for partner in partners} - {False}
        if len(emails) > 1:
            return super()._merge(partner_ids, dst_partner, extra_checks)
        partners.check_access("write")
        return super(BasePartnerMergeAutomaticWizard, self.sudo())._merge(partner_ids, dst_partner, extra_checks)

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Combine what may stand only once per contact, before Odoo redirects the rest."""
        partners = src_partners | dst_partner
        self.env["association.annual.figures"].sudo()._combine_years(partners, dst_partner)
        combine_files(partners.sudo(), dst_partner)
        self.env.flush_all()
        return super()._update_foreign_keys(src_partners, dst_partner)
