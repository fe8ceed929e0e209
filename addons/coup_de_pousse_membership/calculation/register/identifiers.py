"""Checks of the numbers that identify a French organisation.

Three numbers, none of which is unique to a *body* (two services of one legal
person share a SIREN), so nothing here ever says that two contacts are one:

* **SIREN**, the legal person: 9 digits, Luhn check digit (INSEE, Sirene directory).
* **SIRET**, one establishment of it: the SIREN and 5 digits, Luhn over all 14.
  La Poste has more establishments than Luhn allows for: its SIRETs, except the
  head office's, have a sum of digits that is a multiple of 5 instead.
* **RNA**, the association in the ministry's directory (Répertoire national des
  associations): ``W``, two digits or ``2A``/``2B`` for the department, or ``9`` and
  a letter overseas, then seven digits. It has no check digit, so only its shape
  can be refused.

``python-stdnum`` (a dependency of Odoo) knows the check digits and La Poste's
exception; it says *that* a number is wrong but not *where*, which this module adds.
Numbers are given and returned as text: a leading zero is part of the number.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from stdnum import luhn
from stdnum.fr import siret as stdnum_siret

SIREN_LENGTH = 9
SIRET_LENGTH = 14

#: Shape of an RNA number; understood alike by Python and by PostgreSQL, where a
#: CHECK constraint uses it. Any letter is taken overseas: the ministry publishes
#: no closed list, and refusing a real number is worse than taking a mistyped letter.
RNA_PATTERN = r"^W([0-9]{2}|2[AB]|9[A-Z])[0-9]{7}$"
RNA_LENGTH = 10

_RNA = re.compile(RNA_PATTERN.removesuffix("$") + r"\Z")

# Characters people put between groups of digits. Dashes (Pd), spaces (Zs) and
# invisible format characters (Cf: zero-width space, byte-order mark) are taken by
# their Unicode category, since spreadsheets and web pages use many of them.
_SEPARATOR_CATEGORIES = {"Zs", "Zl", "Zp", "Pd", "Cf", "Cc"}
_SEPARATORS = {".", "·", "\u2212"}


class Reason(Enum):
    """Why a number is impossible."""

    CHARACTERS = "characters"  # something other than the digits expected
    LENGTH = "length"  # too few or too many digits
    CHECK_DIGIT = "check_digit"  # a digit is wrong, or two are swapped
    ZEROS = "zeros"  # a placeholder of zeros, which passes Luhn
    RNA = "rna"  # a good RNA number, in the place of a SIREN or SIRET


class Part(Enum):
    """Which part of a number is wrong."""

    WHOLE = "whole"
    SIREN = "siren"  # the first 9 digits of a SIRET
    ESTABLISHMENT = "establishment"  # the last 5 digits of a SIRET


@dataclass(frozen=True)
class NumberProblem:
    """What is wrong with a number.

    :ivar reason: why the number is impossible
    :ivar number: the number without its separators
    :ivar part: which part of it is wrong
    :ivar found: for CHARACTERS, the first character that has no place there
    :ivar position: for CHARACTERS, where that is in ``number``, counted from 1
    """

    reason: Reason
    number: str
    part: Part = Part.WHOLE
    found: str = ""
    position: int = 0


def normalise(text):
    """Return ``text`` without spaces, dots and dashes of any kind.

    :param text: what was typed or imported; None and False count as nothing
    :return: the characters left, in order; "" when nothing is left
    """
    return "".join(
        char
        for char in str(text or "")
        if char not in _SEPARATORS and unicodedata.category(char) not in _SEPARATOR_CATEGORIES
    )


def normalise_rna(text):
    """Return ``text`` as an RNA number is written: no separators, capitals."""
    return normalise(text).upper()


def registry_problem(text):
    """Return what is wrong with a number that may be a SIREN or a SIRET.

    :return: a :class:`NumberProblem`, or None when the number is possible or empty
    """
    number = normalise(text)
    problem = _shape_problem(number)
    if problem or not number:
        return problem
    return _siren_digits_problem(number) if len(number) == SIREN_LENGTH else _siret_digits_problem(number)


def rna_problem(text):
    """Return what is wrong with an RNA number.

    :return: a :class:`NumberProblem`, or None when the number is possible or empty
    """
    number = normalise_rna(text)
    if not number or _RNA.match(number):
        return None
    # A wrong length is said only when every character has its place: a SIRET typed
    # here starts with a digit, and that is the thing to say.
    for position, char in enumerate(number[:RNA_LENGTH]):
        if not re.match(_rna_character(number, position), char):
            return NumberProblem(Reason.CHARACTERS, number, found=char, position=position + 1)
    return NumberProblem(Reason.LENGTH, number)


def _rna_character(number, position):
    """Return the pattern of the character at ``position`` (from 0) of an RNA number."""
    if position == 0:
        return "W"
    if position == 2:
        return {"2": "[0-9AB]", "9": "[0-9A-Z]"}.get(number[1], "[0-9]")
    return "[0-9]"


def _shape_problem(number):
    """Return what is wrong with the characters or the length of a SIREN or SIRET without separators."""
    if not number:
        return None
    if _RNA.match(number.upper()):
        return NumberProblem(Reason.RNA, number)
    for position, char in enumerate(number, start=1):
        # str.isdigit() also takes ² and the digits of other scripts
        if char not in "0123456789":
            return NumberProblem(Reason.CHARACTERS, number, found=char, position=position)
    if not number.strip("0"):
        return NumberProblem(Reason.ZEROS, number)
    if len(number) not in (SIREN_LENGTH, SIRET_LENGTH):
        return NumberProblem(Reason.LENGTH, number)
    return None


def _siren_digits_problem(number):
    """Return what is wrong with the digits of a SIREN of the right shape."""
    return None if luhn.is_valid(number) else NumberProblem(Reason.CHECK_DIGIT, number)


def _siret_digits_problem(number):
    """Return what is wrong with the digits of a SIRET of the right shape."""
    siren = number[:SIREN_LENGTH]
    if not int(siren):  # nine zeros pass Luhn, but no legal person has them
        return NumberProblem(Reason.ZEROS, number, Part.SIREN)
    if not luhn.is_valid(siren):
        return NumberProblem(Reason.CHECK_DIGIT, number, Part.SIREN)
    if not int(number[SIREN_LENGTH:]):  # a SIRET rounded by a spreadsheet: no establishment has the number 00000
        return NumberProblem(Reason.ZEROS, number, Part.ESTABLISHMENT)
    if not stdnum_siret.is_valid(number):
        return NumberProblem(Reason.CHECK_DIGIT, number, Part.ESTABLISHMENT)
    return None
