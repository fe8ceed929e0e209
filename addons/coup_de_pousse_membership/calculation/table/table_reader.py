"""Read a table out of a file as people send it: CSV of any kind, or XLSX.

Cells are split and unpacked by the standard ``csv`` and by ``openpyxl``, which Odoo brings. What stands
here is what they leave to the caller, and what readers of data frames or of whole workbooks
(``pandas``, ``python-calamine``, Odoo's own import screen) do otherwise than a list of members needs:

* the encoding is guessed among those in which French lists come, by their accented letters:
  ``charset-normalizer`` takes a short list in Windows' encoding for one in ``hp_roman8``;
* the delimiter is that under which the rows agree, and not the comma of an address or of a decimal;
* each row keeps the number of its line *as the user's own software shows it*, blank lines and cells with
  line breaks counted, so that a message can name it;
* cells keep what was written: ``csv`` gives text, a workbook its numbers and days, and nothing is turned
  into a number, a date or "missing" before it is known whether ``44000`` is a postcode, an amount or a
  day. Formulas are not evaluated: the value saved with them is read;
* a quotation mark that is never closed is refused with its line, where ``csv`` would silently take the
  rest of the file as one cell;
* sizes are bounded before anything is unpacked: one bad file must not eat the server's memory;
* a PDF, a web page named ``.xls``, an old or locked workbook are told apart, and refused with a
  :class:`TableError` whose code the caller puts into words.

Cells are ``str`` (stripped; the only type in a CSV), or, from a workbook, ``int``, ``float``, ``bool``,
``datetime.date`` as well.
"""

import csv
import datetime
import io
import warnings
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field

#: Above this, a file is refused (bytes): no list of members is that large.
MAX_BYTES = 30 * 1024 * 1024
#: A workbook is a zip: what it unpacks to is bounded too.
MAX_UNPACKED_BYTES = 400 * 1024 * 1024
MAX_ROWS = 100_000
MAX_CELLS_PER_ROW = 300

DELIMITERS = (";", ",", "\t", "|")
#: Rows read to tell the delimiter.
SAMPLE_ROWS = 60

#: Letters by which French text betrays the 8-bit encoding it was written in.
FRENCH_LETTERS = frozenset("éèêëàâçîïôùûœÉÈÊËÀÂÇÎÏÔÙÛŒ°’«»€")
EIGHT_BIT_ENCODINGS = ("cp1252", "mac_roman", "cp850")

#: Spaces that are not the plain one, as found in amounts and in copied text.
ODD_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\ufeff\u200b"), " ")


class TableError(ValueError):
    """The file is not a table that can be read.

    :param code: one of ``empty``, ``too_big``, ``too_many_rows``, ``pdf``, ``image``,
        ``old_excel``, ``open_document``, ``not_a_workbook``, ``damaged``, ``web_page``, ``binary``,
        ``open_quote``.
    :param values: what the sentence about it may name (``limit``, ``line``).
    """

    def __init__(self, code, **values):
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class FileRow:
    """One line of the table: its number in the file (from 1) and its cells."""

    line: int
    cells: tuple

    def is_blank(self):
        """Return whether no cell holds anything."""
        return not any(cell not in (None, "") for cell in self.cells)


@dataclass(frozen=True)
class FileSheet:
    """What was read, and how it was understood.

    :param rows: rows that hold something; blank ones are left out, their numbers are not reused.
    :param kind: ``csv`` or ``xlsx``.
    :param name: name of the sheet, for a workbook.
    :param others: names of the other sheets that hold something.
    """

    rows: list
    kind: str
    encoding: str = ""
    delimiter: str = ""
    name: str = ""
    others: list = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """The rows below the header, and how they were read.

    :param sheet: the :class:`FileSheet` they come from.
    :param header: the :class:`FileRow` that names the columns.
    :param rows: the rows below.
    """

    sheet: FileSheet
    header: FileRow
    rows: list


