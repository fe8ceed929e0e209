"""The members and the seats of decision bodies, one a row, as the dashboard sets their shares side by side."""

from odoo import fields, models
from odoo.tools import SQL

#: Today's members of each association: the persons too, where it counts them.
MEMBERS = """
    SELECT member.*, company.governance_counts <> 'structures' AS persons
      FROM association_member member
      JOIN res_company company ON company.id = member.company_id
      JOIN res_partner partner ON partner.id = member.partner_id
     WHERE member.state IN ('member', 'unpaid')
       AND (company.governance_counts <> 'structures' OR partner.is_company)
"""
#: Today's titular mandates of decision bodies that are held for one of these members.
SEATS = """
    SELECT mandate.id * 2 + 1, 'seat', member.id
      FROM governance_mandate mandate
      JOIN governance_body body ON body.id = mandate.body_id
      JOIN member
        ON member.company_id = body.company_id
       AND member.partner_id = COALESCE(
           mandate.organisation_id, CASE WHEN member.persons THEN mandate.partner_id END)
     WHERE mandate.role = 'titular' AND mandate.date_from <= CURRENT_DATE
       AND (mandate.last_day IS NULL OR mandate.last_day >= CURRENT_DATE)
       AND (body.date_from IS NULL OR body.date_from <= CURRENT_DATE)
       AND (body.date_to IS NULL OR body.date_to >= CURRENT_DATE)
       AND EXISTS (
           SELECT 1
             FROM governance_body_governance_function_rel rel
             JOIN governance_function function ON function.id = rel.governance_function_id
            WHERE rel.governance_body_id = body.id AND function.decides)
"""


class GovernanceRepresentation(models.Model):
    """Today's members, and today's titular mandates of decision bodies that are held for members.

    The screen of representativeness tells more, of any day; the same members and seats are counted.
    """

    _name = "governance.representation"
    _description = "Member or Seat of a Decision Body"
    _auto = False
    _rec_name = "member_id"
    _order = "kind, id"
    _depends = {
        "association.member": ["partner_id", "company_id", "category_id", "college_id", "territory_id", "state"],
        "governance.body": ["company_id", "date_from", "date_to", "function_ids"],
        "governance.function": ["decides"],
        "governance.mandate": ["body_id", "partner_id", "organisation_id", "role", "date_from", "last_day"],
        "res.company": ["governance_counts"],
        "res.partner": ["is_company"],
    }

    kind = fields.Selection([("member", "Members"), ("seat", "Seats")], readonly=True)
    member_id = fields.Many2one("association.member", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    category_id = fields.Many2one("association.category", readonly=True)
    college_id = fields.Many2one("association.college", readonly=True)
    territory_id = fields.Many2one("association.territory", readonly=True)
    share = fields.Float(
        string="Share (%)", readonly=True, help="What it adds to its segment: all members, and all seats, come to 100."
    )

    @property
    def _table_query(self):
        return SQL(
            """
            WITH member AS (%(members)s),
            part AS (
                SELECT id * 2 AS id, 'member' AS kind, id AS member_id FROM member
             UNION ALL
                %(seats)s
            )
            SELECT part.id, part.kind, part.member_id, member.company_id, member.category_id, member.college_id,
                   member.territory_id,
                   100.0 / COUNT(*) OVER (PARTITION BY member.company_id, part.kind) AS share
              FROM part
              JOIN member ON member.id = part.member_id
            """,
            members=SQL(MEMBERS),
            seats=SQL(SEATS),
        )
