"""The list of a meeting as its numbers need it: thousands of people in one query."""

from collections import namedtuple

from odoo.tools import SQL

#: One person on the list: id of its line, what votes by it, the voices of that, id of their college or False.
Called = namedtuple("Called", "line unit voices college")


def read(meeting):
    """Return the :class:`Called` of each person on a meeting's list."""
    env = meeting.env
    env["governance.attendance"].flush_model(["meeting_id", "structure_id", "voices", "college_id"])
    rows = env.execute_query(
        SQL(
            "SELECT id, structure_id, voices, college_id FROM governance_attendance WHERE meeting_id = %s ORDER BY id",
            meeting.id,
        )
    )
    shared = meeting.body_id.convenes == "members"
    return [
        Called(line, ("structure", structure) if shared and structure else ("line", line), voices, college or False)
        for line, structure, voices, college in rows
    ]


def read_ranks(meeting):
    """Return {id of a line: rank} of who is there; once the meeting is over, of who was there at its end.

    Stays are numbered as they begin: two of one second keep their order.
    """
    env = meeting.env
    env["governance.stay"].flush_model(["meeting_id", "attendance_id", "left_at"])
    there = SQL("left_at IS NULL")
    if meeting.closed_at:
        there = SQL("left_at >= %s", meeting.closed_at)
    query = SQL(
        "SELECT attendance_id, MIN(id) FROM governance_stay WHERE meeting_id = %s AND %s GROUP BY 1", meeting.id, there
    )
    return dict(env.execute_query(query))
