"""The plan as it was proposed, voted or revised: kept when that was done, to be read side by side."""

from odoo import api, fields, models


class FundingVersion(models.Model):
    _name = "funding.version"
    _description = "Version of a Funding Plan"
    _inherit = ["association.part"]
    _order = "plan_id, id"
    _rec_name = "kind"

    plan_id = fields.Many2one(
        "funding.plan", required=True, ondelete="cascade", index=True, check_company=True, readonly=True
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [("proposed", "As proposed"), ("voted", "As voted"), ("revised", "Revised")], required=True, readonly=True
    )
    made_on = fields.Date(required=True, readonly=True)
    amounts = fields.Json(required=True, readonly=True, help="Planned amount of each line of the form.")

    @api.model
    def _keep(self, plans, kind):
        """Keep plans as they are now."""
        today = fields.Date.context_today(self)
        self._create_with_facts(
            [{"plan_id": plan.id, "kind": kind, "made_on": today, "amounts": plan._get_amounts()} for plan in plans]
        )
