"""How a body meets: whom it convenes, where and how its statutes let it meet, and whether it keeps its rhythm."""

from odoo import api, fields, models
from odoo.fields import Domain

from ...calculation.meeting import rhythm


class GovernanceBody(models.Model):
    _inherit = "governance.body"

    convenes = fields.Selection(
        [("holders", "The holders of its mandates"), ("members", "All members, by their voting delegates")],
        string="Who is convened",
        compute="_compute_convenes",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    voices_by = fields.Selection(
        [("one", "One voice each"), ("figure", "By the number of its own members")],
        string="Voices of a member",
        required=True,
        default="one",
        help="By number: one voice for each so many members that the organisation declared of its latest year; one at "
        "least, also where the number is not known.",
    )
    members_per_voice = fields.Integer(
        string="Members per voice", required=True, default=100, help="A part that is begun counts as a whole."
    )
    represented_count = fields.Boolean(
        string="Proxies count for the quorum", default=True, help="Whether who gave a proxy counts as there."
    )
    quorum_by_voices = fields.Boolean(
        string="Quorum in voices", help="The quorum is a part of the voices, rather than of the members or seats."
    )
    article_distance = fields.Char(
        string="Article: at a distance",
        help="Article of the statutes that lets the body meet at a distance. Empty: it may not.",
    )
    article_writing = fields.Char(
        string="Article: in writing", help="Article of the statutes that lets the body decide in writing."
    )
    article_post = fields.Char(
        string="Article: votes by post", help="Article of the statutes that lets its members vote by post."
    )
    meeting_ids = fields.One2many("governance.meeting", "body_id", string="Meetings")
    last_meeting_on = fields.Date(compute="_compute_rhythm", string="Last meeting")
    next_meeting_on = fields.Date(compute="_compute_rhythm", string="Next meeting")
    meeting_due_on = fields.Date(
        compute="_compute_rhythm", string="Meets before", help="By its rhythm, counted from the last meeting."
    )
    is_rhythm_late = fields.Boolean(compute="_compute_rhythm", search="_search_is_rhythm_late", string="Rhythm late")

    _members_per_voice = models.Constraint("CHECK (members_per_voice > 0)", "A voice stands for one member at least.")

    @api.depends("kind")
    def _compute_convenes(self):
        for body in self:
            body.convenes = "members" if body.kind == "assembly" else body.convenes or "holders"

    @api.depends("meeting_ids.state", "meeting_ids.starts_at", "meeting_months", "date_from")
    def _compute_rhythm(self):
        days = self._get_meeting_days()
        for body in self:
            today = body.company_id._get_own_today() if body.company_id else fields.Date.context_today(body)
            body.last_meeting_on, body.next_meeting_on = days.get(body._origin.id, (False, False))
            due = rhythm.due_on(body.last_meeting_on or None, body.meeting_months, body.date_from or None)
            body.meeting_due_on = due or False
            body.is_rhythm_late = bool(body.active) and rhythm.is_late(due, today, body.next_meeting_on or None)

    def _get_meeting_days(self):
        """Return {id of a body: (day of its last meeting held, day of the next one planned)}; False where none is."""
        meetings, own = self.env["governance.meeting"], ("body_id", "in", self.ids)
        held = meetings._read_group([own, ("state", "in", ("open", "closed"))], ["body_id"], ["starts_at:max"])
        planned = meetings._read_group(
            [own, ("state", "in", ("draft", "convened")), ("starts_at", ">=", fields.Datetime.now())],
            ["body_id"],
            ["starts_at:min"],
        )
        last, coming = dict(held), dict(planned)
        return {body.id: (self._to_day(last.get(body)), self._to_day(coming.get(body))) for body in {*last, *coming}}

    def _to_day(self, moment):
        """Return the day of a moment, False where there is none."""
        return bool(moment) and fields.Datetime.context_timestamp(self, moment).date()

    @api.model
    def _search_is_rhythm_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("id", "in", self.search([("meeting_months", ">", 0)]).filtered("is_rhythm_late").ids)
        return late if True in value else ~late

    def _has_history(self):
        return super()._has_history() or bool(self.env["governance.meeting"].search_count([("body_id", "=", self.id)]))
