"""What was found in a mission, and what answers it."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AccompanimentFinding(models.Model):
    _name = "accompaniment.finding"
    _description = "Finding"
    _inherit = ["accompaniment.mission.part"]
    _order = "mission_id, sequence, id"

    name = fields.Char(string="Finding", required=True)
    stake_id = fields.Many2one(
        "accompaniment.stake",
        required=True,
        ondelete="restrict",
        index=True,
        domain="[('mission_id', '=', mission_id)]",
        help="Every finding belongs to a stake of the mission.",
        check_company=True,
    )
    diagnostic_id = fields.Many2one(
        "accompaniment.diagnostic",
        ondelete="set null",
        index="btree_not_null",
        domain="[('mission_id', '=', mission_id)]",
        help="Where it comes from.",
        check_company=True,
    )
    nature = fields.Selection(
        [("strength", "Strength"), ("difficulty", "Difficulty"), ("expectation", "Expectation")],
        required=True,
        default="difficulty",
    )
    evidence = fields.Char(string="Rests on", help="A figure, a quotation: “62 % of the respondents”.")
    workshop_ids = fields.Many2many(
        "accompaniment.workshop",
        string="Answered in",
        domain="[('mission_id', '=', mission_id)]",
        check_company=True,
    )
    commitment_ids = fields.Many2many(
        "association.commitment",
        "accompaniment_commitment_finding_rel",
        string="Actions",
        domain="[('mission_id', '=', mission_id)]",
        check_company=True,
    )

    @api.constrains("mission_id", "commitment_ids")
    def _check_commitments(self):
        self.commitment_ids._check_mission()

    @api.constrains("mission_id", "stake_id", "diagnostic_id", "workshop_ids")
    def _check_mission(self):
        for finding in self:
            missions = finding.stake_id.mission_id | finding.diagnostic_id.mission_id | finding.workshop_ids.mission_id
            if missions - finding.mission_id:
                raise ValidationError(
                    self.env._(
                        "%(name)s is tied to a stake, a diagnosis or a workshop of another mission: choose those "
                        "of its own.",
                        name=finding.name,
                    )
                )
