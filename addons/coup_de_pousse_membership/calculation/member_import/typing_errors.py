"""Find names that differ by a typing error, without comparing each name with all others.

Two names are compared when they share a place (a postcode, or its department) and all their words
but one: a typing error spoils one word. A name of one word is compared with those that begin or end
alike. What comes out is proposed to somebody, never united by itself.
"""

import re
from collections import defaultdict
from difflib import SequenceMatcher

from ..register.postcodes import department_code

#: How alike two names must be (difflib's ratio: twice the letters in common, over all letters).
ALIKE = 0.92
#: Names shorter than this differ too much by one letter to be told alike.
SHORTEST = 8
#: Names compared for one line, at most, in each block: a list where hundreds share all words but one
#: must not take hours.
LARGEST_BLOCK = 40
ENDS = 5

_DIGITS = re.compile(r"\d+")


def blocks(place, words):
    """Return the keys under which a name is found again in spite of an error in one word.

    :param place: department or postcode.
    :param words: the words of the name, in any order.
    """
    ordered = sorted(set(words))
    if len(ordered) > 1:
        return [(place, *ordered[:left], *ordered[left + 1 :]) for left in range(len(ordered))]
    word = ordered[0] if ordered else ""
    return [(place, "begins", word[:ENDS]), (place, "ends", word[-ENDS:])]


def are_alike(first, second):
    """Return whether two names, without spaces, differ by a typing error: no number differs."""
    if abs(len(first) - len(second)) > 3 or _DIGITS.findall(first) != _DIGITS.findall(second):
        return False
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


class TypingIndex:
    """Known names, by place and words.

    :param words: function of a name, returning its words without those that do not count.
    """

    def __init__(self, words):
        self._words = words
        self._blocks = defaultdict(list)

    def add(self, body):
        """Add an organisation or a person to those known."""
        for key in self._keys(body):
            block = self._blocks[key]
            if len(block) < LARGEST_BLOCK:
                block.append(body)

    def find(self, body):
        """Return the known ones whose name differs from that of ``body`` by a typing error."""
        mine = "".join(self._words(body.name))
        found = {}
        for key in self._keys(body):
            for known in self._blocks.get(key, ()):
                if known.key not in found and known.person == body.person and not known.contradicts(body):
                    found[known.key] = known if are_alike(mine, "".join(self._words(known.name))) else None
        return [known for known in found.values() if known]

    def _keys(self, body):
        place = body.zip and (department_code(body.zip) or body.zip)
        words = self._words(body.name)
        if not place or sum(map(len, words)) < SHORTEST:
            return ()
        return blocks(place, words)
