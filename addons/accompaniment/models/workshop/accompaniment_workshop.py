"""Workshops of a mission: planned, kept in step with the calendar, attended, and their sign-in sheets."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.calculation.common.spreadsheet import Sheet
from odoo.addons.coup_de_pousse_membership.models.common.hold import hold

#: What the calendar shows of a workshop.
SHOWN = {"name", "start", "hours", "place", "track_id", "state", "mission_id", "aim"}
#: Empty lines of a sign-in sheet, for those who come without having been convened.
SPARE_LINES = 8


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
    phase_id = fields.Many2one(
        "accompaniment.phase", domain="[('mission_id', '=', mission_id)]", ondelete="set null", check_company=True
    )
    track_id = fields.Many2one(
        "accompaniment.track",
        domain="[('mission_id', '=', mission_id)]",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty: a common time, for all tracks.",
        check_company=True,
    )
    partner_id = fields.Many2one(related="mission_id.partner_id", string="Main beneficiary")
    referent_id = fields.Many2one(related="mission_id.referent_id", store=True, string="Referent")
    state = fields.Selection(
        [("planned", "Planned"), ("held", "Held"), ("cancelled", "Cancelled")],
        required=True,
        readonly=True,
        default="planned",
        copy=False,
        tracking=True,
    )
    aim = fields.Text(help="What the session is for, and how it goes.")
    outcome = fields.Html(string="What came out", copy=False)
    attendance_ids = fields.One2many("accompaniment.attendance", "workshop_id", copy=False)
    present_count = fields.Integer(string="People present", compute="_compute_present", store=True)
    person_hours = fields.Float(
        string="Hours attended", compute="_compute_present", store=True, digits=(16, 2), help="Length × people present."
    )
    # Every internal user may change or delete any event: nothing here is read back from it.
    event_id = fields.Many2one("calendar.event", readonly=True, copy=False, ondelete="set null", index="btree_not_null")

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
            workshop.present_count = len(workshop.attendance_ids.filtered(lambda line: line.status == "present"))
            workshop.person_hours = workshop.hours * workshop.present_count

    @api.depends("name", "start", "step", "track_id.name", "partner_id.name")
    @api.depends_context("accompaniment_for_whom")
    def _compute_display_name(self):
        """Show the day; in the calendar of all workshops, which shows it, for whom and where instead."""
        for workshop in self:
            if self.env.context.get("accompaniment_for_whom"):
                parts = (workshop.step or workshop.name, workshop.track_id.name, workshop.partner_id.name)
                workshop.display_name = " – ".join(filter(None, parts))
                continue
            day = workshop.start and fields.Datetime.context_timestamp(workshop, workshop.start).date()
            text = self.env["ir.qweb.field.date"].value_to_html(day, {}) if day else ""
            workshop.display_name = " – ".join(filter(None, [workshop.name, workshop.track_id.name, text]))

    @api.onchange("mission_id")
    def _onchange_mission_id(self):
        if self.track_id.mission_id != self.mission_id:
            self.track_id = False
        if self.phase_id.mission_id != self.mission_id:
            self.phase_id = False

    # ---- what becomes of a session ----

    def action_hold(self):
        """Record that the session took place."""
        self._write_facts({"state": "held"})

    def action_cancel(self):
        self._write_facts({"state": "cancelled"})

    def action_plan(self):
        self._write_facts({"state": "planned"})

    def action_convene(self):
        """Put on the attendance list whoever takes part in the mission, on this track or on all."""
        self.check_access("write")
        hold(self)
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

    # ---- the calendar follows the workshops; what is changed in the calendar changes no workshop ----

    @api.model_create_multi
    def create(self, vals_list):
        workshops = super().create(vals_list)
        workshops._keep_calendar()
        return workshops

    def write(self, vals):
        res = super().write(vals)
        if SHOWN & vals.keys():
            self._keep_calendar()
        return res

    def unlink(self):
        events = self.sudo().event_id
        res = super().unlink()
        events.unlink()
        return res

    def _keep_calendar(self):
        """Bring the calendar's events to what the workshops say."""
        Event = self._get_events()
        missing = self.filtered(lambda workshop: workshop.state != "cancelled" and not workshop.sudo().event_id)
        events = Event.create([workshop._prepare_event() for workshop in missing])
        for workshop, event in zip(missing, events, strict=True):
            workshop.sudo().event_id = event
        for workshop in self - missing:
            event = workshop.sudo().event_id.with_env(Event.env)
            if workshop.state == "cancelled":
                event.unlink()
            elif event:
                event.write(workshop._prepare_event())

    def _get_events(self):
        """Return the model of the calendar's events, with all rights, and without what a screen leaves in the context.

        Of the record that a screen shows, Odoo makes one activity more for each event.
        """
        context = {
            key: value
            for key, value in self.env.context.items()
            if key not in ("active_model", "active_id", "active_ids") and not key.startswith("default_")
        }
        return self.env(context={**context, "no_mail_to_attendees": True, "dont_notify": True})["calendar.event"].sudo()

    def _prepare_event(self):
        self.ensure_one()
        mission = self.mission_id
        team = mission.referent_id | mission.adviser_ids
        track = self.track_id.name or (self.env._("common time") if mission.track_ids else "")
        return {
            "name": " – ".join(filter(None, [mission.partner_id.name, self.name, track])),
            "start": self.start,
            "stop": self.stop,
            "location": self.place or False,
            "description": self.aim or False,
            "user_id": mission.referent_id.id,
            "partner_ids": [fields.Command.set(team.partner_id.ids)],
        }

    # ---- the sign-in sheet for a spreadsheet; its PDF is in report/ ----

    def _get_day(self):
        """Return the day of the session where its reader is."""
        self.ensure_one()
        return fields.Datetime.context_timestamp(self, self.start).date()

    def _get_spare_lines(self):
        return range(SPARE_LINES)

    def action_sign_in_sheet(self):
        """Download the sign-in sheets as a workbook, one tab for each session."""
        self.check_access("read")
        columns = [
            (self.env._("Person"), 32, "text"),
            (self.env._("Organisation"), 32, "text"),
            (self.env._("Email"), 30, "text"),
            (self.env._("Status"), 12, "text"),
            (self.env._("Signature"), 30, "text"),
        ]
        sheets = [
            Sheet(
                " ".join(filter(None, [f"{rank}.", workshop.name, workshop.track_id.name])),
                columns,
                workshop._get_sheet_rows(),
                title=(
                    workshop.mission_id.name,
                    workshop.display_name,
                    " ".join(filter(None, [workshop.place, workshop.track_id.name])),
                ),
            )
            for rank, workshop in enumerate(self, 1)
        ]
        return self.env["association.spreadsheet"]._download(self.env._("Sign-in sheet"), sheets)

    def _get_sheet_rows(self):
        self.ensure_one()
        statuses = dict(self.env["accompaniment.attendance"]._fields["status"]._description_selection(self.env))
        return [
            (
                line.partner_id.name,
                line.organisation_id.name if line.organisation_id != line.partner_id else "",
                line.partner_id.email,
                statuses[line.status] if line.status != "convened" else "",
                "",
            )
            for line in self.attendance_ids
        ]
