"""Read the cells of a table: texts, numbers and dates as people and spreadsheets write them.

Each reader takes a cell (text, or a number or date from a workbook) and returns a value, or None
for an empty cell. What cannot be read raises a :class:`ValueProblem` with a code, which the caller
puts into words; what was read with a doubt is told through ``notes``. Nothing is guessed when two
readings would both make sense.
"""

import datetime
import re
from decimal import Decimal, InvalidOperation

from .headers import fold
from .table_reader import cell_text

#: What people write for "I do not know", which is not 0.
_MISSING_MARKS = "- -- – — ? / . nc n/c n.c. nd n/d na n/a #n/a inconnu inconnue unknown null none"
MISSING = frozenset(("", "non communiqué", "non renseigné", "0001-01-01", *_MISSING_MARKS.split()))
#: Errors that spreadsheets leave in place of a value.
CELL_ERRORS = frozenset(("#REF!", "#VALUE!", "#VALEUR!", "#DIV/0!", "#NAME?", "#NOM?", "#NUM!", "#NOMBRE!", "#NULL!"))
MAX_NUMBER = Decimal("1e13")
#: Letters of a cell that a sentence shows; digits of the longest number that is read.
LONGEST_SHOWN = 80
LONGEST_NUMBER = 40

_MULTIPLES = {"k": 1000, "keuros": 1000, "m": 10**6, "meuros": 10**6}
_UNITS = re.compile(r"(€|eur(?:os?)?|etp|k€|m€|k|m)\.?$", re.IGNORECASE)
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


class ValueProblem(ValueError):
    """A cell that cannot be read.

    :param code: what is wrong, see the readers.
    :param values: what the sentence may name.
    """

    def __init__(self, code, **values):
        super().__init__(code)
        self.code = code
        # A sentence shows what was written, not 40,000 digits of it.
        self.values = {name: _shortened(value) for name, value in values.items()}


def _shortened(value):
    return value[: LONGEST_SHOWN - 1] + "…" if isinstance(value, str) and len(value) > LONGEST_SHOWN else value


# ---- text ----
def is_missing(text):
    """Return whether a text says that there is nothing."""
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


# ---- numbers ----
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
    if len(text) > LONGEST_NUMBER:
        raise ValueProblem("number", value=text)
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


# ---- dates ----
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
    if len(text) > LONGEST_NUMBER:
        raise ValueProblem("date", value=text)
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
