"""A contact in the register is archived or merged, not deleted."""

from odoo import api, models
from odoo.exceptions import UserError


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_register(self):
        files = (
            self.env["association.member"]
            .sudo()
            .with_context(active_test=False)
            .search([("partner_id", "in", self.ids)])
        )
        if files:
            raise UserError(
                self.env._(
                    "%s has a member's file, which the register must keep. Archive the contact instead, or merge it "
                    "with the one it duplicates.",
                    ", ".join(files[:5].mapped("partner_id.name")),
                )
            )
        held = self.env["association.correspondent"].sudo().search([("partner_id", "in", self.ids)], limit=1)
        if held:
            raise UserError(
                self.env._(
                    "%(person)s is, or was, a correspondent of %(organisation)s. Archive the contact instead, or "
                    "remove the line in the organisation's file if it was a mistake.",
                    person=held.partner_id.name,
                    organisation=held.member_id.display_name,
                )
            )
