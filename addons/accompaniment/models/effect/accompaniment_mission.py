"""The effects expected of a mission, and the reviews that look at them."""

from odoo import fields, models

from .accompaniment_review import LEVELS, MONTHS


class AccompanimentMission(models.Model):
    _inherit = "accompaniment.mission"

    effect_ids = fields.One2many("accompaniment.effect", "mission_id", string="Expected effects")
    review_ids = fields.One2many("accompaniment.review", "mission_id", string="Reviews of effects")
    indicator_ids = fields.One2many("accompaniment.indicator", "mission_id", string="Indicators")
    satisfaction = fields.Selection(
        LEVELS,
        string="Beneficiary satisfied",
        copy=False,
        tracking=True,
        help="Asked when the mission closes.",
    )
    satisfaction_note = fields.Text(string="In the beneficiary's words", copy=False)

    def _after_write(self, vals):
        """The main beneficiary's satisfaction, however it came, answers what it is asked at closing."""
        if vals.get("satisfaction"):
            self.review_ids.filtered(
                lambda review: (
                    not review.months and review.state != "done" and review.partner_id == review.mission_id.partner_id
                )
            )._finish()
        return super()._after_write(vals)

    def _after_close(self):
        """Ask each beneficiary how satisfied it is, and plan its reviews at 6, 12 and 18 months."""
        self._plan_reviews()
        self.review_ids.filtered(lambda review: not review.months and review.state == "planned")._propose()
        return super()._after_close()

    def _plan_reviews(self):
        planned = {(review.mission_id, review.partner_id, review.months) for review in self.review_ids}
        planned |= {(mission, mission.partner_id, 0) for mission in self if mission.satisfaction}
        self.env["accompaniment.review"].create(
            [
                {"mission_id": mission.id, "partner_id": partner.id, "months": months}
                for mission in self
                for partner in mission._get_beneficiaries().partner_id
                for months in (0, *MONTHS)
                if (mission, partner, months) not in planned
            ]
        )
