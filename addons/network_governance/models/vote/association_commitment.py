"""The decision from which a commitment follows."""

from odoo import fields, models


class AssociationCommitment(models.Model):
    _inherit = "association.commitment"

    resolution_id = fields.Many2one(
        "governance.resolution",
        string="Decision",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('company_id', '=', company_id), ('number', '!=', False)]",
    )
