"""Phases of a mission: days planned for somebody, and days used."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...calculation.mission.planned_days import period, spread


class AccompanimentPhase(models.Model):
    _name = "accompaniment.phase"
    _description = "Phase of a Mission"
    _inherit = ["accompaniment.mission.part", "association.dated"]
    _order = "mission_id, sequence, id"

    name = fields.Char(required=True)
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="Until")
    intervener_id = fields.Many2one(
        "res.partner",
        string="Done by",
        ondelete="restrict",
        index="btree_not_null",
        help="Whose workload its days count in; empty: the referent of the mission.",
    )
    days_planned = fields.Float(string="Days planned", digits=(16, 2))
    day_ids = fields.One2many("account.analytic.line", "accompaniment_phase_id", string="Days worked")
    days_used = fields.Float(
        string="Days used", compute="_compute_days_used", store=True, digits=(16, 2), help="Dated time entries."
    )
    days_left = fields.Float(
        string="Days left", compute="_compute_days_left", digits=(16, 2), help="Planned less used; below 0: overrun."
    )
    note = fields.Text(string="What is done")

    _days_not_negative = models.Constraint(
        "CHECK (days_planned >= 0)", "A phase cannot be planned for less than 0 days."
    )

    @api.depends("day_ids.unit_amount")
    def _compute_days_used(self):
        used = dict(
            self.env["account.analytic.line"]
            .sudo()
            ._read_group([("accompaniment_phase_id", "in", self.ids)], ["accompaniment_phase_id"], ["unit_amount:sum"])
        )
        for phase in self:
            phase.days_used = used.get(phase._origin, 0.0)

    @api.depends("days_planned", "days_used")
    def _compute_days_left(self):
        for phase in self:
            phase.days_left = phase.days_planned - phase.days_used

    def _spread_days(self):
        """Return {phase: {first day of the month: days planned}}; nothing where no date is known.

        The phases are those of the current association.
        """
        periods = {
            phase: period((phase.date_from, phase.date_to), (phase.mission_id.date_from, phase.mission_id.date_to))
            for phase in self
        }
        closed = self.env.company._get_closed_days([day for dates in periods.values() if dates for day in dates])
        return {phase: spread(*dates, phase.days_planned, closed) if dates else {} for phase, dates in periods.items()}

    @api.model_create_multi
    def create(self, vals_list):
        missions = self.env["accompaniment.mission"].browse({vals.get("mission_id") for vals in vals_list} - {None})
        with missions._changing():
            return super().create(vals_list)

    def write(self, vals):
        if "days_planned" not in vals:
            return super().write(vals)
        with self.mission_id._changing():
            return super().write(vals)

    def unlink(self):
        with self.mission_id._changing():
            return super().unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_worked(self):
        worked = self.filtered(lambda phase: phase.sudo().day_ids)
        if worked:
            raise UserError(
                self.env._(
                    "Days were worked in %(names)s: move them to another phase before you delete it.",
                    names=", ".join(worked[:5].mapped("name")),
                )
            )

    def action_enter_days(self):
        """Open a day worked in this phase, to be filled in; what was done is proposed."""
        self.ensure_one()
        return self.env["account.analytic.line"]._get_records_action(
            name=self.env._("%(mission)s: %(phase)s", mission=self.mission_id.name, phase=self.name),
            views=[(self.env.ref("accompaniment.account_analytic_line_view_form_accompaniment").id, "form")],
            target="new",
            context={
                **self.mission_id.action_view_days()["context"],
                "default_accompaniment_phase_id": self.id,
                "default_name": self.name,
            },
        )
