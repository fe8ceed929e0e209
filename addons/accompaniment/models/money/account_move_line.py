"""What of a mission a line of an invoice calls."""

from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # It ties purchases to a mission: who only reads the accounts would work out the margin from it.
    analytic_distribution = fields.Json(
        groups="account.group_account_invoice,accompaniment.group_accompaniment_coordinator"
    )
    cofunding_id = fields.Many2one(
        "accompaniment.cofunding",
        string="Part of a mission",
        index="btree_not_null",
        ondelete="restrict",
        copy=True,
        check_company=True,
    )
    accompaniment_milestone_id = fields.Many2one(
        "accompaniment.milestone",
        string="Milestone",
        index="btree_not_null",
        ondelete="restrict",
        copy=True,
        check_company=True,
    )
