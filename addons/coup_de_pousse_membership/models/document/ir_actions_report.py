"""Papers that say that somebody is a member are for members only."""

from odoo import models

ADDON = "coup_de_pousse_membership"


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _pre_render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        name = self._get_report(report_ref).report_name
        if name in (f"{ADDON}.report_certificate", f"{ADDON}.report_cards") and res_ids:
            members = self.env["association.member"].browse(res_ids)
            members._check_is_member()
            if name == f"{ADDON}.report_cards":
                members._give_card_tokens()
        return super()._pre_render_qweb_pdf(report_ref, res_ids=res_ids, data=data)
