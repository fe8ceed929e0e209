"""How long a run still takes, from how long it has taken."""


def seconds_left(done, left, elapsed):
    """Estimate the seconds that remain, at the pace so far.

    :param done: recipients dealt with since the run began.
    :param left: recipients that remain.
    :param elapsed: seconds since the run began.
    :return: whole seconds; None as long as there is nothing to measure the pace by.
    """
    if done <= 0 or elapsed <= 0:
        return None
    return max(round(left * elapsed / done), 0)
