"""Merging contacts: what a contact has once by mission is combined."""

from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Combine what a contact has once by mission: Odoo would delete what stands twice."""
        partners = src_partners | dst_partner
        self._check_missions_mergeable(partners)
        for model, keys in self._get_unique_lines():
            self._drop_doubles(model, keys, partners, dst_partner)
        self.env.flush_all()
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _check_missions_mergeable(self, partners):
        """Raise what people must decide before these contacts are one; later rooms say what that is."""

    def _get_unique_lines(self):
        """Return (model, fields) of the lines of which a contact has one for each value of the fields."""
        return [("accompaniment.participant", ("mission_id", "role")), ("accompaniment.day.cost", ("company_id",))]

    def _drop_doubles(self, model, keys, partners, dst_partner):
        """Keep one line where the merged contacts have several: the kept contact's, else the first."""
        lines = self.env[model].sudo().search([("partner_id", "in", partners.ids)])
        for same in lines.grouped(lambda line: tuple(line[key] for key in keys)).values():
            kept = same.filtered(lambda line: line.partner_id == dst_partner)[:1] or same[:1]
            (same - kept).unlink()
