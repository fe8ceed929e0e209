"""The address that a letter could not reach is corrected."""

from odoo import api, fields, models


class AssociationLetterAddressWizard(models.TransientModel):
    _name = "association.letter.address.wizard"
    _description = "Correct an Address and Send Again"
    _inherit = ["association.dialog"]

    log_id = fields.Many2one("association.reminder.log", required=True, readonly=True, ondelete="cascade")
    partner_id = fields.Many2one(related="log_id.partner_id")
    members = fields.Char(related="log_id.members")
    failure = fields.Char(related="log_id.failure")
    email = fields.Char(
        string="E-mail",
        compute="_compute_email",
        store=True,
        readonly=False,
        help="Is written on the contact.",
    )

    @api.depends("log_id")
    def _compute_email(self):
        for wizard in self:
            wizard.email = wizard.log_id.partner_id.email

    def action_confirm(self):
        self.ensure_one()
        self.log_id._correct_address(self.email)
        return {"type": "ir.actions.act_window_close"}
