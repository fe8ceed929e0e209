from datetime import timedelta

from odoo import api, fields, models

PRESENT = "present"


class AccompanimentWorkshop(models.Model):
    _name = "accompaniment.workshop"
    _description = "Workshop"
    _inherit = ["accompaniment.mission.part", "mail.thread", "mail.activity.mixin"]
    _order = "start, sequence, id"

    name = fields.Char(required=True, tracking=True)
    step = fields.Char(help="Step of the method, such as Critique, Prospective or Realistic.")
    start = fields.Datetime(string="Starts at", required=True, index=True, tracking=True)
    hours = fields.Float(required=True, default=3.0, digits=(16, 2), help="Length, in hours.")
    stop = fields.Datetime(string="Ends at", compute="_compute_stop", store=True)
    place = fields.Char(help="Address, room, or link of a video call.")
    phase_id = fields.Many2one("accompaniment.phase", domain="[('mission_id', '=', mission_id)]", ondelete="set null")
    track_id = fields.Many2one(
        "accompaniment.track",
        domain="[('mission_id', '=', mission_id)]",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty: a common time, for all tracks.",
    )
    partner_id = fields.Many2one(related="mission_id.partner_id", string="Main beneficiary")
    referent_id = fields.Many2one(related="mission_id.referent_id", store=True, string="Referent")
    state = fields.Selection(
        [("planned", "Planned"), ("held", "Held"), ("cancelled", "Cancelled")],
        required=True,
        default="planned",
        copy=False,
        tracking=True,
    )
    aim = fields.Text(help="What the session is for, and how it goes.")
    outcome = fields.Html(string="What came out", copy=False)
    attendance_ids = fields.One2many("accompaniment.attendance", "workshop_id", string="Attendance", copy=False)
    finding_ids = fields.Many2many(
        "accompaniment.finding", string="Findings answered", domain="[('mission_id', '=', mission_id)]"
    )
    commitment_ids = fields.One2many("association.commitment", "workshop_id", string="Actions decided")
    present_count = fields.Integer(string="People present", compute="_compute_present", store=True)
    person_hours = fields.Float(
        string="Hours attended", compute="_compute_present", store=True, digits=(16, 2), help="Length × people present."
    )

    _hours_positive = models.Constraint(
        "CHECK (hours > 0 AND hours <= 24)", "A workshop lasts more than 0 hours and at most 24."
    )

    @api.depends("start", "hours")
    def _compute_stop(self):
        for workshop in self:
            workshop.stop = workshop.start and workshop.start + timedelta(hours=workshop.hours)

    @api.depends("hours", "attendance_ids.status")
    def _compute_present(self):
        for workshop in self:
            workshop.present_count = len(workshop.attendance_ids.filtered(lambda line: line.status == PRESENT))
            workshop.person_hours = workshop.hours * workshop.present_count

    @api.depends("name", "start", "step", "track_id.name", "partner_id.name")
    @api.depends_context("workshop_for_whom")
    def _compute_display_name(self):
        """Say the day; in the calendar of all workshops, which shows it, for whom and where instead."""
        for workshop in self:
            if self.env.context.get("workshop_for_whom"):
                parts = (workshop.step or workshop.name, workshop.track_id.name, workshop.partner_id.name)
                workshop.display_name = " – ".join(filter(None, parts))
                continue
            day = workshop.start and fields.Datetime.context_timestamp(workshop, workshop.start).date()
            text = self.env["ir.qweb.field.date"].value_to_html(day, {}) if day else ""
            workshop.display_name = " – ".join(filter(None, [workshop.name, text]))

    @api.onchange("mission_id")
    def _onchange_mission_id(self):
        if self.track_id.mission_id != self.mission_id:
            self.track_id = False
        if self.phase_id.mission_id != self.mission_id:
            self.phase_id = False

    def action_hold(self):
        """Record that the session took place."""
        self.write({"state": "held"})

    def action_cancel(self):
        self.write({"state": "cancelled"})

    def action_plan(self):
        self.write({"state": "planned"})

    def action_convene(self):
        """Put on the attendance list whoever takes part in the mission, on this track or on all."""
        lines = []
        for workshop in self:
            convened = workshop.attendance_ids.partner_id
            participants = workshop.mission_id.participant_ids
            if workshop.track_id:
                elsewhere = workshop.mission_id.track_ids - workshop.track_id
                participants -= participants.filtered(
                    lambda participant, others=elsewhere: participant.track_id in others
                )
            people = (participants.partner_id | workshop.mission_id.steering_ids) - convened
            lines += [{"workshop_id": workshop.id, "partner_id": partner.id} for partner in people]
        self.env["accompaniment.attendance"].create(lines)
