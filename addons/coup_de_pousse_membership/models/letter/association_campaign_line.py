"""What became of a recipient's call after it was sent."""

from odoo import api, fields, models


class AssociationCampaignLine(models.Model):
    _inherit = "association.campaign.line"

    call_log_id = fields.Many2one(
        "association.reminder.log",
        compute="_compute_call_log_id",
        store=True,
        compute_sudo=True,
        string="Letter",
        index="btree_not_null",
        copy=False,
        check_company=True,
    )
    mail_state = fields.Selection(related="call_log_id.state", store=True, string="Call sent", copy=False, index=True)
    mail_failure = fields.Char(related="call_log_id.failure", string="Why it did not arrive")
    mail_address = fields.Char(related="call_log_id.email", string="Call sent to")
    call_due_date = fields.Date(related="move_id.call_due_date", string="Last day to pay")

    @api.depends("move_id.campaign_log_ids.step_id")
    def _compute_call_log_id(self):
        for line in self:
            line.call_log_id = line.move_id.campaign_log_ids.filtered(lambda log: not log.step_id)[:1]

    def action_correct_address(self):
        """Correct the address that the call was sent to, and send it again."""
        self.ensure_one()
        return self.call_log_id.action_correct_address()
