"""Records that hold from a first day to a last one, either of which may be left open."""

from odoo.tools import format_date


def on_day(day):
    """Return the domain of the records that hold on a day, by their ``date_from`` and ``date_to``."""
    return over_days(day, day)


def over_days(first, last):
    """Return the domain of the records that hold on one day at least of a period, its last day included."""
    return [
        "&",
        "|",
        ("date_from", "=", False),
        ("date_from", "<=", last),
        "|",
        ("date_to", "=", False),
        ("date_to", ">=", first),
    ]


def show_day(env, day):
    """Return a day as the user reads days; “…” where it is left open."""
    return format_date(env, day) if day else "…"
