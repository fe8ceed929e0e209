"""A departure that is erased takes along the task that it gave the treasurer."""

from odoo import models


class AssociationMemberDeparture(models.Model):
    _inherit = "association.member.departure"

    def unlink(self):
        members = self.member_id
        result = super().unlink()
        settled = members.filtered(lambda member: not member.departure_ids)
        task = ["coup_de_pousse_membership.mail_activity_type_departure"]
        settled.sudo().activity_unlink(task, only_automated=False)
        return result
