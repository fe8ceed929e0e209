"""Read the cells of a list of members: numbers, dates, identifiers as people and spreadsheets write
them.

Each reader takes a cell (text, or a number or date from a workbook) and returns a value, or None
for an empty cell. What cannot be read raises a :class:`ValueProblem` with a code, which the caller
puts into words; what was read with a doubt is told through ``notes``. Nothing is guessed when two
readings would both make sense.
"""

import datetime
import re
from decimal import Decimal, InvalidOperation

from ..register import identifiers
from .import_columns import FIGURE_TARGETS, fold
from .table_reader import cell_text

#: What people write for "I do not know", which is not 0.
_MISSING_MARKS = "- -- – — ? / . nc n/c n.c. nd n/d na n/a #n/a inconnu inconnue unknown null none"
MISSING = frozenset(("", "non communiqué", "non renseigné", *_MISSING_MARKS.split()))
#: Errors that spreadsheets leave in place of a value.
CELL_ERRORS = frozenset(("#REF!", "#VALUE!", "#VALEUR!", "#DIV/0!", "#NAME?", "#NOM?", "#NUM!", "#NOMBRE!", "#NULL!"))
#: Figures that are counted in units.
WHOLE_TARGETS = frozenset(("volunteers", "members", "sites", "inhabitants"))
MAX_WHOLE = 2_000_000_000
MAX_NUMBER = Decimal("1e13")

