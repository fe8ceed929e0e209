"""Bands of employees by which networks count organisations."""

#: Name of each band and its upper bound (FTE).
BANDS = (("none", 0), ("1", 2), ("3", 9), ("10", 49), ("50", None))


def get_band(employees):
    """Return the band of a number of employees (FTE): a part-time employee makes the first one."""
    if not employees:
        return "none"
    return next(name for name, upper in BANDS[1:] if upper is None or employees < upper + 1)
