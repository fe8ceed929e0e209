"""What a member's file opens: its memberships, its contact."""

from odoo import fields, models


class AssociationMember(models.Model):
    _inherit = "association.member"

    membership_count = fields.Integer(compute="_compute_membership_count", string="Memberships")

    def _compute_membership_count(self):
        counts = dict(
            self.env["association.membership"]._read_group([("member_id", "in", self.ids)], ["member_id"], ["__count"])
        )
        for member in self:
            member.membership_count = counts.get(member._origin, 0)

    def action_view_contact(self):
        """Open the organisation's or person's contact."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "view_mode": "form",
        }
