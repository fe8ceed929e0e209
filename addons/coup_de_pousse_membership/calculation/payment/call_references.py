"""Finds the numbers of calls in what a bank says, however it has cut, glued or spaced them."""

import re
from collections import defaultdict

from ..table.headers import fold

#: Tokens that one reference may be cut into by a bank.
REFERENCE_TOKENS = 8
_TOKEN = re.compile(r"[A-Z]+|\d+")


def compact_tokens(text):
    """Return the runs of letters and of digits of a text, in capitals without accents."""
    return _TOKEN.findall(fold(text).upper())


class CallReferences:
    """Finds references in labels, however the bank has cut, glued or spaced them."""

    def __init__(self, items):
        self.items = defaultdict(list)
        for item in items:
            for reference in item.references:
                tokens = compact_tokens(reference)
                key = "".join(tokens)
                # A short number would be found in any label.
                if len(key) >= 6 and any(token.isdigit() for token in tokens):
                    self.items[key].append(item)
        self.heads = {compact_tokens(key)[0] for key in self.items}
        self.alphabetic = sorted((head for head in self.heads if head.isalpha()), key=len, reverse=True)

    def find(self, text):
        """Return the items whose reference stands in a text, each once, in the order of the text."""
        tokens = compact_tokens(text)
        found, place = {}, 0
        while place < len(tokens):
            length, items = self._longest(tokens, place)
            for item in items:
                found.setdefault(item.id, item)
            place += length or 1
        return list(found.values())

    def _longest(self, tokens, place):
        head = self._head(tokens[place])
        if head is None:
            return 0, []
        joined, best = head, (0, [])
        for length in range(1, REFERENCE_TOKENS + 1):
            if joined in self.items:
                best = (length, self.items[joined])
            if place + length >= len(tokens):
                break
            joined += tokens[place + length]
        return best

    def _head(self, token):
        """Return the beginning of a reference that a token is, or ends with (``REFCOT``)."""
        if token in self.heads:
            return token
        if token.isalpha():
            return next((head for head in self.alphabetic if len(head) > 2 and token.endswith(head)), None)
        return next((head for head in self.heads if head.isdigit() and token.startswith(head)), None)
