"""What a review says of one effect: as the beneficiary tells it, and as the adviser confirms it."""

from odoo import api, fields, models
from odoo.tools import format_date

from .accompaniment_effect import ANSWERS


class AccompanimentReviewAnswer(models.Model):
    _name = "accompaniment.review.answer"
    _description = "Effect Looked at in a Review"
    _inherit = ["association.part"]
    _placed_by = frozenset({"review_id"})
    _order = "review_id, effect_id, id"
    _rec_name = "effect_id"

    review_id = fields.Many2one(
        "accompaniment.review", required=True, ondelete="cascade", index=True, check_company=True
    )
    mission_id = fields.Many2one(related="review_id.mission_id", store=True, index=True)
    company_id = fields.Many2one(related="review_id.company_id", store=True, index=True)
    months = fields.Integer(related="review_id.months", store=True)
    partner_id = fields.Many2one(related="review_id.partner_id")
    effect_id = fields.Many2one(
        "accompaniment.effect",
        required=True,
        ondelete="cascade",
        index=True,
        domain="[('mission_id', '=', mission_id)]",
        check_company=True,
    )
    horizon = fields.Selection(related="effect_id.horizon")
    answer = fields.Selection(ANSWERS)
    evidence = fields.Text(help="What shows it: a fact, a figure, a document.")
    observed_on = fields.Date(string="Observed on")

    # What the beneficiary tells: it counts once the adviser has taken it over.
    told_answer = fields.Selection(ANSWERS, string="Beneficiary's answer", readonly=True)
    told_evidence = fields.Text(string="Beneficiary's evidence", readonly=True)
    told_on = fields.Date(string="Observed by the beneficiary on", readonly=True)
    told = fields.Text(string="The beneficiary says", compute="_compute_told")
    attachment_ids = fields.Many2many("ir.attachment", string="Documents", copy=False)

    _once = models.UniqueIndex("(review_id, effect_id)", "This effect has its line in the review already.")
    _seen_is_proved = models.Constraint(
        "CHECK (answer IS NULL OR answer = 'not_yet' OR "
        "(observed_on IS NOT NULL AND TRIM(COALESCE(evidence, '')) <> ''))",
        "An effect that was seen, or partly, has its evidence and the day on which it was observed.",
    )

    @api.depends("told_answer", "told_evidence", "told_on")
    def _compute_told(self):
        labels = dict(self._fields["told_answer"]._description_selection(self.env))
        for line in self:
            day = format_date(self.env, line.told_on) if line.told_on else ""
            line.told = "\n".join(filter(None, [labels.get(line.told_answer), line.told_evidence, day]))

    def _describe_evidence(self):
        """Return what shows an effect, each with its beneficiary's name where there are several."""
        shown = self.filtered("evidence")
        if len(self) == 1:
            return shown.evidence
        return "\n".join(f"{line.partner_id.name}: {line.evidence}" for line in shown) or False

    @api.onchange("answer")
    def _onchange_answer(self):
        if self.answer and not self.observed_on:
            self.observed_on = fields.Date.context_today(self)
