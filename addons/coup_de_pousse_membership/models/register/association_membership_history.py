"""Memberships that ran before this system was used: imported, paid elsewhere, in no account here."""

from odoo import fields, models


class AssociationMembership(models.Model):
    _inherit = "association.membership"

    settled_elsewhere_on = fields.Date(
        string="Settled elsewhere on",
        readonly=True,
        copy=False,
        help="The fee was settled before this system was used: it is in no account here. Imported; where "
        "the list gave no day, the last day of the period.",
    )
    open_elsewhere = fields.Monetary(
        string="Owed when imported",
        readonly=True,
        copy=False,
        help="What was still owed of the fee when the membership was imported. A call for it asks for this amount.",
    )
    import_id = fields.Many2one(
        "association.member.import",
        string="Imported by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    _open_elsewhere_not_negative = models.Constraint(
        "CHECK (open_elsewhere >= 0)", "What was owed when a membership was imported cannot be negative."
    )
    _settled_or_open = models.Constraint(
        "CHECK (settled_elsewhere_on IS NULL OR open_elsewhere IS NULL OR open_elsewhere = 0)",
        "A fee that was settled before has nothing left to be owed.",
    )
