"""Meetings of a body: prepared, convened, held; who is there at any moment."""

from datetime import timedelta

import pytz
from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.hold import hold
from odoo.addons.coup_de_pousse_membership.models.common.notification import notification
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date, format_datetime

from ...calculation.meeting import quorum, voices
from . import door, event, roll_call
from .convening import Convening

#: Mode: the field of the body that names its article, where the statutes have to provide for it.
ARTICLES = {"distance": "article_distance", "mixed": "article_distance", "writing": "article_writing"}
#: States of a meeting that is yet to be held.
AHEAD = ("draft", "convened")


class GovernanceMeeting(models.Model):
    _name = "governance.meeting"
    _description = "Meeting"
    _inherit = ["association.part", "mail.thread", "mail.activity.mixin"]
    _placed_by = frozenset({"body_id"})
    _order = "starts_at desc, id desc"

    name = fields.Char(compute="_compute_name", store=True, readonly=False, required=True, precompute=True)
    body_id = fields.Many2one(
        "governance.body",
        required=True,
        ondelete="restrict",
        index=True,
        tracking=True,
        check_company=True,
    )
    company_id = fields.Many2one(related="body_id.company_id", store=True, index=True, precompute=True)
    starts_at = fields.Datetime(string="Starts", required=True, index=True, tracking=True)
    minutes = fields.Integer(string="Planned length", required=True, default=120, help="In minutes.")
    ends_at = fields.Datetime(string="Ends", compute="_compute_ends_at", store=True)
    place = fields.Char(tracking=True)
    link = fields.Char(help="Where one joins a meeting at a distance.")
    mode = fields.Selection(
        [
            ("on_site", "On site"),
            ("mixed", "On site and at a distance"),
            ("distance", "At a distance"),
            ("writing", "In writing"),
        ],
        required=True,
        default="on_site",
        tracking=True,
        help="At a distance or in writing only where the statutes provide for it: the body names the article.",
    )
    by_post = fields.Boolean(string="Votes by post", help="Only where the body names the article of its statutes.")
    state = fields.Selection(
        [
            ("draft", "In preparation"),
            ("convened", "Convocation sent"),
            ("open", "Under way"),
            ("closed", "Took place"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    chair_id = fields.Many2one("res.partner", ondelete="restrict", index="btree_not_null")
    writer_id = fields.Many2one(
        "res.partner", string="Secretary of the meeting", ondelete="restrict", index="btree_not_null"
    )
    invitation = fields.Html(string="Words of the convocation", help="Added to the mail and to the letter.")
    short_notice = fields.Char(
        string="Reason of a short notice",
        help="Why the convocation leaves later than the statutes ask, and what allows it (urgency, article…).",
    )
    notice_on = fields.Date(
        string="Convene until",
        compute="_compute_notice_on",
        store=True,
        help="The last day that leaves the notice due.",
    )
    convened_at = fields.Datetime(string="Convened at", readonly=True, copy=False)
    opened_at = fields.Datetime(string="Opened at", readonly=True, copy=False)
    closed_at = fields.Datetime(string="Closed at", readonly=True, copy=False)
    agenda_ids = fields.One2many("governance.agenda.item", "meeting_id", copy=True)
    attendance_ids = fields.One2many("governance.attendance", "meeting_id", string="Convened")
    proxy_ids = fields.One2many("governance.proxy", "meeting_id", string="Proxies")
    missing = fields.Text(
        string="Not convened",
        compute="_compute_missing",
        help="Who sits on the body, or is a member, and is not listed.",
    )
    numbers = fields.Char(string="Quorum", compute="_compute_numbers", compute_sudo=True)
    in_calendar = fields.Boolean(
        string="In the calendar", help="Odoo's calendar shows the meeting; what is changed there does not change it."
    )
    calendar_event_id = fields.Many2one("calendar.event", readonly=True, copy=False, ondelete="set null")

    _minutes = models.Constraint("CHECK (minutes > 0)", "A meeting lasts one minute at least.")
    _opened = models.Constraint(
        "CHECK (state NOT IN ('open', 'closed') OR opened_at IS NOT NULL)", "A meeting is opened before it is held."
    )
    # What the first screen asks for.
    _ahead_idx = models.Index("(company_id, notice_on) WHERE state = 'draft'")

    # ---- what is proposed, and what follows ----

    @api.depends("body_id", "starts_at")
    def _compute_name(self):
        for meeting in self:
            if meeting.body_id and meeting.starts_at and (not meeting.name or meeting.state == "draft"):
                meeting.name = meeting.env._(
                    "%(body)s of %(day)s", body=meeting.body_id.name, day=format_date(meeting.env, meeting._get_day())
                )

    @api.depends("starts_at", "minutes")
    def _compute_ends_at(self):
        for meeting in self:
            meeting.ends_at = meeting.starts_at and meeting.starts_at + timedelta(minutes=meeting.minutes)

    @api.depends("starts_at", "body_id.notice_days")
    def _compute_notice_on(self):
        for meeting in self:
            day = meeting._get_day()
            meeting.notice_on = day and day - timedelta(days=meeting.body_id.notice_days)

    def _get_day(self):
        """Return the day of the meeting where the association is."""
        return self.starts_at and self._in_own_time(self.starts_at).date()

    def _in_own_time(self, moment):
        """Return a moment of the database on the association's own clock."""
        company = self.company_id or self.env.company
        return fields.Datetime.context_timestamp(company._in_own_time(), moment)

    def _show_moment(self, moment, pattern="EEEE d MMMM y, HH:mm"):
        """Return a moment as it is read on the association's own clock, with its weekday unless told otherwise."""
        zone = (self.company_id or self.env.company)._in_own_time().env.context["tz"]
        return moment and format_datetime(self.env, moment, tz=zone, dt_format=pattern)

    def _show_hour(self, moment):
        """Return the hour of a moment on the association's own clock."""
        return self._show_moment(moment, "HH:mm")

    def _compute_missing(self):
        for meeting in self:
            names = Convening(meeting).find_missing() if meeting.state in AHEAD and meeting.attendance_ids else []
            meeting.missing = "\n".join(names) or False

    @api.depends("attendance_ids.stay_ids.left_at", "proxy_ids.holder_id")
    def _compute_numbers(self):
        for meeting in self:
            listed = meeting.attendance_ids
            meeting.numbers = door.say_quorum(meeting.env, meeting._get_numbers()) if listed else False

    # ---- what is refused ----

    @api.constrains("mode", "by_post", "body_id")
    def _check_statutes(self):
        for meeting in self:
            articles = [ARTICLES.get(meeting.mode), meeting.by_post and "article_post"]
            for name in filter(None, articles):
                if not (meeting.body_id[name] or "").strip():
                    raise ValidationError(
                        self.env._(
                            "%(body)s may not do this: its statutes would have to provide for it. If they do, write the "
                            "article on the body, in “%(field)s”; if not, choose another mode.",
                            body=meeting.body_id.name,
                            field=meeting.body_id._fields[name]._description_string(self.env),
                        )
                    )

    def write(self, vals):
        if {"body_id", "starts_at"} & vals.keys():
            self._refuse_after("convened", self.env._("Its day and its body are those that were convened"))
        result = super().write(vals)
        if event.SHOWN.intersection(vals):
            event.keep_in_step(self)
        return result

    @api.model_create_multi
    def create(self, vals_list):
        meetings = super().create(vals_list)
        event.keep_in_step(meetings)
        return meetings

    def _refuse_after(self, state, why):
        """Raise a UserError for meetings that have come as far as a state, or were cancelled."""
        states = dict(self._fields["state"]._description_selection(self.env))
        order = list(states)
        for meeting in self:
            if order.index(meeting.state) >= order.index(state):
                raise UserError(
                    self.env._(
                        "%(why)s: “%(meeting)s” is “%(state)s”. Cancel it and plan another one if it has to change.",
                        why=why,
                        meeting=meeting.name,
                        state=states[meeting.state],
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_convened(self):
        self._refuse_after("convened", self.env._("What was convened is part of the history"))

    # ---- convening ----

    def action_list(self):
        """Write the list of who is to be convened, as mandates and members are on the day of the meeting."""
        self.ensure_one()
        self.check_access("write")
        hold(self)
        self._refuse_after("convened", self.env._("The list is frozen"))
        Convening(self).write_list()
        return True

    def action_convene(self):
        """Freeze the list, send the mails, and mark the letters that are to be printed."""
        self.ensure_one()
        self.check_access("write")
        hold(self)
        self._refuse_after("convened", self.env._("It is convened already"))
        return notification(Convening(self).convene())

    def action_print_convocations(self):
        """Print the convocations of those who get theirs by post or by hand."""
        lines = self.attendance_ids.filtered(lambda line: line.channel != "mail")
        if not lines:
            raise UserError(self.env._("Everybody here is convened by mail: there is no letter to print."))
        return self.env.ref("network_governance.action_report_convocation").report_action(lines, config=False)

    # ---- holding ----

    def action_open(self):
        """Open the meeting: from now on arrivals are marked at the door."""
        self.ensure_one()
        self.check_access("write")
        hold(self)
        if self.state != "convened":
            raise UserError(
                self.env._("“%s” has to be convened before it is opened: use “Convene” first.", self.name)
                if self.state == "draft"
                else self.env._("“%s” cannot be opened any more.", self.name)
            )
        self._write_facts({"state": "open", "opened_at": fields.Datetime.now()})
        return self.action_door()

    def action_close(self):
        """Close the meeting: whoever is there leaves, and nothing changes any more."""
        self.ensure_one()
        self.check_access("write")
        hold(self)
        if self.state != "open":
            raise UserError(self.env._("“%s” is not under way: there is nothing to close.", self.name))
        now = fields.Datetime.now()
        self.attendance_ids.stay_ids.filtered(lambda stay: not stay.left_at)._write_facts({"left_at": now})
        self._write_facts({"state": "closed", "closed_at": now})
        return True

    def action_cancel(self):
        """Cancel a meeting that was not opened."""
        self.check_access("write")
        hold(self)
        self._refuse_after("open", self.env._("A meeting that was opened took place"))
        self._write_facts({"state": "cancelled"})
        return True

    def action_door(self):
        """Open the page for the door."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.client",
            "tag": "network_governance.door",
            "name": self.env._("At the door"),
            "params": {"meeting_id": self.id},
            "context": {"active_id": self.id},
        }

    def action_export_attendance(self):
        """Return the attendance as a workbook."""
        self.ensure_one()
        return door.export(self)

    # ---- who is there ----

    def _takes_proxies(self):
        """Return whether somebody may vote for somebody else."""
        cap = self.body_id.proxies
        return cap is False or cap > 0

    def _read_roll(self):
        """Return the :class:`roll_call.Called` of each person on the list."""
        self.ensure_one()
        return roll_call.read(self)

    def _get_ranks(self):
        """Return {id of a line: rank} of who is there, in the order of their arrival."""
        self.ensure_one()
        return roll_call.read_ranks(self)

    def _search_proxies(self):
        """Return the proxies, with all rights, in the order in which they were given.

        Searched, not read from the field: what all rights have read there, a reader of fewer would read as theirs.
        """
        proxies = self.env["governance.proxy"].sudo()
        return proxies.search_fetch([("meeting_id", "in", self.ids)], ["giver_id", "holder_id"], order="id")

    def _get_carried(self, roll=None):
        """Return what :func:`voices.carry` says of this moment.

        :param roll: what :meth:`_read_roll` has returned already.
        """
        self.ensure_one()
        ranks = self._get_ranks()
        lines = [voices.Line(one.line, one.unit, one.voices, ranks.get(one.line)) for one in roll or self._read_roll()]
        given = [voices.Proxy(proxy.id, proxy.giver_id.id, proxy.holder_id.id) for proxy in self._search_proxies()]
        cap = self.body_id.proxies
        return voices.carry(lines, given, None if cap is False else cap)

    def _get_numbers(self, roll=None, carried=None):
        """Return the :class:`quorum.Numbers` of this moment.

        :param roll: what :meth:`_read_roll` has returned already.
        :param carried: the voices in each one's hands, where they are known.
        """
        self.ensure_one()
        roll = roll or self._read_roll()
        if carried is None:
            carried, _lost = self._get_carried(roll)
        body = self.body_id
        return quorum.count(
            {one.unit: one.voices for one in roll},
            carried,
            body.quorum_kind,
            body.quorum_value,
            represented_count=body.represented_count,
            by_voices=body.quorum_by_voices,
        )

    # ---- the page for the door ----

    def get_door(self, known=None):
        """Return what the page for the door shows, or nothing where that is what it knows.

        :param known: the mark of what the page shows already.
        """
        self.ensure_one()
        self.check_access("read")
        return door.Door(self).show(known)

    def mark_arrival(self, attendance_id):
        """Mark that somebody came; twice is once."""
        return door.Door(self).arrive(attendance_id)

    def mark_departure(self, attendance_id):
        """Mark that somebody left; twice is once."""
        return door.Door(self).leave(attendance_id)

    def give_proxy(self, giver_id, holder_id, paper_seen=False):
        """Record a proxy at the door, or hand one that is there to another holder."""
        return door.Door(self).give(giver_id, holder_id, paper_seen)

    def take_proxy_back(self, giver_id):
        """Remove the proxy that somebody gave."""
        return door.Door(self).take_back(giver_id)

    def find_badge(self, code):
        """Return the id of the convened person whose badge or convocation was read, or False."""
        self.ensure_one()
        self.check_access("read")
        return self.attendance_ids.sudo().filtered(lambda line: code and line.badge == code.strip())[:1].id

    # ---- planning ----

    @api.model
    def _plan(self, body, moments, vals):
        """Plan a body's meetings.

        :param moments: when they start, on the association's own clock.
        """
        zone = body.company_id._in_own_time().env.tz
        starts = [zone.localize(moment).astimezone(pytz.utc).replace(tzinfo=None) for moment in moments]
        return self.create([{**vals, "body_id": body.id, "starts_at": start} for start in starts])
