"""What the coming months bring to the bodies: terms, vacant seats, bodies under their minimum.

Plain Python. Only what is known today is foreseen: a mandate that nobody has renewed yet leaves its
seat vacant the day after its term, unless the statutes keep its holder in place.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

TERM, KEPT, VACANT, MINIMUM = "term", "kept", "vacant", "minimum"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Seat:
    """One seat of a body.

    :param first: first day, or None: since always.
    :param last: last day, included; None as long as it is not abolished.
    """

    id: int
    body: int
    college: int | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Holding:
    """One titular mandate.

    :param term: day on which it is to end; None where there is no term.
    :param last: day on which it ends, included; None as long as nothing ends it.
    """

    id: int
    seat: int
    first: date
    term: date | None
    last: date | None


@dataclass(frozen=True)
class Event:
    """Something to come.

    :param count: holders left, for a body under its minimum.
    :param least: the minimum.
    """

    day: date
    kind: str
    body: int
    seat: int | None = None
    mandate: int | None = None
    college: int | None = None
    count: int = 0
    least: int = 0


def vacancies(seat, holdings, start, end):
    """Return the first days, between two days, from which nobody holds a seat.

    A seat that is vacant already is told for the first day.
    """
    first, last = max(seat.first or start, start), min(seat.last or end, end)
    found, free = [], first
    for holding in sorted(holdings, key=lambda h: h.first):
        if holding.first > last:
            break
        if holding.first > free:
            found.append(free)
        if holding.last is None:
            return found
        free = max(free, holding.last + ONE_DAY)
    return [*found, free] if free <= last else found


def held_counts(seats, holdings_of, day):
    """Return {(body, college): seats held on a day}; college None adds up all of them."""
    counts = Counter()
    for seat in seats:
        if (seat.first and seat.first > day) or (seat.last and seat.last < day):
            continue
        if any(h.first <= day and (h.last is None or h.last >= day) for h in holdings_of.get(seat.id, ())):
            counts[seat.body, None] += 1
            if seat.college:
                counts[seat.body, seat.college] += 1
    return counts


def shortages(seats, holdings_of, minimums, start, end):
    """Return the events of bodies that fall under their minimum, or start under it.

    :param minimums: {(body, college or None): least number of holders}.
    """
    seats_of, found = defaultdict(list), []
    for seat in seats:
        seats_of[seat.body].append(seat)
    for body in {body for body, _college in minimums}:
        days = {start}
        for seat in seats_of[body]:
            days.update(day for day in (seat.first, seat.last and seat.last + ONE_DAY) if day)
            for holding in holdings_of.get(seat.id, ()):
                days.update({holding.first, holding.last + ONE_DAY} if holding.last else {holding.first})
        short = {}
        for day in sorted(day for day in days if start <= day <= end):
            counts = held_counts(seats_of[body], holdings_of, day)
            for (owner, college), least in minimums.items():
                if owner != body:
                    continue
                count = counts[body, college]
                if count < least and not short.get(college):
                    found.append(Event(day, MINIMUM, body, college=college, count=count, least=least))
                short[college] = count < least
    return found


def foresee(seats, holdings, minimums, start, end):
    """Return the events between two days, both included, by day.

    :param seats: the :class:`Seat` of the bodies.
    :param holdings: their :class:`Holding`, titular ones only.
    :param minimums: {(body, college or None): least number of holders}.
    """
    body_of = {seat.id: seat.body for seat in seats}
    holdings_of = defaultdict(list)
    for holding in holdings:
        holdings_of[holding.seat].append(holding)
    events = []
    for holding in holdings:
        if holding.term is None or (holding.last and holding.last < min(holding.term, start)):
            continue
        running = holding.last is None or holding.last >= start
        if holding.last and holding.last < holding.term:
            continue  # ended before its term: the vacancy tells
        if start <= holding.term <= end:
            events.append(Event(holding.term, TERM, body_of[holding.seat], holding.seat, holding.id))
        elif holding.term < start and running:
            events.append(Event(start, KEPT, body_of[holding.seat], holding.seat, holding.id))
    for seat in seats:
        days = vacancies(seat, holdings_of[seat.id], start, end)
        events += [Event(day, VACANT, seat.body, seat.id) for day in days]
    events += shortages(seats, holdings_of, minimums, start, end)
    return sorted(events, key=lambda event: (event.day, event.kind, event.body, event.seat or 0))
