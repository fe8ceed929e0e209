"""Indicators that a mission follows over time."""

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.optional_number import OptionalFloat


class AccompanimentIndicator(models.Model):
    """What is followed over time, in figures or in words: where it was, where it should go, where it is."""

    _name = "accompaniment.indicator"
    _description = "Indicator of a Mission"
    _inherit = ["accompaniment.mission.part"]
    _order = "mission_id, sequence, id"

    name = fields.Char(string="Indicator", required=True)
    kind = fields.Selection([("number", "In figures"), ("text", "In words")], required=True, default="number")
    unit = fields.Char(help="Members, %, meetings a year…")
    baseline = OptionalFloat(digits=(16, 2))
    target = OptionalFloat(digits=(16, 2))
    baseline_text = fields.Char(string="Baseline (words)")
    target_text = fields.Char(string="Target (words)")
    value_ids = fields.One2many("accompaniment.indicator.value", "indicator_id", string="Observed values")
    latest = fields.Char(compute="_compute_latest")
    progress = OptionalFloat(
        string="Way done",
        compute="_compute_latest",
        help="Part of the way from the baseline to the target; below 0: further away than at first.",
    )

    @api.depends("kind", "baseline", "target", "value_ids.value", "value_ids.text", "value_ids.observed_on")
    def _compute_latest(self):
        for indicator in self:
            last = indicator.value_ids.sorted("observed_on")[-1:]
            indicator.progress = False
            if indicator.kind == "text" or not last:
                indicator.latest = last.text
                continue
            indicator.latest = f"{last.value:g} {indicator.unit or ''}".strip()
            known = indicator.baseline is not False and indicator.target is not False
            if known and indicator.target != indicator.baseline:
                indicator.progress = (last.value - indicator.baseline) / (indicator.target - indicator.baseline)
