from odoo import fields, models

from .accompaniment_review import MONTHS


class AccompanimentMission(models.Model):
    _inherit = "accompaniment.mission"

    effect_ids = fields.One2many("accompaniment.effect", "mission_id", string="Expected effects")
    review_ids = fields.One2many("accompaniment.review", "mission_id", string="Reviews of effects")
    indicator_ids = fields.One2many("accompaniment.indicator", "mission_id", string="Indicators")
    satisfaction = fields.Selection(
        [("1", "Not at all"), ("2", "Rather not"), ("3", "Rather"), ("4", "Completely")],
        string="Beneficiary satisfied",
        copy=False,
        tracking=True,
        help="Asked when the mission closes.",
    )
    satisfaction_note = fields.Text(string="In the beneficiary's words", copy=False)

    def write(self, vals):
        """The beneficiary's satisfaction, however it came, answers the question asked at closing."""
        res = super().write(vals)
        if vals.get("satisfaction"):
            self.review_ids.filtered(lambda review: not review.months and review.state != "done")._finish()
        return res

    def action_close(self):
        """Close, ask how satisfied the beneficiary is, and plan the reviews at 6, 12 and 18 months."""
        res = super().action_close()
        self._plan_reviews()
        self.review_ids.filtered(lambda review: not review.months and review.state == "planned")._propose()
        return res

    def _plan_reviews(self):
        self.env["accompaniment.review"].create(
            [
                {"mission_id": mission.id, "months": months}
                for mission in self
                for months in (MONTHS if mission.satisfaction else (0, *MONTHS))
                if months not in mission.review_ids.mapped("months")
            ]
        )
