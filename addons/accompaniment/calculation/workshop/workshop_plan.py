"""When the sessions of a workshop template take place, side by side on the mission's tracks."""

from datetime import timedelta
from typing import NamedTuple

import pytz


class Step(NamedTuple):
    """One step of a template.

    :param hours: length of a session, in hours.
    :param meeting: who meets: ``tracks`` (each track apart, at the same time), ``common`` (all together)
        or ``both`` (each track, then all together).
    """

    name: str
    hours: float
    meeting: str


class PlannedSession(NamedTuple):
    """A session to be held: ``track`` is None where all meet."""

    step: int
    track: object
    start: object


def plan(steps, tracks, first, days_between, zone=pytz.utc):
    """Return the sessions of a template.

    :param steps: the :class:`Step` in order.
    :param tracks: the tracks that meet side by side; without any, every session is common.
    :param first: when the first session starts (datetime in UTC, without a zone).
    :param days_between: days from one time to meet to the next one.
    :param zone: where the sessions take place (of ``pytz``): each begins at the hour of the first one there.
    :return: list of :class:`PlannedSession`, in order of time.
    :raise ValueError: if sessions of two times to meet would fall on one moment.
    """
    if days_between < 1:
        raise ValueError("days_between")
    sessions, local = [], pytz.utc.localize(first).astimezone(zone).replace(tzinfo=None)
    for rank, step in enumerate(steps):
        moment = _to_utc(local, zone)
        apart = tracks if step.meeting in ("tracks", "both") else ()
        if apart:
            sessions += [PlannedSession(rank, track, moment) for track in apart]
            local += timedelta(days=days_between)
            moment = _to_utc(local, zone)
        if not apart or step.meeting == "both":
            sessions.append(PlannedSession(rank, None, moment))
            local += timedelta(days=days_between)
    return sessions


def _to_utc(local, zone):
    return zone.localize(local).astimezone(pytz.utc).replace(tzinfo=None)
