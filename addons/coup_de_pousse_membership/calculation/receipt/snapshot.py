"""What a receipt says, frozen: the same facts always give the same fingerprint."""

import hashlib
import json


def freeze(facts):
    """Return facts as text: keys in order, so that equal facts are equal texts.

    :param facts: a dictionary of texts, numbers, lists and dictionaries; amounts are texts such as ``120.50``.
    """
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(text):
    """Return the SHA-256 of frozen facts, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