_MULTIPLES = {"k": 1000, "keuros": 1000, "m": 10**6, "meuros": 10**6}
_UNITS = re.compile(r"(€|eur(?:os?)?|etp|k€|m€|k|m)\.?$", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"^\d+(?:[.,]\d+)?\s*e\s*\+?\s*\d+$", re.IGNORECASE)
_MONTHS = {
    month: number
    for number, names in enumerate(
        (
            "janvier janv jan january",
            "fevrier fevr fev feb february",
            "mars mar march",
            "avril avr apr april",
            "mai may",
            "juin jun june",
            "juillet juil jul july",
            "aout aou aug august",
            "septembre sept sep september",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for month in names.split()
}
#: Excel's day 0; days from 1 March 1900 on count from it.
EXCEL_EPOCH = datetime.date(1899, 12, 30)
EXCEL_DAYS = range(61, 80_000)
#: A lost-zeros repair: how few digits may be left (more than three lost zeros is another number).
SHORTEST = {9: 6, 14: 11}

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


class ValueProblem(ValueError):
    """A cell that cannot be read.

    :param code: what is wrong, see the readers.
    :param values: what the sentence may name.
    """

    def __init__(self, code, **values):
        super().__init__(code)
        self.code = code
        self.values = values


# --------------------------------------------------------------------------------------------------
# Text
# --------------------------------------------------------------------------------------------------
def is_missing(text):
    """Tell whether a text says that there is nothing."""
    return text.casefold() in MISSING


def read_text(cell):
    """Return the text of a cell on one line, or None.

    :raise ValueProblem: ``cell_error``.
    """
    # Python's split takes most odd spaces for spaces; the table reader has replaced the others.
    text = " ".join(cell_text(cell).split())
    if text.startswith("#") and text.upper() in CELL_ERRORS:
        raise ValueProblem("cell_error", value=text)
    return text or None


def read_notes(cell):
    """Return the text of a cell with its line breaks, or None."""
    read_text(cell)
    return cell_text(cell).strip() or None


def read_email(cell, notes=None):
    """Return one address, or several joined by a comma, or None.

    Spaces inside one address are taken out, which is noted.

    :raise ValueProblem: ``email``.
    """
    text = read_text(cell)
    if text is None or is_missing(text):
        return None
    bare = text.removeprefix("mailto:")
    addresses = [part for part in re.split(r"[,;/\s]+", bare) if part]
    if all(_EMAIL.match(address) for address in addresses):
        return ", ".join(addresses)
    addresses = [part.replace(" ", "") for part in re.split(r"[,;/]+", bare) if part.strip()]
    if not all(_EMAIL.match(address) for address in addresses):
        raise ValueProblem("email", value=text)
    mended = ", ".join(addresses)
    if notes is not None:
        notes.append(("email_mended", {"value": text, "mended": mended}))
    return mended


def read_phone(cell):
    """Return a phone number as text, the zero that a spreadsheet ate given back, or None."""
    text = read_text(cell)
    if text is None or is_missing(text):
        return None
    # Nine digits, the first of which is not 0: a French number read as a number.
    return f"0{text}" if re.fullmatch(r"[1-9]\d{8}", text) else text


def read_phones(cell, is_french=True):
    """Return the phone numbers of a cell, in the order written.

    :param is_french: whether nine digits are a French number that lost its zero.
    """
    text = read_text(cell)
    if text is None or is_missing(text):
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


def read_zip(cell, notes=None):
    """Return a postcode as text, or None.

    Four digits are a French postcode that lost its zero, which is noted: the caller takes this
    reader for French addresses only.
    """
    text = read_text(cell)
    if text is None or is_missing(text):
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


# --------------------------------------------------------------------------------------------------
# Numbers
# --------------------------------------------------------------------------------------------------
def decimal_mark(cells):
    """Return the decimal mark (``","`` or ``"."``) that the numbers of a file show, or None.

    ``100.000`` alone may be a hundred or a hundred thousand; another number of the same file often
    tells: ``12,5`` has a decimal comma, ``1.250.000`` no decimal point.
    """
    shown = set()
    for cell in cells:
        if not isinstance(cell, str):
            continue
        marks = [letter for letter in cell if letter in ",."]
        if not marks or not re.fullmatch(r"[\d\s.,'’-]+", _UNITS.sub("", cell).strip()):
            continue
        if len(set(marks)) == 2:
            shown.add(marks[-1])
        elif len(marks) > 1:
            shown.add("," if marks[0] == "." else ".")
        elif len(re.split("[,.]", _UNITS.sub("", cell).strip())[1]) != 3:
            shown.add(marks[0])
    return shown.pop() if len(shown) == 1 else None


def read_number(cell, mark=None):
    """Return a number that is not negative as :class:`~decimal.Decimal`, or None when it is
    missing.

    :param mark: the decimal mark of the file, when it is known (:func:`decimal_mark`).
    :raise ValueProblem: ``number``, ``ambiguous_number``, ``negative``, ``too_large``,
        ``cell_error``.
    """
    if isinstance(cell, bool | datetime.date):
        raise ValueProblem("number", value=cell_text(cell))
    if isinstance(cell, int | float):
        return _checked(Decimal(str(cell)), cell_text(cell))
    text = read_text(cell)
    if text is None or is_missing(text):
        return None
    if text.isascii() and text.isdigit():
        return _checked(Decimal(text), text)
    bare, factor = text, 1
    while match := _UNITS.search(bare.rstrip()):
        factor = _MULTIPLES.get(fold(match[1]).replace(" ", ""), factor)
        bare = bare.rstrip()[: match.start()]
    bare = bare.strip().removeprefix("€")
    bare = re.sub(r"[\s'’]", "", bare)
    if not re.fullmatch(r"[+-]?\d[\d.,]*", bare):
        raise ValueProblem("number", value=text)
    return _checked(_decimal(bare, mark, text) * factor, text)


def _decimal(bare, mark, text):
    """Read digits with commas and points; ``text`` is what the author wrote."""
    marks = [letter for letter in bare if letter in ",."]
    if len(set(marks)) == 2:
        mark = marks[-1]
    elif len(marks) > 1:
        mark = "," if marks[0] == "." else "."
    elif marks and mark is None:
        whole, _mark, decimals = re.split(r"([,.])", bare)
        if len(decimals) == 3 and whole.lstrip("+-0") and len(whole.lstrip("+-")) < 4:
            raise ValueProblem("ambiguous_number", value=text)
        mark = marks[0]
    whole, _mark, decimals = bare.rpartition(mark) if mark and mark in bare else (bare, "", "")
    groups = re.split("[,.]", whole)
    if len(groups) > 1 and any(len(group) != 3 for group in groups[1:]):
        raise ValueProblem("number", value=text)
    try:
        return Decimal(f"{''.join(groups)}.{decimals or 0}")
    except InvalidOperation as error:
        raise ValueProblem("number", value=text) from error


def _checked(number, text):
    if not number.is_finite():
        raise ValueProblem("number", value=text)
    if number < 0:
        raise ValueProblem("negative", value=text)
    if number > MAX_NUMBER:
        raise ValueProblem("too_large", value=text)
    return number


def read_fee(cell, today, mark=None):
    """Return what a cell of a column of fees says: ``(kind, value)``.

    The kind is ``amount`` (value in the currency, a float), ``yes`` (value None: paid, without the
    amount), ``no``, ``free``, ``paid_on`` (value: a date), or ``missing``.

    :raise ValueProblem: as :func:`read_number`.
    """
    if isinstance(cell, datetime.date):
        return "paid_on", cell
    if isinstance(cell, bool):
        return ("yes" if cell else "no"), None
    text = read_text(cell)
    if text is None or is_missing(text):
        return "missing", None
    word = fold(text) or text
    for kind, words in (("yes", YES), ("no", NO), ("free", FREE)):
        if word in words:
            return kind, None
    if isinstance(cell, str) and re.search(r"\d\s*[-/]\s*\d|[a-zà-ÿ]{3,} \d{4}$", text):
        return "paid_on", read_date(text, today)
    return "amount", float(round(read_number(cell, mark), 2))


def read_figure(cell, target, mark=None):
    """Return a yearly figure: an ``int`` for what is counted in units, else a ``float``; or None.

    :raise ValueProblem: as :func:`read_number`, and ``not_whole``.
    """
    assert target in FIGURE_TARGETS
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


# --------------------------------------------------------------------------------------------------
# Dates
# --------------------------------------------------------------------------------------------------
def read_date(cell, today, notes=None):
    """Return a :class:`~datetime.date`, or None.

    Read: ``2024-03-01``, ``01/03/2024`` (day first, as in French), ``1er mars 2024``, the number of
    days of a spreadsheet (``45352``), and a year alone, which is taken as its first of January and
    noted.

    :param today: settles the century of a year of two digits, which is never in the future.
    :raise ValueProblem: ``date``, ``date_month_first``, ``cell_error``.
    """
    if isinstance(cell, datetime.date):
        return cell
    text = read_text(cell)
    if text is None or is_missing(text):
        return None
    if text.removesuffix(".0").isdecimal() and len(text) != 8:
        return _date_from_number(int(float(text)), text, notes)
    parts = _date_parts(text, today)
    if parts is None:
        raise ValueProblem("date", value=text)
    year, month, day = parts
    if month > 12 >= day:
        raise ValueProblem("date_month_first", value=text)
    try:
        return datetime.date(year, month, day)
    except ValueError as error:
        raise ValueProblem("date", value=text) from error


def _date_from_number(number, text, notes):
    if 1000 <= number <= 2100:
        if notes is not None:
            notes.append(("year_only", {"value": text}))
        return datetime.date(number, 1, 1)
    if number in EXCEL_DAYS:
        return EXCEL_EPOCH + datetime.timedelta(days=number)
    raise ValueProblem("date", value=text)


def _date_parts(text, today):
    """Return (year, month, day) as written, or None when the text is no date."""
    # The hour that programs write after the day.
    text = re.sub(r"[T\s]+\d{1,2}[:h]\d{2}.*$", "", text.strip())
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text):
        return tuple(int(part) for part in match.groups())
    if match := re.fullmatch(r"((?:19|20)\d\d)(\d\d)(\d\d)", text):
        return tuple(int(part) for part in match.groups())
    if match := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})", text):
        day, month, year = match.groups()
        return _full_year(year, today), int(month), int(day)
    match = re.fullmatch(r"(?:[a-z]+ )?(\d{1,2})(?:er)? ([a-z]+) (\d{4}|\d{2})", fold(text))
    if match and match[2] in _MONTHS:
        return _full_year(match[3], today), _MONTHS[match[2]], int(match[1])
    return None


