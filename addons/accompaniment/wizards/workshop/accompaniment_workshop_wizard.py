"""Asks when the workshops of a method begin, and plans them."""

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.hold import hold
from odoo.exceptions import UserError

from ...calculation.workshop.workshop_plan import Step, plan


class AccompanimentWorkshopWizard(models.TransientModel):
    _name = "accompaniment.workshop.wizard"
    _description = "Plan Workshops from a Template"
    _inherit = ["association.dialog"]

    mission_id = fields.Many2one("accompaniment.mission", required=True)
    template_id = fields.Many2one(
        "accompaniment.workshop.template",
        required=True,
        default=lambda self: self.env["accompaniment.workshop.template"].search([], limit=1),
    )
    first = fields.Datetime(string="First session", required=True)
    days_between = fields.Integer(string="Days between two sessions", required=True, default=14)
    track_ids = fields.Many2many("accompaniment.track", string="Tracks", domain="[('mission_id', '=', mission_id)]")
    place = fields.Char()
    session_count = fields.Integer(compute="_compute_session_count", string="Sessions")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        mission = self.env["accompaniment.mission"].browse(values.get("mission_id"))
        if mission:
            values["track_ids"] = [fields.Command.set(mission.track_ids.ids)]
        return values

    @api.depends("template_id", "track_ids", "days_between", "first")
    def _compute_session_count(self):
        for wizard in self:
            wizard.session_count = len(wizard._get_sessions()) if wizard.first and wizard.days_between > 0 else 0

    def _get_sessions(self):
        self.ensure_one()
        steps = [Step(line.name, line.hours, line.meeting) for line in self.template_id.line_ids]
        return plan(steps, list(self.track_ids), self.first, self.days_between, self.env.tz)

    def action_plan(self):
        """Create the workshops and open them."""
        self.ensure_one()
        if self.days_between < 1:
            raise UserError(self.env._("Leave at least one day between two sessions."))
        self.mission_id.check_access("write")
        hold(self.mission_id)
        vals_list = self._prepare_workshops()
        self._check_not_planned(vals_list)
        self.env["accompaniment.workshop"].create(vals_list)
        return self.mission_id.action_view_workshops()

    def _prepare_workshops(self):
        """Return the values of the workshops, in the order of their sessions."""
        lines = self.template_id.line_ids
        return [
            {
                "mission_id": self.mission_id.id,
                "name": f"{self.template_id.name} – {lines[session.step].name}",
                "step": lines[session.step].name,
                "hours": lines[session.step].hours,
                "aim": lines[session.step].aim,
                "start": session.start,
                "track_id": session.track._origin.id if session.track else False,
                "place": self.place,
                "sequence": rank,
            }
            for rank, session in enumerate(self._get_sessions(), 1)
        ]

    def _check_not_planned(self, vals_list):
        """Raise if one of these workshops is there: a second click plans nothing twice."""
        planned = {(workshop.name, workshop.start, workshop.track_id.id) for workshop in self.mission_id.workshop_ids}
        for vals in vals_list:
            if (vals["name"], vals["start"], vals["track_id"]) in planned:
                raise UserError(
                    self.env._(
                        "%(workshop)s is planned at this time already: choose another day, or another template.",
                        workshop=vals["name"],
                    )
                )
