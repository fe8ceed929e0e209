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

import datetime
from dataclasses import dataclass

from .camt_file import is_camt, read_camt
from .cfonb_file import is_cfonb, read_cfonb
from .csv_file import read_csv
from .ofx_file import is_ofx, read_ofx
from .qif_file import is_qif, read_qif
from .table_rows import MAX_BYTES, FileRow, FileSheet, TableError
from .workbook_file import read_workbook


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
    _refuse_other_programs(content)
    start = content[:500].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for recognises, read in _BANK_FORMATS:
        if recognises(start):
            return read(content)
    if start.startswith(_PAGES):
        raise TableError("web_page")
    is_zip = content[:4] == b"PK\x03\x04"
    sheet = read_workbook(content, score) if is_zip else read_csv(content)
    if not sheet.rows:
        raise TableError("empty")
    return sheet


def split_header(sheet, found, wanted=None):
    """Divide a sheet at the row that names its columns.

    :param found: place of that row among the sheet's, as it was found; -1 where it has none.
    :param wanted: line of the file that the user says it is, if any.
    :return: a :class:`Table`.
    :raise TableError: ``no_header_line`` if the file has no such line, ``no_lines`` if nothing is below.
    """
    if sheet.kind == "bank":
        return Table(sheet, sheet.rows[0], sheet.rows[1:])
    if wanted:
        lines = [row.line for row in sheet.rows]
        if wanted not in lines:
            raise TableError("no_header_line", line=wanted)
        found = lines.index(wanted)
    if found < 0:
        # Without headers, no line is lost: columns are told by their letters.
        return Table(sheet, FileRow(0, ("",) * max(len(row.cells) for row in sheet.rows)), sheet.rows)
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


#: A bank's statement in a format of banks, by how it begins.
_BANK_FORMATS = ((is_ofx, read_ofx), (is_camt, read_camt), (is_qif, read_qif), (is_cfonb, read_cfonb))

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


#: How a web page, or an XML file that no bank writes, begins.
_PAGES = (b"<!doctype html", b"<html", b"<table", b"<?xml", b"<head", b"<meta")


def _refuse_other_programs(content):
    if not content.strip():
        raise TableError("empty")
    for signature, code in _SIGNATURES:
        # "BM" also begins many a word: a bitmap has zero bytes at 6 to 10.
        if content.startswith(signature) and (signature != b"BM" or content[6:10] == b"\0" * 4):
            raise TableError(code)
