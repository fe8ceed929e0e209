"""Recipients are left out of a campaign."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class AssociationCampaignExcludeWizard(models.TransientModel):
    """Leaves recipients out of a campaign, with the reason."""

    _name = "association.campaign.exclude.wizard"
    _description = "Leave Recipients out of a Campaign"
    _inherit = ["association.dialog"]

    line_ids = fields.Many2many(
        "association.campaign.line", "association_campaign_exclude_line_rel", string="Recipients", readonly=True
    )
    line_count = fields.Integer(string="Recipients left out", compute="_compute_line_count")
    reason = fields.Char(required=True)

    @api.depends("line_ids")
    def _compute_line_count(self):
        for wizard in self:
            wizard.line_count = len(wizard.line_ids)

    def action_confirm(self):
        self.ensure_one()
        if not (self.reason or "").strip():
            raise UserError(self.env._("Say why they are left out: whoever asks later will find it here."))
        self.line_ids._leave_out(self.reason)
        return {"type": "ir.actions.act_window_close"}
