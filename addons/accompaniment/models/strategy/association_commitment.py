"""The objective of the funding strategy that an action serves."""

from odoo import fields, models


class AssociationCommitment(models.Model):
    _inherit = "association.commitment"

    funding_objective_id = fields.Many2one(
        "funding.objective",
        string="Objective of funding",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
