"""The recipients that a call was issued to."""

from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    # Odoo then finds in memory, instead of by a query for each call, that a new call is in no campaign yet.
    campaign_line_ids = fields.One2many("association.campaign.line", "move_id", string="Recipients")
