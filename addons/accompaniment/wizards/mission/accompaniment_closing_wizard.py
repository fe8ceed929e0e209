"""Says what closing a mission does, and asks."""

from odoo import api, fields, models


class AccompanimentClosingWizard(models.TransientModel):
    _name = "accompaniment.closing.wizard"
    _description = "Close a Mission"
    _inherit = ["association.dialog"]

    mission_id = fields.Many2one("accompaniment.mission", required=True, ondelete="cascade")
    message = fields.Text(compute="_compute_message", string="What happens")

    @api.depends("mission_id")
    def _compute_message(self):
        for wizard in self:
            wizard.message = "\n".join(wizard.mission_id._describe_closing())

    def action_confirm(self):
        self.ensure_one()
        self.mission_id.action_close()
        return {"type": "ir.actions.act_window_close"}
