"""From a French postcode to the department (or overseas collectivity) it lies in.

A postcode names a post office, not a place: the first digits give the department
for all but a few dozen border communes, whose post comes from next door. What this
returns is therefore a proposal, to be corrected by hand where it is wrong.

Codes returned are INSEE's (Code officiel géographique): ``01`` … ``95``, ``2A``,
``2B``, ``971`` … ``974``, ``976``, and for the collectivities ``975``, ``977``,
``978``, ``986``, ``987``, ``988``.
"""

import re

# "44000", "44 000", "F-44000", "44000 CEDEX 2", "1000" (a spreadsheet ate the zero).
_POSTCODE = re.compile(r"\s*(?:FR?\s*-?\s*)?((?:[0-9]\s?){4,5})(?![0-9])")

# Islands that left Guadeloupe in 2007 and kept its postcodes.
_FORMER_GUADELOUPE = {
    "97133": "977",
    "97098": "977",  # Saint-Barthélemy CEDEX
    "97150": "978",
    "97054": "978",  # Saint-Martin CEDEX
}
_OVERSEAS = frozenset(["971", "972", "973", "974", "975", "976", "977", "978", "986", "987", "988"])
_CORSICA = {
    "200": "2A",
    "201": "2A",
    "202": "2B",
    "203": "2B",
    "204": "2B",
    "205": "2B",
    "206": "2B",
}
# 20 is Corsica, cut in two in 1976.
_METROPOLITAN = frozenset(f"{number:02}" for number in range(1, 96) if number != 20)

#: Two-letter country codes (ISO 3166-1) of the parts of France that have one of
#: their own, with INSEE's code. There the country says it all.
TERRITORY_COUNTRIES = {
    "GP": "971",
    "MQ": "972",
    "GF": "973",
    "RE": "974",
    "PM": "975",
    "YT": "976",
    "BL": "977",
    "MF": "978",
    "WF": "986",
    "PF": "987",
    "NC": "988",
}


def department_code(postcode):
    """Return INSEE's code of the department or collectivity of a postcode.

    :param postcode: as typed: spaces, a ``CEDEX`` and a leading ``F-`` do not
        matter, and a lost leading zero is given back
    :return: the code, or None when the postcode is missing or in no department
        (Monaco's 98000, the armed forces' 00…)
    """
    match = _POSTCODE.match(str(postcode or "").upper())
    if not match:
        return None
    digits = re.sub(r"\s", "", match[1]).zfill(5)
    if digits in _FORMER_GUADELOUPE:
        return _FORMER_GUADELOUPE[digits]
    three, two = digits[:3], digits[:2]
    if three in _OVERSEAS:
        return three
    if three in _CORSICA:
        return _CORSICA[three]
    return two if two in _METROPOLITAN else None
