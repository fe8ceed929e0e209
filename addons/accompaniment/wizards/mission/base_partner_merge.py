from odoo import api, models
from odoo.exceptions import UserError


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Combine what a contact has once by mission: Odoo would delete what stands twice."""
        partners = src_partners | dst_partner
        self._refuse_two_parts_of_a_mission(partners)
        for model, keys in (
            ("accompaniment.participant", ("mission_id", "role")),
            ("accompaniment.attendance", ("workshop_id",)),
            ("accompaniment.review", ("mission_id", "months")),
            ("accompaniment.day.cost", ("company_id",)),
        ):
            self._drop_doubles(model, keys, partners, dst_partner)
        self.env.flush_all()
        super()._update_foreign_keys(src_partners, dst_partner)

    def _refuse_two_parts_of_a_mission(self, partners):
        """Two parts are two amounts, perhaps invoiced: people decide which one stays."""
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

    def _drop_doubles(self, model, keys, partners, dst_partner):
        """Keep one line where the merged contacts have several: the kept contact's, else the first."""
        lines = self.env[model].sudo().search([("partner_id", "in", partners.ids)])
        for same in lines.grouped(lambda line: tuple(line[key] for key in keys)).values():
            kept = same.filtered(lambda line: line.partner_id == dst_partner)[:1] or same[:1]
            (same - kept).unlink()
