"""What belongs to an application: it stays in the application's association."""

from odoo import fields, models


class FundingApplicationPart(models.AbstractModel):
    _name = "funding.application.part"
    _description = "Part of an Application"
    _inherit = ["association.part"]
    _placed_by = frozenset({"application_id"})

    application_id = fields.Many2one(
        "funding.application", required=True, ondelete="cascade", index=True, check_company=True
    )
    company_id = fields.Many2one(related="application_id.company_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="application_id.currency_id")
