from odoo import fields, models


class AssociationCampaignLine(models.Model):
    """One member in a campaign: what it is called for, or why it is not."""

    _name = "association.campaign.line"
    _description = "Recipient of a Membership Campaign"
    _order = "campaign_id, id"
    _rec_name = "partner_id"

    campaign_id = fields.Many2one("association.campaign", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="campaign_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    member_id = fields.Many2one("association.member", required=True, ondelete="restrict", index=True)
    partner_id = fields.Many2one(related="member_id.partner_id", store=True, index=True)
    state = fields.Selection(
        [
            ("ready", "To be called"),
            ("refused", "Cannot be called"),
            ("excluded", "Left out"),
            ("called", "Called"),
            ("failed", "Set aside"),
        ],
        default="ready",
        required=True,
        index=True,
        copy=False,
    )
    amount = fields.Monetary(string="Fee")
    entry_fee = fields.Monetary()
    membership_id = fields.Many2one(
        "association.membership", ondelete="restrict", copy=False, index="btree_not_null"
    )
    move_id = fields.Many2one("account.move", string="Call", copy=False, index="btree_not_null")

    _one_line_a_member = models.UniqueIndex(
        "(campaign_id, member_id)", "This member is already in the campaign."
    )
