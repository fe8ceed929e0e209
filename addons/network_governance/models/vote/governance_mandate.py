"""The election that gave a mandate."""

from odoo import fields, models


class GovernanceMandate(models.Model):
    _inherit = "governance.mandate"

    resolution_id = fields.Many2one(
        "governance.resolution",
        string="Elected by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
