"""The campaign that a membership was called by."""

from odoo import fields, models


class AssociationMembership(models.Model):
    _inherit = "association.membership"

    campaign_id = fields.Many2one(
        "association.campaign",
        ondelete="restrict",
        copy=False,
        readonly=True,
        index="btree_not_null",
        check_company=True,
    )
