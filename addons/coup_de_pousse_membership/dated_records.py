"""Records that hold from a first day to a last one, either of which may be left open."""


def on_day(day):
    """Return the domain of the records that hold on a day, by their ``date_from`` and ``date_to``."""
    return [
        "&",
        "|",
        ("date_from", "=", False),
        ("date_from", "<=", day),
        "|",
        ("date_to", "=", False),
        ("date_to", ">=", day),
    ]
