"""The dialog that records what the board decided on applications."""

from odoo import api, fields, models


class AssociationAdmissionWizard(models.TransientModel):
    _name = "association.admission.wizard"
    _description = "Decide on Applications"
    _inherit = ["association.dialog"]

    membership_ids = fields.Many2many("association.membership", string="Applications")
    decision = fields.Selection([("admitted", "Admit"), ("refused", "Refuse")], default="admitted", required=True)
    decided_on = fields.Date(default=fields.Date.context_today, required=True)
    body = fields.Char(string="Decided by", help="Body or meeting, such as “Board of 12 March 2026”.")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") == "association.membership":
            applications = self.env["association.membership"].search(
                [
                    ("id", "in", self.env.context.get("active_ids", [])),
                    ("admission", "=", "applied"),
                ]
            )
            values["membership_ids"] = [fields.Command.set(applications.ids)]
        return values

    def action_confirm(self):
        self.ensure_one()
        self.membership_ids._decide_admission(self.decision, self.decided_on, self.body)
        return {"type": "ir.actions.act_window_close"}
