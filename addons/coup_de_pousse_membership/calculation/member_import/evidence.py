"""What makes it likely that two organisations are one under two names: asked, never decided.

Two bodies of one legal person share its SIREN, and several associations may share a town hall's address or
telephone: what more than one known organisation has is no evidence.
"""

import re
from collections import defaultdict

#: Digits of a telephone that count: "+33 2…" and "02…" are one number.
PHONE_DIGITS = 9
#: Bodies of one legal person between which to choose, at most.
MOST = 5


def phone_key(phone):
    """Return the digits by which a telephone is known again, or nothing."""
    digits = re.sub(r"\D", "", phone or "")
    return digits[-PHONE_DIGITS:] if len(digits) >= PHONE_DIGITS else ""


class Evidence:
    """Known organisations by what may betray them under another name."""

    def __init__(self):
        self._known = defaultdict(list)

    def add(self, body):
        """Add an organisation to those known."""
        for _reason, key in _keys(body):
            if len(self._known[key]) < MOST:
                self._known[key].append(body)

    def find(self, body, namesakes):
        """Return the strongest reason, and the known organisations it names; none without any.

        :param namesakes: known ones of the same name, without any number that contradicts.
        """
        for reason, key in _keys(body):
            found = [known for known in self._known.get(key, ()) if _may_be_same(known, body, reason)]
            if found and (reason == "same_siren" or len(self._known[key]) == 1):
                return reason, found
        if len(namesakes) == 1 and not body.person:
            return "other_town", namesakes
        return "", []


def _keys(body):
    if body.person:
        return
    if body.siren:
        yield "same_siren", ("siren", body.siren)
    if body.email:
        yield "same_email", ("email", body.email.casefold())
    if phone := phone_key(body.phone):
        yield "same_phone", ("phone", phone)


def _may_be_same(known, body, reason):
    """Return whether no stronger number says that they are two; two establishments are."""
    if reason == "same_siren":
        return not (known.siret and body.siret and known.siret != body.siret) and not (
            known.rna and body.rna and known.rna != body.rna
        )
    return not known.contradicts(body)
