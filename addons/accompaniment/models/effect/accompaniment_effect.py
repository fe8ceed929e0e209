"""Effects expected of a mission, and what was observed of them."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

ANSWERS = [("seen", "Seen"), ("partly", "Partly seen"), ("not_yet", "Not yet")]


class AccompanimentEffect(models.Model):
    """What the mission is to change; the reviews say whether it was seen, with evidence."""

    _name = "accompaniment.effect"
    _description = "Expected Effect"
    _inherit = ["accompaniment.mission.part"]
    _order = "mission_id, horizon_rank, sequence, id"

    name = fields.Char(string="Effect", required=True)
    stake_id = fields.Many2one(
        "accompaniment.stake",
        ondelete="set null",
        domain="[('mission_id', '=', mission_id)]",
        index="btree_not_null",
        check_company=True,
    )
    horizon = fields.Selection(
        [("short", "Short term"), ("medium", "Medium term"), ("long", "Long term")], required=True, default="medium"
    )
    horizon_rank = fields.Integer(compute="_compute_horizon_rank", store=True, export_string_translation=False)
    commitment_ids = fields.Many2many(
        "association.commitment",
        "accompaniment_effect_commitment_rel",
        string="Brought about by",
        domain="[('mission_id', '=', mission_id)]",
        check_company=True,
    )
    answer_ids = fields.One2many("accompaniment.review.answer", "effect_id", string="Answers")
    observed = fields.Selection(ANSWERS, compute="_compute_observed", store=True)
    observed_on = fields.Date(string="Observed on", compute="_compute_observed", store=True)
    evidence = fields.Text(compute="_compute_observed", store=True)

    @api.depends("horizon")
    def _compute_horizon_rank(self):
        ranks = [key for key, _label in self._fields["horizon"].selection]
        for effect in self:
            effect.horizon_rank = ranks.index(effect.horizon) if effect.horizon else 0

    @api.depends(
        "answer_ids.answer",
        "answer_ids.observed_on",
        "answer_ids.evidence",
        "answer_ids.months",
        "answer_ids.partner_id",
    )
    def _compute_observed(self):
        for effect in self:
            answered = effect.answer_ids.filtered("answer")
            last = max(answered.mapped("months"), default=0)
            latest = answered.filtered_domain([("months", "=", last)])
            answers = set(latest.mapped("answer"))
            # Beneficiaries who saw different things: together they saw it partly.
            effect.observed = "partly" if len(answers) > 1 else latest[:1].answer
            effect.observed_on = max(latest.filtered("observed_on").mapped("observed_on"), default=False)
            effect.evidence = latest._describe_evidence()

    @api.constrains("mission_id", "stake_id", "commitment_ids")
    def _check_mission(self):
        for effect in self:
            if (effect.stake_id.mission_id | effect.commitment_ids.mission_id) - effect.mission_id:
                raise ValidationError(
                    self.env._(
                        "%(name)s is tied to a stake or an action of another mission: choose those of its own.",
                        name=effect.name,
                    )
                )

    def action_open_mission(self):
        """Open the mission that the effect is expected from."""
        self.ensure_one()
        return self.mission_id._get_records_action()
