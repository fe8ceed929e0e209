"""Shows what a member would owe under each grid."""

from odoo import api, fields, models


class AssociationFeeHistoryWizard(models.TransientModel):
    """What a member would owe, or would have owed, under each grid."""

    _name = "association.fee.history.wizard"
    _description = "Fees under Each Grid"
    _inherit = ["association.dialog"]

    member_id = fields.Many2one("association.member", required=True)
    line_ids = fields.One2many("association.fee.history.wizard.line", "wizard_id", readonly=True)

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        member = self.env["association.member"].browse(self.env.context.get("active_id"))
        if member and "line_ids" in fields_list:
            values["member_id"] = member.id
            values["line_ids"] = [fields.Command.create(line) for line in member._get_fees_under_each_grid()]
        return values


class AssociationFeeHistoryWizardLine(models.TransientModel):
    _name = "association.fee.history.wizard.line"
    _description = "Fee under a Grid"
    _inherit = ["association.dialog"]

    wizard_id = fields.Many2one("association.fee.history.wizard", required=True, ondelete="cascade")
    grid_id = fields.Many2one("association.fee.grid", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="grid_id.currency_id")
    refused = fields.Boolean()
    amount = fields.Monetary(string="Fee under this grid")
    called = fields.Monetary(string="Fee of its membership")
    explanation = fields.Char()
