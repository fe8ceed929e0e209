"""The event of a meeting in Odoo's calendar: it follows the meeting, and nothing that is done to it comes back.

Those convened are not its attendees: whoever is one may change an event.
"""

#: Fields of a meeting that its event shows.
SHOWN = frozenset({"name", "starts_at", "minutes", "place", "link", "in_calendar", "state"})


def keep_in_step(meetings):
    """Make, change and remove the events of meetings, as those are now."""
    gone = meetings.filtered(lambda meeting: not _is_shown(meeting)).sudo().calendar_event_id
    shown = meetings.filtered(_is_shown).sudo()
    without = shown.filtered(lambda meeting: not meeting.calendar_event_id)
    for meeting in shown - without:
        meeting.calendar_event_id.write(_prepare(meeting))
    events = meetings.env["calendar.event"].sudo().with_context(no_mail_to_attendees=True)
    made = events.create([_prepare(meeting) for meeting in without])
    for meeting, event in zip(without, made, strict=True):
        meeting.calendar_event_id = event
    gone.unlink()


def _is_shown(meeting):
    return meeting.in_calendar and meeting.state != "cancelled"


def _prepare(meeting):
    return {
        "name": meeting.name,
        "start": meeting.starts_at,
        "stop": meeting.ends_at,
        "location": meeting.place or meeting.link,
        "partner_ids": [(5,)],
        "user_id": meeting.body_id.user_id.id or meeting.env.uid,
    }
