"""Asks to whom requests are oriented."""

from odoo import fields, models


class AccompanimentOrientationWizard(models.TransientModel):
    _name = "accompaniment.orientation.wizard"
    _description = "Orient a Request Elsewhere"
    _inherit = ["association.dialog"]

    lead_ids = fields.Many2many(
        "crm.lead", string="Requests", required=True, default=lambda self: self.env.context.get("active_ids")
    )
    partner_id = fields.Many2one("res.partner", string="Oriented to", required=True)
    day = fields.Date(string="On", required=True, default=fields.Date.context_today)
    note = fields.Text(string="What was said")

    def action_confirm(self):
        self.ensure_one()
        self.lead_ids._orient(self.partner_id, self.day, self.note)
        return {"type": "ir.actions.act_window_close"}
