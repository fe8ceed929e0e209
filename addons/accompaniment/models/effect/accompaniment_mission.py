"""The effects expected of a mission, and the reviews that look at them."""

from dateutil.relativedelta import relativedelta
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

    def _describe_closing(self):
        sentences = super()._describe_closing()
        asked = self._get_beneficiaries().partner_id
        asked -= self.review_ids.filtered(lambda review: not review.months and review.state != "planned").partner_id
        asked -= self.partner_id if self.satisfaction else asked.browse()
        reached = asked.filtered("email")
        if reached:
            names = ", ".join(reached.mapped("name"))
            sentences.append(
                self.env._("A mail leaves at once and asks how satisfied they are: %(names)s.", names=names)
            )
        if asked - reached:
            names = ", ".join((asked - reached).mapped("name"))
            sentences.append(
                self.env._("No mail reaches %(names)s: ask otherwise how satisfied they are.", names=names)
            )
        months = ", ".join(map(str, MONTHS))
        sentences.append(self.env._("The effects are looked at %(months)s months after the end.", months=months))
        return sentences

    def _get_review_day(self, months):
        """Return the day of a review so many months after the end, or False where no end is known."""
        self.ensure_one()
        end = (self.date_to or self.closed_on) if months else (self.closed_on or self.date_to)
        return end and end + relativedelta(months=months)

    def _is_review_due(self):
        """Return whether the effects should have been looked at: a review is open, or the first one's day is past."""
        self.ensure_one()
        reviews = self.review_ids.filtered("months")
        if any(review.state != "planned" for review in reviews):
            return True
        first = min(reviews.filtered("due_on").mapped("due_on"), default=self._get_review_day(MONTHS[0]))
        return bool(first) and first <= fields.Date.context_today(self)

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
