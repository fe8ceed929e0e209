"""Members are not reminded any more."""

from odoo import api, fields, models


class AssociationReminderStopWizard(models.TransientModel):
    _name = "association.reminder.stop.wizard"
    _description = "Send No More Reminders"
    _inherit = ["association.dialog"]

    line_ids = fields.Many2many("association.campaign.line", string="Recipients")
    move_ids = fields.Many2many("account.move", string="Calls")
    reason = fields.Char(required=True)

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") == "association.campaign.line":
            values["line_ids"] = [fields.Command.set(self.env.context.get("active_ids", []))]
        if self.env.context.get("active_model") == "account.move":
            values["move_ids"] = [fields.Command.set(self.env.context.get("active_ids", []))]
        return values

    def action_confirm(self):
        self.ensure_one()
        self.line_ids._stop_reminders(self.reason)
        self.move_ids._stop_reminders(self.reason)
        return {"type": "ir.actions.act_window_close"}