def _full_year(year, today):
    if len(year) == 4:
        return int(year)
    century = today.year // 100 * 100
    full = century + int(year)
    return full if full <= today.year else full - 100


# --------------------------------------------------------------------------------------------------
# Identifiers
# --------------------------------------------------------------------------------------------------
def read_registry(cell, notes=None):
    """Return a SIREN or a SIRET as its digits, or None.

    Zeros lost by a spreadsheet are given back only if the check digit agrees, and that is noted.

    :raise ValueProblem: ``scientific`` (``3,5E+13``: digits are lost), or ``registry``, whose value
        ``problem`` is an :class:`identifiers.Problem`.
    """
    text = read_text(cell)
    if text is None or is_missing(text):
        return None
    if _SCIENTIFIC.match(text):
        raise ValueProblem("scientific", value=text)
    # "123456789.0" or "123456789,00" is what a spreadsheet makes of it.
    number = text
    if not (text.isascii() and text.isdigit()):
        number = identifiers.normalise(re.sub(r"[.,]0{1,2}$", "", text))
        number = re.sub(r"^(?:siren|siret|rcs)?:?", "", number, flags=re.IGNORECASE)
    if number.isascii() and number.isdigit() and int(number):
        length = 9 if len(number) <= 9 else 14
        mended = number.zfill(length)
        lost = mended != number and len(number) >= SHORTEST[length]
        if lost and not identifiers.registry_problem(mended):
            if notes is not None:
                notes.append(("zeros_mended", {"value": number, "mended": mended}))
            return mended
    if problem := identifiers.registry_problem(number):
        raise ValueProblem("registry", value=text, problem=problem)
    return number or None


def read_rna(cell):
    """Return an RNA number, or None.

    :raise ValueProblem: ``rna``, whose value ``problem`` is an :class:`identifiers.Problem`.
    """
    text = read_text(cell)
    if text is None or is_missing(text):
        return None
    number = identifiers.normalise_rna(text)
    if problem := identifiers.rna_problem(number):
        raise ValueProblem("rna", value=text, problem=problem)
    return number or None
