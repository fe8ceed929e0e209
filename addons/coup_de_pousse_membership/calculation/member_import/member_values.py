"""Read what the cells of a list of members alone hold: addresses, telephones, figures, fees, identifiers.

As in ``table/values.py``, each reader takes a cell and returns a value, or None for an empty cell;
what cannot be read raises a :class:`ValueProblem`, what was read with a doubt is told through
``notes``.
"""

import datetime
import re
from typing import NamedTuple

from ..register import identifiers
from ..table.headers import fold
from ..table.table_reader import cell_text
from ..table.values import ValueProblem, is_missing, read_date, read_number, read_text

#: Figures that are counted in units.
WHOLE_TARGETS = frozenset(("volunteers", "members", "sites", "inhabitants"))
MAX_WHOLE = 2_000_000_000
#: How few digits may be left of a number that lost its zeros (more than three is another number).
SHORTEST = {9: 6, 14: 11}

_SCIENTIFIC = re.compile(r"^\d+(?:[.,]\d+)?\s*e\s*\+?\s*\d+$", re.IGNORECASE)
_FRENCH_PHONE = re.compile(r"(?:\+33 ?[1-9]|0[1-9])(?:[ .-]?\d\d){4}")
_FRENCH_PHONES = re.compile(rf"{_FRENCH_PHONE.pattern}(?:[ ,;/|-]+{_FRENCH_PHONE.pattern})+")
_PHONE_MARKS = re.compile(r"[;,/|\n]| ou | et | or ", re.IGNORECASE)
_ZIP_THEN_CITY = re.compile(r"(?:FR?[- ]?)?(?P<zip>\d{5}|\d\d \d{3})[ ,-]+(?P<city>[^\d].*)", re.IGNORECASE)
_CITY_THEN_ZIP = re.compile(r"(?P<city>[^\d]+?)[ ,-]*\(?(?P<zip>\d{5})\)?")

#: What people write in a column of fees for "yes", "no" and "nothing owed".
YES = frozenset(
    ["a jour", "✓", "✔", *["oui", "yes", "x", "ok", "paye", "payee", "regle", "reglee", "paid", "vrai", "true", "o"]]
)
NO = frozenset(["non", "no", "n", "faux", "false", "impaye", "absent", "aucun", "aucune"])
FREE = frozenset(
    [
        "gratuit",
        "gratuite",
        "exonere",
        "exoneree",
        "exempt",
        "exempte",
        "offert",
        "offerte",
        "free",
        "dispense",
        "dispensee",
    ]
)

_EMAIL = re.compile(r"^[^@\s<>,;:\"()]+@[^@\s<>,;:\"()]+\.[^@\s<>,;:\"().]{2,}$")


def read_notes(cell):
    """Return the text of a cell with its line breaks, or None."""
    read_text(cell)
    return cell_text(cell).strip() or None


def read_unless_missing(cell):
    """Return the text of a cell on one line, or None where it says that there is nothing."""
    text = read_text(cell)
    return None if text is None or is_missing(text) else text


def read_email(cell, notes=None):
    """Return one address, or several joined by a comma, or None.

    Spaces inside one address are taken out, which is noted.

    :raise ValueProblem: ``email``.
    """
    text = read_unless_missing(cell)
    if text is None:
        return None
    bare = text.removeprefix("mailto:")
    addresses = [part for part in re.split(r"[,;/\s]+", bare) if part]
    if all(_EMAIL.match(address) for address in addresses):
        return ", ".join(addresses)
    addresses = [part.replace(" ", "") for part in re.split(r"[,;/]+", bare) if part.strip()]
    if not all(_EMAIL.match(address) for address in addresses):
        raise ValueProblem("email", value=text)
    corrected = ", ".join(addresses)
    if notes is not None:
        notes.append(("email_mended", {"value": text, "mended": corrected}))
    return corrected


def read_phone(cell):
    """Return a phone number as text, the zero that a spreadsheet ate given back, or None."""
    text = read_unless_missing(cell)
    if text is None:
        return None
    # Nine digits, the first of which is not 0: a French number read as a number.
    return f"0{text}" if re.fullmatch(r"[1-9]\d{8}", text) else text


def read_phones(cell, is_french=True):
    """Return the phone numbers of a cell, in the order written.

    :param is_french: whether nine digits are a French number that lost its zero.
    """
    text = read_unless_missing(cell)
    if text is None:
        return []
    if is_french and (run := _FRENCH_PHONES.fullmatch(text)):
        return [number.strip() for number in _FRENCH_PHONE.findall(run[0])]
    parts = [part.strip() for part in _PHONE_MARKS.split(text) if part.strip()]
    if not all(sum(letter.isdigit() for letter in part) >= 8 for part in parts):
        parts = [text]
    return [read_phone(part) for part in parts] if is_french else parts


def split_place(text):
    """Return the postcode and the town that stand in one text, or None.

    ``44000 NANTES``, ``F-44000 Nantes cedex 2``, ``Nantes (44000)``; a French postcode only.
    """
    text = " ".join((text or "").split())
    if match := _ZIP_THEN_CITY.fullmatch(text) or _CITY_THEN_ZIP.fullmatch(text):
        return match["zip"].replace(" ", ""), match["city"].strip(" ,-")
    return None


