"""The time zone of the association, on the screen of settings."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    accompaniment_tz = fields.Selection(
        related="company_id.partner_id.tz",
        string="Time zone",
        readonly=False,
        help="Deadlines end in its evening. Empty: that of whoever sets them.",
    )
