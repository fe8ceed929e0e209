from odoo import fields, models


class AssociationCampaign(models.Model):
    """The yearly call for fees: who is called, for how much, and what became of it."""

    _name = "association.campaign"
    _description = "Membership Campaign"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_from desc, id desc"

    name = fields.Char(required=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    grid_id = fields.Many2one("association.fee.grid", required=True, ondelete="restrict", check_company=True)
    date_from = fields.Date(related="grid_id.date_from", string="First day", store=True)
    date_to = fields.Date(related="grid_id.date_to", string="Last day", store=True)
    previous_id = fields.Many2one("association.campaign", string="Last year's campaign", check_company=True)
    invoice_date = fields.Date(
        string="Date of the calls", required=True, default=fields.Date.context_today, tracking=True
    )
    due_date = fields.Date(
        string="To be paid by", tracking=True, help="Empty: according to the association's payment term."
    )
    state = fields.Selection(
        [
            ("draft", "In preparation"),
            ("running", "Calling"),
            ("paused", "Paused"),
            ("done", "Called"),
            ("closed", "Closed"),
        ],
        default="draft",
        required=True,
        tracking=True,
        copy=False,
    )
    line_ids = fields.One2many("association.campaign.line", "campaign_id", string="Recipients", copy=False)
