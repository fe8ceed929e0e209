from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...calculation.diagnostic.answers import rate


class AccompanimentDiagnostic(models.Model):
    """What the network's members say, by a survey sent to them or by figures typed in from paper."""

    _name = "accompaniment.diagnostic"
    _description = "Diagnosis"
    _inherit = ["accompaniment.mission.part", "mail.thread"]
    _order = "mission_id, sequence, id"

    name = fields.Char(required=True, default=lambda self: self.env._("Pre-diagnosis"))
    source = fields.Selection(
        [("survey", "Survey sent by mail"), ("typed", "Figures typed in (paper, interviews)")],
        required=True,
        default="survey",
    )
    state = fields.Selection(
        [("draft", "To be sent"), ("open", "Under way"), ("closed", "Ended")],
        required=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    deadline = fields.Date(string="Answers until")
    closed_on = fields.Date(string="Closed on", readonly=True, copy=False)
    invited_typed = fields.Integer(string="Invited (typed in)")
    respondents_typed = fields.Integer(string="Respondents (typed in)")
    invited = fields.Integer(compute="_compute_response")
    respondents = fields.Integer(compute="_compute_response")
    partial = fields.Integer(
        compute="_compute_response", string="Begun, not finished", help="Answered some questions, and stopped."
    )
    count_partial = fields.Boolean(
        string="Count what was begun",
        help="Those who stopped on the way count among the respondents and in the charts.",
    )
    response_rate = fields.Float(string="Response rate", compute="_compute_response", digits=(16, 4))
    finding_ids = fields.One2many("accompaniment.finding", "diagnostic_id", string="Findings")
    figure_ids = fields.One2many("accompaniment.diagnostic.figure", "diagnostic_id", string="Answers typed in")

    _figures_possible = models.Constraint(
        "CHECK (invited_typed >= 0 AND respondents_typed >= 0 AND respondents_typed <= invited_typed)",
        "More people answered than were invited: correct one of the two numbers.",
    )

    @api.depends("source", "invited_typed", "respondents_typed", "count_partial", "answer_ids.state")
    def _compute_response(self):
        counts = self._get_survey_counts()
        for diagnostic in self:
            if diagnostic.source == "typed":
                invited, respondents, partial = diagnostic.invited_typed, diagnostic.respondents_typed, 0
            else:
                invited, respondents, partial = counts.get(diagnostic._origin.id, (0, 0, 0))
                respondents += partial if diagnostic.count_partial else 0
            diagnostic.invited, diagnostic.respondents, diagnostic.partial = invited, respondents, partial
            diagnostic.response_rate = rate(max(invited, respondents), respondents) or 0.0

    def action_open(self):
        """Start with figures typed in: nothing is sent."""
        self.write({"state": "open"})

    def action_close(self):
        """Close: nobody answers any more, and the findings rest on what was answered.

        :raise UserError: if nobody answered.
        """
        self.check_access("write")
        for diagnostic in self:
            if not diagnostic.respondents:
                raise UserError(
                    self.env._(
                        "Nobody answered %(name)s yet: send a reminder, or type the figures in, before you close it.",
                        name=diagnostic.name,
                    )
                )
        self.write({"state": "closed", "closed_on": fields.Date.context_today(self)})
        self._close_surveys()

    def action_reopen(self):
        self.write({"state": "open", "closed_on": False})
        self._reopen_surveys()

    @api.constrains("source", "respondents_typed")
    def _check_figures(self):
        for diagnostic in self.filtered(lambda diagnostic: diagnostic.source == "typed"):
            figure = diagnostic.figure_ids.sorted("count")[-1:]
            if figure.count > diagnostic.respondents:
                raise ValidationError(
                    self.env._(
                        "%(count)s people chose “%(label)s”, and only %(respondents)s answered: correct one of the "
                        "two numbers.",
                        count=figure.count,
                        label=figure.label,
                        respondents=diagnostic.respondents,
                    )
                )

    @api.constrains("state")
    def _check_closed_with_answers(self):
        for diagnostic in self:
            if diagnostic.state == "closed" and not diagnostic.respondents:
                raise ValidationError(self.env._("%(name)s has no answer: it cannot be closed.", name=diagnostic.name))
