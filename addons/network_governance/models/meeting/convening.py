"""Convening a meeting: who has to be, the list, the mails and the letters.

Members who are not convened can have an assembly annulled: the list is made from the mandates and the
register, what differs from it is shown until the meeting, and each line keeps its day and its channel.
"""

from collections import namedtuple
from math import ceil

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools import format_date

TEMPLATE = "network_governance.mail_template_convocation"
#: Roles of who speaks for a member, the first one that it has being convened.
SPOKESPERSONS = ("delegate", "president")
#: One who has to be convened: ids of the person, of the member it speaks for (or False), of the college; its voices.
Expected = namedtuple("Expected", "partner structure college voices")


class Convening:
    """The convening of one meeting.

    :param meeting: the meeting; who calls has checked that the user may change it.
    """

    def __init__(self, meeting):
        self.meeting = meeting
        self.env = meeting.env

    # ---- who ----

    def find_expected(self):
        """Return the list of :class:`Expected`, as mandates and members are on the day of the meeting."""
        day = self.meeting._get_day()
        if self.meeting.body_id.convenes == "members":
            return self._find_members(day)
        mandates = self.env["governance.mandate"].search(
            [("body_id", "=", self.meeting.body_id.id), *self.env["governance.mandate"]._titular_domain(day)]
        )
        return [
            Expected(mandate.partner_id.id, mandate.organisation_id.id, mandate.college_id.id, 1)
            for mandate in mandates
        ]

    def _find_members(self, day):
        """Return the members of a day, each by its voting delegate, else its president, else at its own address."""
        body = self.meeting.body_id
        members = self.env["association.member"].sudo()
        profiles = members._get_profiles_on(body.company_id, day, False, "members")
        people = self._find_spokespersons(day, [profile[0] for profile in profiles])
        companies = set(
            self.env["res.partner"]
            .sudo()
            .search([("id", "in", [profile[0] for profile in profiles]), ("is_company", "=", True)])
            .ids
        )
        return [
            Expected(
                people.get(partner, partner),
                partner if partner in companies else False,
                college or False,
                self._count_voices(figure),
            )
            for partner, _category, college, _region, _department, figure, *_rest in profiles
        ]

    def _find_spokespersons(self, day, partner_ids):
        """Return {id of a member's contact: id of who speaks for it}."""
        model = self.env["association.correspondent"].sudo()
        found = model.search(
            [
                ("member_id.company_id", "=", self.meeting.company_id.id),
                ("member_id.partner_id", "in", partner_ids),
                ("role", "in", SPOKESPERSONS),
                ("partner_id.active", "=", True),
                *model._on_day_domain(day),
            ]
        ).sorted(lambda one: SPOKESPERSONS.index(one.role), reverse=True)
        return {one.member_id.partner_id.id: one.partner_id.id for one in found}

    def _count_voices(self, figure):
        body = self.meeting.body_id
        if body.voices_by == "one" or figure is None:
            return 1
        return max(1, ceil(figure / body.members_per_voice))

    # ---- the list ----

    def write_list(self):
        """Bring the list in line with who has to be convened; who was added by hand stays."""
        expected = {(one.partner, one.structure): one for one in self.find_expected()}
        lines = {(line.partner_id.id, line.structure_id.id): line for line in self.meeting.attendance_ids}
        for key, line in lines.items():
            one = expected.get(key)
            if one and (line.voices, line.college_id.id) != (one.voices, one.college):
                line.write({"voices": one.voices, "college_id": one.college})
        self.env["governance.attendance"].create(
            [self._prepare_line(one) for key, one in expected.items() if key not in lines]
        )

    def _prepare_line(self, one):
        return {
            "meeting_id": self.meeting.id,
            "partner_id": one.partner,
            "structure_id": one.structure,
            "college_id": one.college,
            "voices": one.voices,
        }

    def find_missing(self):
        """Return the names of those who have to be convened and whose member, or who themselves, are not listed."""
        lines = self.meeting.attendance_ids
        if self.meeting.body_id.convenes == "members":
            listed = {(line.structure_id or line.partner_id).id for line in lines}
            missing = [one for one in self.find_expected() if (one.structure or one.partner) not in listed]
        else:
            listed = set(lines.partner_id.ids)
            missing = [one for one in self.find_expected() if one.partner not in listed]
        partners = self.env["res.partner"].sudo()
        return sorted(partners.browse(one.structure or one.partner).name for one in missing)

    # ---- convening ----

    def convene(self):
        """Freeze the list and send it; return the sentence that says what was done."""
        meeting = self.meeting
        if not meeting.attendance_ids:
            self.write_list()
            meeting.invalidate_recordset(["attendance_ids"])
        self._refuse()
        now = fields.Datetime.now()
        lines = meeting.attendance_ids
        mailed = lines.filtered(lambda line: line.channel == "mail")
        for line in mailed:
            line.sudo().email = line._get_address()
        lines._write_facts({"convened_at": now})
        meeting._write_facts({"state": "convened", "convened_at": now})
        self._send(mailed)
        letters = len(lines) - len(mailed)
        return self.env._(
            "%(mails)s convocations leave by mail; letters to print: %(letters)s.", mails=len(mailed), letters=letters
        )

    def _refuse(self):
        """Raise a UserError where the convocation would not hold."""
        meeting, env = self.meeting, self.env
        if not meeting.attendance_ids:
            raise UserError(
                env._("Nobody is to be convened: %s has no holder, or no member, on that day.", meeting.body_id.name)
            )
        if not meeting.agenda_ids:
            raise UserError(
                env._(
                    "The convocation says what is on the agenda: add its points first. What is not on it is not voted."
                )
            )
        self._refuse_short_notice()
        unreachable = meeting.attendance_ids.filtered(lambda line: line.channel == "mail" and not line._get_address())
        if unreachable:
            raise UserError(
                env._(
                    "By mail, but without an address: %s. Write their address, or choose another channel.",
                    ", ".join(unreachable[:10].mapped("display_name")),
                )
            )

    def _refuse_short_notice(self):
        """Raise a UserError if the notice of the statutes is over, and nothing says why it may be short."""
        meeting = self.meeting
        today = meeting.company_id._get_own_today()
        if meeting.notice_on >= today or (meeting.short_notice or "").strip():
            return
        raise UserError(
            self.env._(
                "It is too late: %(body)s is convened %(days)s days ahead, by %(until)s for this meeting. Choose a later "
                "day, or write in “Reason of a short notice” what in the statutes allows it.",
                body=meeting.body_id.name,
                days=meeting.body_id.notice_days,
                until=format_date(self.env, meeting.notice_on),
            )
        )

    def _send(self, lines):
        """Send each its mail, whose delivery its line shows."""
        if not lines:
            return
        template = self.env.ref(TEMPLATE).sudo()
        mails = template.send_mail_batch(
            lines.ids, email_values={"is_notification": True}, email_layout_xmlid="mail.mail_notification_light"
        )
        by_line = {mail.res_id: mail for mail in mails}
        self.env["mail.notification"].sudo().create(
            [
                {
                    "mail_message_id": by_line[line.id].mail_message_id.id,
                    "mail_mail_id": by_line[line.id].id,
                    "res_partner_id": line.partner_id.id,
                    "notification_type": "email",
                    "notification_status": "ready",
                    "is_read": True,
                }
                for line in lines
            ]
        )
        for line in lines.sudo():
            line.message_id = by_line[line.id].mail_message_id