def read_table(content, score=None):
    """Return the :class:`FileSheet` held by a file.

    :param bytes content: the whole file.
    :param score: function of a list of rows giving how much they look like the table that is
        wanted; it chooses between the sheets of a workbook. Without it, the first one is taken.
    :raise TableError: the file cannot be read as a table.
    """
    if len(content) > MAX_BYTES:
        raise TableError("too_big", limit=MAX_BYTES // (1024 * 1024))
    _refuse_other_files(content)
    is_zip = content[:4] == b"PK\x03\x04"
    sheet = _read_workbook(content, score) if is_zip else _read_csv(content)
    if not sheet.rows:
        raise TableError("empty")
    return sheet


def split_header(sheet, found, wanted=None):
    """Divide a sheet at the row that names its columns.

    :param found: place of that row among the sheet's, as it was found.
    :param wanted: line of the file that the user says it is, if any.
    :return: a :class:`Table`.
    :raise TableError: ``no_header_line`` if the file has no such line, ``no_lines`` if nothing is below.
    """
    if wanted:
        lines = [row.line for row in sheet.rows]
        if wanted not in lines:
            raise TableError("no_header_line", line=wanted)
        found = lines.index(wanted)
    header, rows = sheet.rows[found], sheet.rows[found + 1 :]
    if not rows:
        raise TableError("no_lines", line=header.line)
    return Table(sheet, header, rows)


def cell_text(cell):
    """Return a cell as its author would type it.

    A whole number loses the ``.0`` that spreadsheets give to every number; a day is written in ISO.
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return str(cell)


# ---- what is not a table ----
_SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\xd0\xcf\x11\xe0", "old_excel"),
    (b"Rar!", "binary"),
    (b"7z\xbc\xaf", "binary"),
    (b"\x1f\x8b", "binary"),
)


def _refuse_other_files(content):
    if not content.strip():
        raise TableError("empty")
    for signature, code in _SIGNATURES:
        # "BM" also begins many a word: a bitmap has zero bytes at 6 to 10.
        if content.startswith(signature) and (signature != b"BM" or content[6:10] == b"\0" * 4):
            raise TableError(code)
    start = content[:500].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"ofxheader", b"<ofx", b"!type:", b"!account")) or b"camt.05" in start or b"<?ofx" in start:
        raise TableError("ledger")
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<?xml", b"<head", b"<meta")):
        raise TableError("web_page")


# ---- CSV ----
def decode(content):
    """Return the text of a file, and the name of the encoding that gave it.

    UTF-8 is strict enough to be its own proof. What is not UTF-8 is one of the 8-bit encodings of
    Windows, of the Macintosh and of DOS: the one that gives most French letters is taken, Windows
    first.
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return _decode_strictly(content, encoding)
    if b"\0" in content[:4000]:
        return _decode_strictly(content, _utf16_without_mark(content[:4000]))
    with suppress(UnicodeDecodeError):
        return content.decode("utf-8"), "utf-8"
    odd = content.translate(None, delete=bytes(range(128)))
    encoding = max(EIGHT_BIT_ENCODINGS, key=lambda name: _french_score(odd.decode(name, "replace")))
    return content.decode(encoding, "replace"), encoding


def _decode_strictly(content, encoding):
    try:
        return content.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise TableError("damaged") from error


def _utf16_without_mark(start):
    """Return the byte order, by where the zero bytes of plain letters stand."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) < len(start) // 5 or min(even, odd) > len(start) // 20:
        raise TableError("binary")
    return "utf-16-le" if odd > even else "utf-16-be"


def _french_score(letters):
    counted = [letter for letter in letters if letter != "\u00a0"]
    return sum(1 if letter in FRENCH_LETTERS else -1 for letter in counted)


def _read_csv(content):
    text, encoding = decode(content)
    if sum(letter < " " and letter not in "\t\r\n\x0b\x0c\x1a" for letter in text[:4000]) > 8:
        raise TableError("binary")
    text = text.rstrip("\x1a\0")
    first_line, delimiter = 1, None
    head, _, rest = text.partition("\n")
    if head.strip().strip('"').lower().startswith("sep=") and len(head.strip().strip('"')) == 5:
        # Written by spreadsheets above the table.
        first_line, delimiter, text = 2, head.strip().strip('"')[4], rest
    delimiter = delimiter or find_delimiter(text)
    rows = list(_csv_rows(text, delimiter, first_line))
    return FileSheet(rows=rows, kind="csv", encoding=encoding, delimiter=delimiter)


def find_delimiter(text):
    """Return the delimiter of a CSV text.

    The one under which most rows have the same number of cells wins, and among equals the one that
    gives more cells: the comma of an address, or of a decimal, splits some rows and not others. A
    file with a single column has none: a semicolon then does no harm.
    """
    best, best_score = ";", 0.0
    for delimiter in DELIMITERS:
        widths = []
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    widths.append(len(cells))
                if len(widths) >= SAMPLE_ROWS:
                    break
        except csv.Error:
            continue
        several = [width for width in widths if width > 1]
        # Titles have no delimiter; a list of names without any may have a comma here and there.
        if len(several) < 0.4 * len(widths) or not several:
            continue
        usual = max(set(several), key=lambda width: (several.count(width), width))
        share = several.count(usual) / len(widths)
        score = share * share * (usual - 1)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _csv_rows(text, delimiter, first_line):
    # Old Macintosh files end lines by a bare carriage return, which the csv module also takes.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before, count, line = 0, 0, first_line
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise TableError("open_quote", line=first_line + before) from error
        if cells is None:
            _refuse_open_quote(text, delimiter, line, first_line)
            return
        line, before = first_line + before, reader.line_num
        row = FileRow(line, tuple(_clean(cell) for cell in cells[:MAX_CELLS_PER_ROW]))
        if not row.is_blank():
            count += 1
            if count > MAX_ROWS:
                raise TableError("too_many_rows", limit=MAX_ROWS)
            yield row


def _refuse_open_quote(text, delimiter, line, first_line):
    """Refuse a quotation mark that is opened on the last ``line`` read, and closed nowhere."""
    rest = io.StringIO(text, newline="")
    for _skipped in range(line - first_line):
        rest.readline()
    try:
        next(csv.reader(rest, delimiter=delimiter, strict=True), None)
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise TableError("open_quote", line=line) from error


def _clean(cell):
    return cell.translate(ODD_SPACES).strip()


# ---- XLSX ----
def _read_workbook(content, score):
    _check_zip(content)
    sheets = [(name, rows) for name, rows in _visible_sheets(content) if rows]
    if not sheets:
        raise TableError("empty")
    chosen = max(sheets, key=lambda sheet: score(sheet[1])) if score else sheets[0]
    others = [name for name, _rows in sheets if name != chosen[0]]
    return FileSheet(rows=chosen[1], kind="xlsx", name=chosen[0], others=others)


def _visible_sheets(content):
    """Return the name and the rows of each sheet that is not hidden."""
    # Imported late: a CSV needs none of it.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    damages = (InvalidFileException, zipfile.BadZipFile, LookupError, TypeError, ValueError)
    try:
        # It warns about styles and validations, which are nothing to us.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # Values, not formulas; read_only does not build a cell object per cell.
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            found = [(sheet.title, list(_sheet_rows(sheet))) for sheet in sheets]
            book.close()
            return found
    except TableError:
        raise
    # A parse error of ElementTree is a SyntaxError.
    except (*damages, SyntaxError, OSError) as error:
        raise TableError("damaged") from error


def _check_zip(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            unpacked = sum(info.file_size for info in archive.infolist())
            kind = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise TableError("damaged") from error
    if b"opendocument" in kind:
        raise TableError("open_document")
    if not any(name.startswith("xl/") for name in names):
        raise TableError("not_a_workbook")
    if unpacked > MAX_UNPACKED_BYTES:
        raise TableError("too_big", limit=MAX_BYTES // (1024 * 1024))


def _sheet_rows(sheet):
    # Some programs write a wrong dimension, which would cut the sheet short.
    sheet.reset_dimensions()
    count = 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        row = FileRow(number, tuple(_workbook_cell(value) for value in values[:MAX_CELLS_PER_ROW]))
        if row.is_blank():
            continue
        count += 1
        if count > MAX_ROWS:
            raise TableError("too_many_rows", limit=MAX_ROWS)
        yield row


def _workbook_cell(value):
    if value is None:
        return ""
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, bool | int | float | datetime.date):
        return value
    return str(value)
