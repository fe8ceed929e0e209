"""Merging contacts: what a contact has once by mission is combined."""

from odoo import api, models
from odoo.addons.coup_de_pousse_membership.models.register.combining import combine


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Combine what a contact has once by mission: Odoo would delete what stands twice."""
        partners = src_partners | dst_partner
        self._check_missions_mergeable(partners)
        for model, keys, names in self._get_unique_lines():
            lines = self.env[model].sudo().search([("partner_id", "in", partners.ids)])
            for same in lines.grouped(lambda line, keys=keys: tuple(line[key] for key in keys)).values():
                same = same.sorted(lambda line: line.partner_id != dst_partner)
                combine(same[0], same[1:], names)
        self.env.flush_all()
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _check_missions_mergeable(self, partners):
        """Raise what people must decide before these contacts are one; later rooms say what that is."""

    def _get_unique_lines(self):
        """Return (model, keys, fields): of the lines a contact has one for each value of the keys.

        The fields are what such a line says; where two lines contradict each other, people are asked.
        """
        return [
            ("accompaniment.participant", ("mission_id", "role"), ("track_id", "contribution")),
            ("accompaniment.day.cost", ("company_id",), ("amount", "days_month")),
        ]
