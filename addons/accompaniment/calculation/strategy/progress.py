"""How far an objective has come between where it began and what is aimed at."""


def progress(start, target, value):
    """Return the part of the way that is covered, from 0 to 1, or None where it is not known.

    :param start: value at the beginning; a target below it is aimed at by going down.
    :param value: latest value, None where none is known.
    """
    if value is None:
        return None
    if target == start:
        return 1.0
    return min(max((value - start) / (target - start), 0.0), 1.0)
