"""What a day of somebody costs an association, and how many days they have for missions."""

from odoo import fields, models
from odoo.addons.coup_de_pousse_membership.models.common.optional_number import OptionalFloat


class AccompanimentDayCost(models.Model):
    """What a day of somebody costs the association, and how many they have: kept by the coordinator alone.

    Not a field of the contact: the contact of a user is changed by whoever manages users.
    """

    _name = "accompaniment.day.cost"
    _description = "Cost of a Day"
    _order = "partner_id, id"
    _rec_name = "partner_id"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner", string="Adviser or consultant", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(
        string="Cost of a day", required=True, help="Used by the margin of missions, for days entered from now on."
    )

    days_month = OptionalFloat(
        string="Days of missions in a month",
        digits=(16, 2),
        help="For whoever works part time: more shows as too much in the workload. Empty: as the settings of the "
        "association say; 0: nothing is shown as too much.",
    )

    _once = models.UniqueIndex(
        "(partner_id, company_id)", "The cost of a day of this person is there already: change it."
    )
    _days_month_bounds = models.Constraint(
        "CHECK (days_month BETWEEN 0 AND 31)", "Somebody gives between 0 and 31 days to missions in a month."
    )
    _not_negative = models.Constraint("CHECK (amount >= 0)", "The cost of a day cannot be negative.")
