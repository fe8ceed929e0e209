"""A mission along its months: phases as bars, sessions side by side on the tracks, common times across all."""

from datetime import date
from typing import NamedTuple

from ..mission.months import next_month

#: In the units of the picture: the column of names, the whole, the line of months, and one row.
LABEL, WIDTH, TOP, ROW = 170, 820, 28, 34
#: More months than this are named by every second, third… one.
NAMED_MONTHS = 12


class TimelinePhase(NamedTuple):
    """A phase with its first and last day."""

    id: int
    first: date
    last: date


class TimelineSession(NamedTuple):
    """A session; ``track`` is the id of its track, or None where all meet."""

    id: int
    day: date
    track: int | None


def picture(phases, tracks, sessions):
    """Return where everything stands.

    :param phases: the :class:`TimelinePhase` in order, one row each.
    :param tracks: ids of the tracks in order, one row each; without any, the sessions share one row.
    :param sessions: the :class:`TimelineSession`; those without a track span the rows of all tracks.
    :return: ``width``, ``height``, ``label`` (width of the names), ``months`` (x, day, named), ``bars``
        (id, x, y, width) and ``rows`` (track or None, y), ``marks`` (id, x, y, height); empty without a date.
    """
    days = [day for phase in phases for day in (phase.first, phase.last)] + [session.day for session in sessions]
    if not days:
        return {}
    first, end = min(days).replace(day=1), next_month(max(days))
    unit = (WIDTH - LABEL) / (end - first).days
    rows = [{"track": track, "y": TOP + ROW * rank} for rank, track in enumerate(tracks or [None], len(phases))]
    return {
        "width": WIDTH,
        "height": TOP + ROW * (len(phases) + len(rows)),
        "label": LABEL,
        "months": _months(first, end, unit),
        "bars": [_bar(phase, rank, first, unit) for rank, phase in enumerate(phases)],
        "rows": rows,
        "marks": [_mark(session, rows, first, unit) for session in sessions],
    }


def _bar(phase, rank, first, unit):
    return {
        "id": phase.id,
        "x": LABEL + unit * (phase.first - first).days,
        "y": TOP + ROW * rank,
        "width": unit * ((phase.last - phase.first).days + 1),
    }


def _mark(session, rows, first, unit):
    top_of = {row["track"]: row["y"] for row in rows}
    return {
        "id": session.id,
        "x": LABEL + unit * ((session.day - first).days + 0.5),
        "y": top_of.get(session.track, rows[0]["y"]),
        "height": ROW if session.track in top_of else ROW * len(rows),
    }


def _months(first, end, unit):
    months, day = [], first
    while day < end:
        months.append(day)
        day = next_month(day)
    every = -(-len(months) // NAMED_MONTHS)
    return [
        {"x": LABEL + unit * (day - first).days, "day": day, "named": rank % every == 0}
        for rank, day in enumerate(months)
    ]
