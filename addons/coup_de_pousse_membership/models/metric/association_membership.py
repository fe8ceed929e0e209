"""Which memberships have changed since the movements of members were made of them."""

from odoo import api, fields, models
from odoo.tools import sql


class AssociationMembership(models.Model):
    _inherit = "association.membership"

    movement_due = fields.Boolean(compute="_compute_movement_due", store=True, export_string_translation=False)

    _movement_due = models.Index("(member_id) WHERE movement_due")

    def _auto_init(self):
        # Of all that there are at once: the ORM would go through them one by one.
        cr, table = self.env.cr, self._table
        if sql.table_exists(cr, table) and not sql.column_exists(cr, table, "movement_due"):
            sql.create_column(cr, table, "movement_due", "bool")
            cr.execute("UPDATE association_membership SET movement_due = TRUE")
        return super()._auto_init()

    @api.depends(
        "member_id.since",
        "date_from",
        "last_day",
        "admission",
        "payment_state",
        "withdrawn_on",
        "amount",
        "category_id",
        "territory_id",
        "company_id",
    )
    def _compute_movement_due(self):
        """Whatever changes of what the movements say, they are made anew when they are read."""
        self.movement_due = True

    def unlink(self):
        # Who followed what is deleted has joined, or come back, all at once.
        (self.member_id.membership_ids - self)._write_facts({"movement_due": True})
        return super().unlink()
