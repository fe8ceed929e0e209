"""What happens at the door of a meeting: arrivals, departures, proxies, and the quorum at each of them.

Two doors may be open at once. The database keeps one open stay for a person, whoever marks it first.
"""

from collections import Counter

from odoo import fields
from odoo.addons.coup_de_pousse_membership.calculation.common.spreadsheet import Sheet
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...calculation.meeting.voices import voices_by_holder


def say_quorum(env, numbers):
    """Return the quorum of a moment as a sentence."""
    counted = env._(
        "%(present)s present, %(represented)s represented, of %(convened)s convened.",
        present=numbers.present,
        represented=numbers.represented,
        convened=numbers.convened,
    )
    if not numbers.needed:
        return env._("%s The statutes ask for no quorum.", counted)
    if not numbers.reached:
        return env._(
            "%(counted)s No quorum: %(missing)s missing, of the %(needed)s needed.",
            counted=counted,
            missing=-numbers.margin,
            needed=numbers.needed,
        )
    if numbers.departures == 1:
        return env._(
            "%(counted)s Quorum of %(needed)s: one departure may lose it.", counted=counted, needed=numbers.needed
        )
    return env._(
        "%(counted)s Quorum of %(needed)s: it holds until %(departures)s departures.",
        counted=counted,
        needed=numbers.needed,
        departures=numbers.departures,
    )


