"""Nothing of the register is lost: a file with memberships stays in its association."""

from odoo import models
from odoo.exceptions import UserError


class AssociationMember(models.Model):
    _inherit = "association.member"

    def write(self, vals):
        if "company_id" in vals:
            self._check_company_stays(vals["company_id"])
        return super().write(vals)

    def _check_company_stays(self, company_id):
        moved = self.filtered(lambda member: member.company_id.id != company_id and member.sudo().membership_ids)
        if moved:
            raise UserError(
                self.env._(
                    "%(names)s: the memberships and their calls belong to %(company)s. Record the departure there, "
                    "and open another file in the other association: one contact can be a member of both.",
                    names=", ".join(moved[:5].mapped("display_name")),
                    company=moved[0].company_id.name,
                )
            )
