"""One change of a scenario: a funder that stops, gives less, or is late."""

from odoo import fields, models

from ...calculation.funding.scenario import Change


class FundingScenarioChange(models.Model):
    _name = "funding.scenario.change"
    _description = "Change of a Scenario"
    _inherit = ["funding.plan.part"]
    _placed_by = frozenset({"scenario_id"})
    _order = "scenario_id, id"

    scenario_id = fields.Many2one("funding.scenario", required=True, ondelete="cascade", index=True, check_company=True)
    plan_id = fields.Many2one(related="scenario_id.plan_id", required=False, index=False)
    company_id = fields.Many2one(related="scenario_id.company_id", store=True, index=True)
    funder_id = fields.Many2one("res.partner", ondelete="restrict", index="btree_not_null")
    line_id = fields.Many2one(
        "funding.line",
        string="or this line alone",
        ondelete="cascade",
        index="btree_not_null",
        domain="[('plan_id', '=', parent.plan_id), ('side', '=', 'product')]",
        check_company=True,
    )
    kind = fields.Selection(
        [("stops", "Stops"), ("less", "Gives less"), ("late", "Pays late")], required=True, default="stops"
    )
    percent = fields.Float(string="Less by (%)", default=0.0, required=True)
    months = fields.Integer(string="Late by (months)", default=0, required=True)

    _bounds = models.Constraint(
        "CHECK (percent BETWEEN 0 AND 100 AND months BETWEEN 0 AND 36)",
        "A funder gives less by 0 to 100 %, or is late by 0 to 36 months.",
    )
    _one = models.Constraint(
        "CHECK ((funder_id IS NULL) <> (line_id IS NULL))", "Choose a funder, or one line: not both, nor none."
    )

    def _get_change(self):
        """Return the :class:`scenario.Change`."""
        self.ensure_one()
        key = ("funder", self.funder_id.id) if self.funder_id else ("line", self.line_id.id)
        return Change(key, self.kind, self.percent, self.months)