class Door:
    """The door of one meeting.

    :param meeting: the meeting, as its user may read it.
    """

    def __init__(self, meeting):
        meeting.ensure_one()
        self.meeting = meeting
        self.env = meeting.env

    # ---- what is shown ----

    def show(self, known=None):
        """Return all that the page shows, or only its mark where nothing has changed."""
        mark = self._get_mark()
        if known and known == mark:
            return {"mark": mark}
        roll = self.meeting._read_roll()
        carried, lost = self.meeting.sudo()._get_carried(roll)
        return {
            "mark": mark,
            "name": self.meeting.name,
            "state": self.meeting.state,
            **self._say(self.meeting._get_numbers(roll, carried)),
            "lines": self._show_lines(carried, lost),
        }

    def _show_lines(self, carried, lost):
        """Return the people on the list: who is there, and what each carries."""
        proxies = self.meeting._search_proxies()
        given = {proxy.giver_id.id: proxy for proxy in proxies}
        reasons = proxies._get_reasons()
        voices = voices_by_holder(carried)
        held = Counter(part.holder for part in carried if part.proxy)
        present = self.meeting._get_ranks()
        return [
            {
                "id": line,
                "name": name,
                "structure": structure or False,
                "voices": count,
                "carries": voices.get(line, 0),
                "held": held[line],
                "present": line in present,
                "proxy": self._show_proxy(given.get(line), lost, reasons),
            }
            for line, name, structure, count in self._read_names()
        ]

    def _read_names(self):
        """Return (id, name, name of the organisation spoken for, voices) of each person on the list, as it is ordered."""
        return self.env.execute_query(
            SQL(
                """
                SELECT line.id, person.name, NULLIF(structure.name, person.name), line.voices
                  FROM governance_attendance line
                  JOIN res_partner person ON person.id = line.partner_id
             LEFT JOIN res_partner structure ON structure.id = line.structure_id
                 WHERE line.meeting_id = %s
              ORDER BY line.sort_name, line.id
                """,
                self.meeting.id,
            )
        )

    def _show_proxy(self, proxy, lost, reasons):
        """Return the proxy that somebody gave: its holder, and why it does not count."""
        if not proxy:
            return False
        holder = proxy.holder_id
        return {"holder": holder.id, "name": holder.partner_id.name, "why_not": reasons.get(lost.get(proxy.id), False)}

    def _say(self, numbers):
        """Return the four numbers, and their sentence."""
        return {
            "numbers": numbers._asdict(),
            "sentence": say_quorum(self.env, numbers),
            "cap": self.meeting.body_id.proxies,
        }

    def _get_mark(self):
        """Return what changes with each arrival, departure and proxy of this meeting."""
        self.env.flush_all()
        [row] = self.env.execute_query(
            SQL(
                """
                SELECT (SELECT CONCAT(COUNT(*), '/', COUNT(left_at), '/', MAX(id)) FROM governance_stay WHERE meeting_id = %(id)s),
                       (SELECT CONCAT(COUNT(*), '/', MAX(write_date), '/', MAX(id)) FROM governance_proxy WHERE meeting_id = %(id)s),
                       (SELECT CONCAT(COUNT(*), '/', MAX(write_date)) FROM governance_attendance WHERE meeting_id = %(id)s),
                       (SELECT state FROM governance_meeting WHERE id = %(id)s)
                """,
                id=self.meeting.id,
            )
        )
        return "|".join(str(part) for part in row)

    # ---- what is marked ----

    def arrive(self, attendance_id):
        """Mark an arrival, once."""
        line, now = self._take(attendance_id), fields.Datetime.now()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO governance_stay
                       (attendance_id, meeting_id, company_id, arrived_at, create_uid, create_date, write_uid, write_date)
                VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
                    ON CONFLICT (attendance_id) WHERE left_at IS NULL DO NOTHING
                """,
                line.id,
                self.meeting.id,
                self.meeting.company_id.id,
                now,
                self.env.uid,
                now,
                self.env.uid,
                now,
            )
        )
        self.env.invalidate_all()
        return self.show()

    def leave(self, attendance_id):
        """Mark a departure, once."""
        line = self._take(attendance_id)
        stays = line.stay_ids.filtered(lambda stay: not stay.left_at)
        stays.sudo().left_at = fields.Datetime.now()
        return self.show()

    def give(self, giver_id, holder_id, paper_seen):
        """Record a proxy, or hand the one that is there to another holder."""
        giver, holder = self._take(giver_id), self._take(holder_id)
        if giver.is_present:
            raise UserError(self.env._("%s is there, and votes: mark the departure first.", giver.display_name))
        if not holder.is_present:
            raise UserError(
                self.env._(
                    "%s is not there: a proxy is held by somebody present. Mark the arrival first.", holder.display_name
                )
            )
        vals = {"holder_id": holder.id, "paper_seen": paper_seen}
        if giver.given_ids:
            giver.given_ids.write(vals)
        else:
            self.env["governance.proxy"].create({"meeting_id": self.meeting.id, "giver_id": giver.id, **vals})
        return self.show()

    def take_back(self, giver_id):
        """Remove the proxy that somebody gave."""
        self._take(giver_id).given_ids.unlink()
        return self.show()

    def _take(self, attendance_id):
        """Return a line of this meeting's list, for a meeting that is under way.

        :raise UserError: if the meeting is not, or the line is another meeting's.
        """
        self.meeting.check_access("write")
        if self.meeting.state != "open":
            raise UserError(
                self.env._("“%s” is not under way: arrivals are marked once it is opened.", self.meeting.name)
            )
        line = self.env["governance.attendance"].browse(int(attendance_id)).exists()
        if line.meeting_id != self.meeting:
            raise UserError(self.env._("This person is not on the list of “%s”.", self.meeting.name))
        return line


def export(meeting):
    """Return the action that downloads the attendance as a workbook."""
    env = meeting.env
    columns = [
        (env._("Person"), 32, "text"),
        (env._("Speaks for"), 36, "text"),
        (env._("College"), 22, "text"),
        (env._("Voices"), 8, "integer"),
        (env._("Channel"), 12, "text"),
        (env._("Convocation"), 18, "text"),
        (env._("Arrived"), 18, "text"),
        (env._("Left"), 18, "text"),
        (env._("Proxy given to"), 32, "text"),
        (env._("Why it does not count"), 36, "text"),
    ]
    fields_of = env["governance.attendance"]._fields
    labels = {name: dict(fields_of[name]._description_selection(env)) for name in ("channel", "sending")}
    rows = [_export_line(meeting, line, labels) for line in meeting.attendance_ids]
    sheet = Sheet(env._("Attendance"), columns, rows, [meeting.name, meeting.numbers or ""])
    return env["association.spreadsheet"]._download(env._("Attendance – %s", meeting.name), [sheet])


def _export_line(meeting, line, labels):
    """Return the cells of one person."""
    return [
        line.partner_id.name,
        line.structure_id.name or "",
        line.college_id.name or "",
        line.voices,
        labels["channel"][line.channel],
        labels["sending"][line.sending],
        meeting._show_moment(line.arrived_at, "short") or "",
        meeting._show_moment(line.left_at, "short") or "",
        line.given_ids.holder_id.display_name or "",
        line.given_ids.why_not or "",
    ]
