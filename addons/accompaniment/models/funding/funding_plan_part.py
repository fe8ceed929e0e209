"""What belongs to a funding plan: it stays in the plan's association, and a closed plan does not change."""

from odoo import api, fields, models


class FundingPlanPart(models.AbstractModel):
    _name = "funding.plan.part"
    _description = "Part of a Funding Plan"
    _inherit = ["association.part"]
    _placed_by = frozenset({"plan_id"})

    plan_id = fields.Many2one("funding.plan", required=True, ondelete="cascade", index=True, check_company=True)
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="plan_id.currency_id")

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts.plan_id._refuse_closed()
        return parts

    def write(self, vals):
        self.plan_id._refuse_closed()
        result = super().write(vals)
        # Nor does a closed plan take in what belonged to another one.
        self.plan_id._refuse_closed()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self.plan_id._refuse_closed()
