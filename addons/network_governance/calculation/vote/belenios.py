"""The voting server Belenios: the list of electors that it reads, and the result that it writes.

The format of both is that of its versions 1 and 2: a line ``address,login,weight`` for each elector, and a JSON file
whose ``result`` holds the voices of each answer of each question.
"""

import json
from collections import namedtuple

#: ``address`` to which the server writes; ``voices``: the elector's weight.
Voter = namedtuple("Voter", "address login voices")
LARGEST = 5_000_000


class NoResult(ValueError):
    """The file holds no result that can be used; its argument is why: not_json, no_result, shape or large."""


def write_voters(voters):
    """Return the list of electors as the server reads it, in a fixed order."""
    lines = sorted(voters, key=lambda voter: (voter.address, voter.login))
    weighted = any(voter.voices != 1 for voter in lines)
    return "".join(
        f"{voter.address},{voter.login},{voter.voices}\n" if weighted else f"{voter.address},{voter.login}\n"
        for voter in lines
    )


def objections_to_voters(voters):
    """Return {login: reason} of electors whom the server would refuse: no address, a comma in it, or one twice."""
    refused, seen = {}, set()
    for voter in voters:
        if not voter.address or "@" not in voter.address:
            refused[voter.login] = "no_address"
        elif any(mark in voter.address for mark in ", \n\t"):
            refused[voter.login] = "address"
        elif voter.address.lower() in seen:
            refused[voter.login] = "twice"
        seen.add((voter.address or "").lower())
    return refused


def read_result(content, answers):
    """Return the voices of each answer of the first question.

    :param content: bytes or text of ``result.json``.
    :param answers: how many answers the question has.
    :raise NoResult: if the file is not such a result.
    """
    if len(content) > LARGEST:
        raise NoResult("large")
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NoResult("not_json") from error
    result = data.get("result") if isinstance(data, dict) else None
    if not isinstance(result, list) or not result:
        raise NoResult("no_result")
    first = result[0]
    if not isinstance(first, list) or len(first) != answers or not all(_is_voices(number) for number in first):
        raise NoResult("shape")
    return first


def _is_voices(number):
    return isinstance(number, int) and not isinstance(number, bool) and number >= 0
