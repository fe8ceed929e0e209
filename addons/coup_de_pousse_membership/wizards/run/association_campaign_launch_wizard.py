"""A campaign is launched, after a last look at what is about to be called."""

from odoo import api, fields, models


class AssociationCampaignLaunchWizard(models.TransientModel):
    """The last look before a campaign calls its recipients."""

    _name = "association.campaign.launch.wizard"
    _description = "Launch a Membership Campaign"
    _inherit = ["association.dialog"]

    campaign_id = fields.Many2one("association.campaign", required=True, readonly=True)
    currency_id = fields.Many2one(related="campaign_id.currency_id")
    invoice_date = fields.Date(related="campaign_id.invoice_date")
    due_date = fields.Date(compute="_compute_due_date", string="To be paid by")
    account_missing = fields.Boolean(related="campaign_id.account_missing")
    # What was shown: the launch compares it with what is to be called when the button is pressed.
    count = fields.Integer(string="Members called", readonly=True)
    total = fields.Monetary(string="Total called", readonly=True)
    call_count = fields.Integer(string="Calls issued", readonly=True)
    refused_count = fields.Integer(related="campaign_id.refused_count")
    known_count = fields.Integer(related="campaign_id.known_count")
    excluded_count = fields.Integer(related="campaign_id.excluded_count")

    @api.depends("campaign_id")
    def _compute_due_date(self):
        for wizard in self:
            campaign = wizard.campaign_id
            wizard.due_date = campaign.due_date or campaign.company_id._get_call_due_date(campaign.invoice_date)

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        campaign = self.env["association.campaign"].browse(values.get("campaign_id"))
        ready = campaign.line_ids.filtered(lambda line: line.state == "ready")
        owing = ready.filtered("total")
        values.update(
            count=len(ready),
            total=sum(ready.mapped("total")),
            call_count=len(owing.payer_id) if campaign.one_call_per_payer else len(owing),
        )
        return values

    def action_confirm(self):
        self.ensure_one()
        self.campaign_id._launch(self.count, self.total)
        return {"type": "ir.actions.act_window_close"}
