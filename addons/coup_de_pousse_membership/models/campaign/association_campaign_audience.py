"""Whom a campaign concerns."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from odoo import fields, models
from odoo.fields import Domain

from ..register.association_membership import ADMITTED


class AssociationCampaign(models.Model):
    _inherit = "association.campaign"

    lapsed_months = fields.Integer(
        string="Members in the last",
        default=12,
        help="Months. Who was a member at some time in so many months before the period is called; 0: only those "
        "who are members on the eve of the period, or over it.",
    )
    include_applicants = fields.Boolean(
        string="Applicants", help="Shows those whose application is not decided yet; the call waits for the decision."
    )
    include_new = fields.Boolean(
        string="On file, without a membership",
        default=True,
        help="Members whose file has no membership yet, as after importing a list. Those with a date of joining "
        "are called; the admission of the others has to be recorded first.",
    )
    category_ids = fields.Many2many("association.category", string="Only these categories", check_company=True)
    territory_ids = fields.Many2many(
        "association.territory", string="Only these territories", help="And what lies in them."
    )
    college_ids = fields.Many2many("association.college", string="Only these colleges", check_company=True)

    _lapsed_months_plausible = models.Constraint(
        "CHECK (lapsed_months BETWEEN 0 AND 240)", "“Members in the last” is a number of months between 0 and 240."
    )

    def _search_audience(self):
        """Return the members that the campaign concerns, those who cannot be called included."""
        self.ensure_one()
        return self.env["association.member"].search(self._get_audience_domain())

    def _get_audience_domain(self):
        self.ensure_one()
        # Files put away are shown too, if they were members lately: somebody has to notice.
        eve = self.date_from - timedelta(days=1)
        oldest = min(eve, self.date_from - relativedelta(months=self.lapsed_months))
        recent = ADMITTED & Domain("last_day", ">=", oldest)
        members = Domain("membership_ids", "any", recent)
        applying = Domain("membership_ids", "any", [("admission", "=", "applied"), ("withdrawn_on", "=", False)])
        if self.include_new:
            members |= Domain("state", "=", "none") & Domain("active", "=", True)
        if self.include_applicants:
            members |= applying
        domain = Domain("company_id", "=", self.company_id.id) & Domain("active", "in", (True, False)) & members
        if self.category_ids:
            domain &= Domain("category_id", "in", self.category_ids.ids)
        if self.territory_ids:
            domain &= Domain("territory_id", "child_of", self.territory_ids.ids)
        if self.college_ids:
            domain &= Domain("college_id", "in", self.college_ids.ids)
        return domain
