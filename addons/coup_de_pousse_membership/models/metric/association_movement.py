"""Who joined, came back, went on and left, and when: what the memberships say, one movement a row."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..register.association_membership import LIVE_IN_SQL

#: Columns that follow from the memberships, in the order of the query.
COLUMNS = (
    "membership_id",
    "member_id",
    "company_id",
    "category_id",
    "territory_id",
    "date",
    "kind",
    "change",
    "amount",
    "since",
)
#: Number of PostgreSQL's lock under which the movements are brought up to date by one transaction at a time.
LOCK = 20261901


class AssociationMovement(models.Model):
    """A membership that runs begins with one movement, and ends with one where no other follows the next day.

    Up to any day, the changes add up to the members of that day. The rows are narrow, so that a director's
    dashboard counts ten years of them at once; they are brought up to date, of the members that changed, when
    they are read.
    """

    _name = "association.movement"
    _description = "Movement of Members"
    _order = "date desc, id desc"
    _rec_name = "member_id"
    _check_company_auto = True
    _log_access = False

    kind = fields.Selection(
        [("joined", "New member"), ("returned", "Came back"), ("renewed", "Renewal"), ("left", "Departure")],
        required=True,
        readonly=True,
    )
    date = fields.Date(
        required=True,
        readonly=True,
        help="First day of the membership; of a departure, the day after the last one.",
    )
    change = fields.Integer(string="Members more or fewer", required=True, readonly=True)
    amount = fields.Monetary(
        string="Fees more or less",
        readonly=True,
        help="The fee of who joined or came back; of who went on, the fee less the one before; of who left, the fee "
        "that is lost.",
    )
    membership_id = fields.Many2one(
        "association.membership", required=True, readonly=True, ondelete="cascade", index=True, check_company=True
    )
    member_id = fields.Many2one(
        "association.member", required=True, readonly=True, ondelete="cascade", index=True, check_company=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    category_id = fields.Many2one("association.category", readonly=True, ondelete="restrict", check_company=True)
    territory_id = fields.Many2one("association.territory", readonly=True, ondelete="restrict")
    since = fields.Date(
        string="Member since", readonly=True, help="Day of the first joining: members of one year are a cohort."
    )

    #: What the dashboards count by period.
    _by_kind = models.Index("(company_id, kind, date)")
    _by_change = models.Index("(company_id, date) INCLUDE (change) WHERE change <> 0")

    def action_view_member(self):
        """Open the member who moved."""
        self.ensure_one()
        self.check_access("read")
        return self.member_id._get_records_action(name=self.member_id.display_name)

    @api.model
    def _search(self, domain, *args, **kwargs):
        self._bring_up_to_date()
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _bring_up_to_date(self):
        """Make the movements of the members of whom a membership has changed since they were last made."""
        memberships = self.env["association.membership"]
        memberships.flush_model()
        if not self.env.execute_query(SQL("SELECT 1 FROM association_membership WHERE movement_due LIMIT 1")):
            return
        self.env.execute_query(SQL("SELECT pg_advisory_xact_lock(%s)", LOCK))
        due = SQL("SELECT member_id FROM association_membership WHERE movement_due")
        self.env.cr.execute(SQL("DELETE FROM association_movement WHERE member_id IN (%s)", due))
        self.env.cr.execute(
            SQL(
                "INSERT INTO association_movement (%s) %s",
                SQL(", ").join(map(SQL.identifier, COLUMNS)),
                self._select(SQL("member_id IN (%s)", due)),
            )
        )
        self.env.cr.execute("UPDATE association_membership SET movement_due = FALSE WHERE movement_due")
        memberships.invalidate_model(["movement_due"], flush=False)
        self.invalidate_model(flush=False)

    @api.model
    def _rebuild(self):
        """Make all movements anew from the memberships."""
        self.env["association.membership"].flush_model()
        self.env.cr.execute("DELETE FROM association_movement")
        self.env.cr.execute("UPDATE association_membership SET movement_due = TRUE WHERE movement_due IS NOT TRUE")
        self._bring_up_to_date()

    def _select(self, condition):
        """Return the query of the movements of some memberships: two rows at most for each.

        :param condition: on the memberships; those of a member are all in it, or none of them is.
        """
        return SQL(
            """
            WITH spell AS (
                SELECT id, member_id, company_id, category_id, territory_id, date_from, last_day, amount,
                       LAG(last_day) OVER member AS last_before, LAG(amount) OVER member AS amount_before,
                       LEAD(date_from) OVER member AS next_from, LEAST(FIRST_VALUE(date_from) OVER member, since) AS since
                  FROM association_membership
                  JOIN (SELECT id AS member_id, since FROM association_member) register USING (member_id)
                 WHERE %(live)s AND admission = 'admitted' AND date_from <= last_day AND %(condition)s
                WINDOW member AS (PARTITION BY member_id ORDER BY date_from)
            )
            SELECT id, member_id, company_id, category_id, territory_id, date_from,
                   CASE WHEN last_before IS NULL THEN 'joined'
                        WHEN last_before >= date_from - 1 THEN 'renewed'
                        ELSE 'returned' END,
                   CASE WHEN last_before >= date_from - 1 THEN 0 ELSE 1 END,
                   amount - CASE WHEN last_before >= date_from - 1 THEN COALESCE(amount_before, 0) ELSE 0 END, since
              FROM spell
         UNION ALL
            SELECT id, member_id, company_id, category_id, territory_id, last_day + 1, 'left', -1, -amount, since
              FROM spell WHERE next_from IS NULL OR next_from > last_day + 1
            """,
            live=SQL(LIVE_IN_SQL),
            condition=condition,
        )
