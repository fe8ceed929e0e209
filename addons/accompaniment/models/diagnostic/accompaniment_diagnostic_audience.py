"""Who is asked: members of the network, chosen from its register."""

from odoo import fields, models
from odoo.fields import Domain


class AccompanimentDiagnostic(models.Model):
    _inherit = "accompaniment.diagnostic"

    category_ids = fields.Many2many("association.category", string="Only these categories", check_company=True)
    college_ids = fields.Many2many("association.college", string="Only these colleges", check_company=True)
    territory_ids = fields.Many2many(
        "association.territory", string="Only these territories", help="And what lies in them."
    )

    def action_propose_members(self):
        """Put the network's members among the recipients, or whoever receives a member's mail.

        Members without any address are named, for somebody to ask them on paper.
        """
        self.ensure_one()
        self.check_access("write")
        members = self.env["association.member"].sudo().search(self._get_audience_domain())
        contacts = members._get_billing_contacts()
        addressed = {
            member: (member.partner_id | contacts.get(member, member.partner_id)).filtered("email")[:1]
            for member in members
        }
        silent = members.filtered(lambda member: not addressed[member])
        self.recipient_ids |= self.env["res.partner"].union(*addressed.values())
        message = self.env._("%(count)s members are among the recipients.", count=len(members - silent))
        if silent:
            message += " " + self.env._(
                "No mail reaches %(count)s others: %(names)s.",
                count=len(silent),
                names=", ".join(silent[:10].partner_id.mapped("name")),
            )
        return self._notify(message)

    def _get_audience_domain(self):
        """Return the domain of the members to ask; whom the mission is for is not asked."""
        domain = Domain("company_id", "=", self.company_id.id) & Domain("state", "in", ("member", "unpaid"))
        domain &= Domain("partner_id", "not in", self.mission_id.partner_id.ids)
        for field, operator in (("category", "in"), ("college", "in"), ("territory", "child_of")):
            chosen = self[f"{field}_ids"]
            if chosen:
                domain &= Domain(f"{field}_id", operator, chosen.ids)
        return domain
