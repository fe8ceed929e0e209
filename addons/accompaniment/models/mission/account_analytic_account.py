"""Which mission an analytic account is about."""

from odoo import fields, models


class AccountAnalyticAccount(models.Model):
    _inherit = "account.analytic.account"

    accompaniment_mission_ids = fields.One2many("accompaniment.mission", "analytic_account_id", string="Missions")
