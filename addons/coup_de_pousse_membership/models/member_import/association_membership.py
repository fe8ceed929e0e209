"""The import that a membership of a past year comes from."""

from odoo import fields, models


class AssociationMembership(models.Model):
    _inherit = "association.membership"

    import_id = fields.Many2one(
        "association.member.import",
        string="Imported by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
