"""What if: funders that stop, pay less or pay late, beside the plan, which never changes by it."""

from odoo import api, fields, models

from ...calculation.funding import cash, indicators, scenario
from .funding_plan import MEASURED


class FundingScenario(models.Model):
    _name = "funding.scenario"
    _description = "Scenario"
    _inherit = ["funding.plan.part"]
    _order = "plan_id, sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    change_ids = fields.One2many("funding.scenario.change", "scenario_id", string="Changes", copy=True)
    planned = fields.Monetary(compute="_compute_results")
    secured = fields.Monetary(compute="_compute_results")
    weighted = fields.Monetary(compute="_compute_results", string="Likely")
    gap = fields.Monetary(compute="_compute_results", help="Charges less what is likely.")
    first_share = fields.Float(compute="_compute_results", string="First funder's share")
    runs_out_on = fields.Date(compute="_compute_results", string="Cash runs out in")

    @api.depends(
        "change_ids.kind",
        "change_ids.funder_id",
        "change_ids.line_id",
        "change_ids.percent",
        "change_ids.months",
        *(f"plan_id.{name}" for name in MEASURED),
    )
    def _compute_results(self):
        for one in self:
            changes = [change._get_change() for change in one.change_ids]
            lines = one.plan_id._get_products()
            keys = {line: line._get_keys() for line in lines}
            rows = scenario.change_rows([line._get_row() for line in lines], list(keys.values()), changes)
            instalments = lines.instalment_ids
            payments = instalments._get_payments()
            by_line = {("line", line.id): own for line, own in keys.items()}
            payments = scenario.change_payments(payments, [by_line[payment.key] for payment in payments], changes)
            found = indicators.measure(rows, one.plan_id.total_charges)
            one.planned, one.secured, one.weighted = (float(found[index]) for index in range(3))
            one.gap = float(found.gap)
            one.first_share = float(found.first_share)
            one.runs_out_on = cash.runs_out(one.plan_id._get_cash(payments)) or False
