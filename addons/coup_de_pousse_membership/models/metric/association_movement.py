"""Who joined, came back, went on and left, and when: what the memberships say, one movement a row."""

from odoo import fields, models, tools
from odoo.tools import SQL

from ..register.association_membership import LIVE_IN_SQL


class AssociationMovement(models.Model):
    """A view: a membership that runs begins with one movement, and ends with one where no other follows the next day.

    Up to any day, the changes add up to the members of that day.
    """

    _name = "association.movement"
    _description = "Movement of Members"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "member_id"

    kind = fields.Selection(
        [("joined", "New member"), ("returned", "Came back"), ("renewed", "Renewal"), ("left", "Departure")],
        readonly=True,
    )
    date = fields.Date(readonly=True, help="First day of the membership; of a departure, the day after the last one.")
    change = fields.Integer(string="Members more or fewer", readonly=True)
    amount = fields.Monetary(
        string="Fees more or less",
        readonly=True,
        help="The fee of who joined or came back; of who went on, the fee less the one before; of who left, the fee "
        "that is lost.",
    )
    membership_id = fields.Many2one("association.membership", readonly=True)
    member_id = fields.Many2one("association.member", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    category_id = fields.Many2one("association.category", readonly=True)
    territory_id = fields.Many2one("association.territory", readonly=True)

    def init(self):
        tools.drop_view_if_exists(self.env.cr, self._table)
        self.env.cr.execute(SQL("CREATE VIEW %s AS %s", SQL.identifier(self._table), self._select()))

    def _select(self):
        """Return the query of the movements: two rows at most for each membership."""
        return SQL(
            """
            WITH spell AS (
                SELECT id, member_id, company_id, category_id, territory_id, date_from, last_day, amount,
                       LAG(last_day) OVER member AS last_before,
                       LAG(amount) OVER member AS amount_before,
                       LEAD(date_from) OVER member AS next_from
                  FROM association_membership
                 WHERE %s AND admission = 'admitted' AND date_from <= last_day
                WINDOW member AS (PARTITION BY member_id ORDER BY date_from)
            )
            SELECT 2 * id AS id, id AS membership_id, member_id, company_id, category_id, territory_id,
                   date_from AS date,
                   CASE WHEN last_before IS NULL THEN 'joined'
                        WHEN last_before >= date_from - 1 THEN 'renewed'
                        ELSE 'returned' END AS kind,
                   CASE WHEN last_before >= date_from - 1 THEN 0 ELSE 1 END AS change,
                   amount - CASE WHEN last_before >= date_from - 1 THEN COALESCE(amount_before, 0) ELSE 0 END AS amount
              FROM spell
         UNION ALL
            SELECT 2 * id + 1, id, member_id, company_id, category_id, territory_id, last_day + 1, 'left', -1, -amount
              FROM spell
             WHERE next_from IS NULL OR next_from > last_day + 1
            """,
            SQL(LIVE_IN_SQL),
        )