def split_address(text):
    """Return the street, the postcode and the town of an address, each None where it has none.

    ``16 rue des Lilas, 44000 NANTES`` and ``44000 NANTES`` have all that follows the street; ``72390`` alone
    is a postcode.
    """
    text = " ".join((text or "").split())
    if re.fullmatch(r"\d{5}", text):
        return None, text, None
    if match := re.fullmatch(
        r"(?P<street>.*?)[ ,;–-]*\b(?<!BP )(?<!CS )(?<!TSA )(?P<zip>\d{5}|\d\d \d{3})[ ,-]+(?P<city>[^\d,]+(?:cedex ?\d*)?)",
        text,
        re.IGNORECASE,
    ):
        return match["street"] or None, match["zip"].replace(" ", ""), match["city"].strip(" ,-")
    return text or None, None, None


def read_zip(cell, notes=None):
    """Return a postcode as text, or None.

    Four digits are a French postcode that lost its zero, which is noted: the caller takes this
    reader for French addresses only.
    """
    text = read_unless_missing(cell)
    if text is None:
        return None
    compact = text.replace(" ", "")
    if not (compact.isascii() and compact.isdigit()):
        return text
    if len(compact) == 5:
        return compact
    if len(compact) == 4:
        if notes is not None:
            notes.append(("zip_mended", {"value": text, "mended": f"0{compact}"}))
        return f"0{compact}"
    return text


def read_figure(cell, target, mark=None):
    """Return a yearly figure: an ``int`` for what is counted in units, else a ``float``; or None.

    :raise ValueProblem: as :func:`read_number`, and ``not_whole``.
    """
    number = read_number(cell, mark)
    if number is None:
        return None
    if target not in WHOLE_TARGETS:
        return float(round(number, 2))
    if number != int(number):
        raise ValueProblem("not_whole", value=cell_text(cell))
    if number > MAX_WHOLE:
        raise ValueProblem("too_large", value=cell_text(cell))
    return int(number)


class FeeCell(NamedTuple):
    """What a cell of a column of fees says.

    :param kind: ``amount`` (value in the currency, a float), ``yes`` (paid, without the amount),
        ``no``, ``free``, ``paid_on`` (value: a date), or ``missing``.
    """

    kind: str
    value: float | datetime.date | None = None


def read_fee(cell, today, mark=None):
    """Return the :class:`FeeCell` of a cell.

    :raise ValueProblem: as :func:`read_number`.
    """
    if isinstance(cell, datetime.date):
        return FeeCell("paid_on", cell)
    if isinstance(cell, bool):
        return FeeCell("yes" if cell else "no")
    text = read_unless_missing(cell)
    if text is None:
        return FeeCell("missing")
    word = fold(text) or text
    for kind, words in (("yes", YES), ("no", NO), ("free", FREE)):
        if word in words:
            return FeeCell(kind)
    if isinstance(cell, str) and re.search(r"\d\s*[-/]\s*\d|[a-zà-ÿ]{3,} \d{4}$", text):
        return FeeCell("paid_on", read_date(text, today))
    return FeeCell("amount", float(round(read_number(cell, mark), 2)))


def _with_lost_zeros(number):
    """Return a number with the zeros that a spreadsheet has lost, None where none were or the check digit differs."""
    if not (number.isascii() and number.isdigit() and number.strip("0") and len(number) <= 14):
        return None
    length = 9 if len(number) <= 9 else 14
    corrected = number.zfill(length)
    lost = corrected != number and len(number) >= SHORTEST[length]
    return corrected if lost and not identifiers.registry_problem(corrected) else None


def read_registry(cell, notes=None):
    """Return a SIREN or a SIRET as its digits, or None.

    Zeros lost by a spreadsheet are given back only if the check digit agrees, and that is noted.

    :raise ValueProblem: ``scientific`` (``3,5E+13``: digits are lost), or ``registry``, whose value
        ``problem`` is what :mod:`.identifiers` says of it.
    """
    text = read_unless_missing(cell)
    if text is None:
        return None
    if _SCIENTIFIC.match(text):
        raise ValueProblem("scientific", value=text)
    # "123456789.0" or "123456789,00" is what a spreadsheet makes of it.
    number = text
    if not (text.isascii() and text.isdigit()):
        number = identifiers.normalise(re.sub(r"[.,]0{1,2}$", "", text))
        number = re.sub(r"^(?:siren|siret|rcs)?:?", "", number, flags=re.IGNORECASE)
    if len(number) == 14 and number.endswith("00000") and number.isdigit() and number.strip("0"):
        raise ValueProblem("rounded", value=text)
    if corrected := _with_lost_zeros(number):
        if notes is not None:
            notes.append(("zeros_mended", {"value": number, "mended": corrected}))
        return corrected
    if problem := identifiers.registry_problem(number):
        raise ValueProblem("registry", value=text, problem=problem)
    return number or None


def read_rna(cell):
    """Return an RNA number, or None.

    :raise ValueProblem: ``rna``, whose value ``problem`` says what is wrong with it.
    """
    text = read_unless_missing(cell)
    if text is None:
        return None
    number = identifiers.normalise_rna(text)
    if problem := identifiers.rna_problem(number):
        raise ValueProblem("rna", value=text, problem=problem)
    return number or None
