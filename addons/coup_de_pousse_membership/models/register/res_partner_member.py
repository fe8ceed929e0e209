"""What a contact shows of its membership. The facts stand in the member's file."""

from odoo import api, fields, models

from .association_member import MEMBER_STATES

MEMBERSHIP_GROUPS = (
    "coup_de_pousse_membership.group_membership_director,coup_de_pousse_membership.group_membership_office"
)


class ResPartner(models.Model):
    _inherit = "res.partner"

    member_ids = fields.One2many("association.member", "partner_id", string="Member's files", groups=MEMBERSHIP_GROUPS)
    annual_figures_ids = fields.One2many(
        "association.annual.figures",
        "partner_id",
        string="Yearly figures",
        groups=MEMBERSHIP_GROUPS,
    )
    correspondent_ids = fields.One2many(
        "association.correspondent", "partner_id", string="Represents", groups=MEMBERSHIP_GROUPS
    )
    membership_state = fields.Selection(
        MEMBER_STATES,
        string="Membership",
        compute="_compute_membership_state",
        search="_search_membership_state",
        groups=MEMBERSHIP_GROUPS,
        help="State of the member's file in the current association.",
    )

    @api.depends("member_ids.state")
    @api.depends_context("company")
    def _compute_membership_state(self):
        members = self.env["association.member"].search_fetch(
            [("partner_id", "in", self.ids), ("company_id", "=", self.env.company.id)],
            ["partner_id", "state"],
        )
        states = {member.partner_id: member.state for member in members}
        for partner in self:
            partner.membership_state = states.get(partner, "none")

    @api.model
    def _search_membership_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        files = [("company_id", "=", self.env.company.id)]
        domain = [("member_ids", "any", [*files, ("state", "in", list(value))])]
        if "none" in value:
            return ["|", *domain, ("member_ids", "not any", files)]
        return domain

    def action_view_member_file(self):
        """Open the member's file in the current association, or a new one."""
        self.ensure_one()
        member = self.env["association.member"].search(
            [("partner_id", "=", self.id), ("company_id", "=", self.env.company.id)], limit=1
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "association.member",
            "res_id": member.id,
            "view_mode": "form",
            "context": {"default_partner_id": self.id},
        }
