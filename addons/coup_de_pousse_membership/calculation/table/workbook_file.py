"""Read the rows of a workbook (XLSX), whose sizes are bounded before anything is unpacked."""

import datetime
import io
import struct
import warnings
import zipfile
import zlib

from .table_rows import MAX_BYTES, MAX_CELLS_PER_ROW, FileRow, FileSheet, RowCounter, TableError, clean_text

#: A workbook is a zip: what its sheets, its texts, and each other part unpack to is bounded (bytes).
MAX_SHEETS_BYTES = 200 * 1024 * 1024
MAX_TEXTS_BYTES = 60 * 1024 * 1024
MAX_PART_BYTES = 20 * 1024 * 1024
#: The last row that a spreadsheet has.
LAST_ROW = 1_048_576
#: A cell is at most 32,767 characters: so many bytes without a mark of XML are none of a spreadsheet.
_CHUNK = 512 * 1024
_DAMAGES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,  # of XML
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


def read_workbook(content, score):
    """Return the :class:`FileSheet` of a workbook.

    :param score: function of rows that chooses between its sheets, or None for the first one.
    :raise TableError: it cannot be read.
    """
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

    counter = RowCounter()
    try:
        # It warns about styles and validations, which are nothing to us.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # Values, not formulas; read_only does not build a cell object per cell.
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            found = [(sheet.title, list(_sheet_rows(sheet, counter))) for sheet in sheets]
            book.close()
            return found
    except TableError:
        raise
    except _DAMAGES as error:
        raise TableError("damaged") from error


def _check_zip(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if any(info.flag_bits & 1 for info in archive.infolist()):
                raise TableError("protected")
            kind = archive.open("mimetype").read(80) if "mimetype" in names else b""
            if b"opendocument" in kind:
                raise TableError("open_document")
            if not any(name.startswith("xl/") for name in names):
                raise TableError("not_a_workbook")
            _check_sizes(archive)
    except TableError:
        raise
    except (*_DAMAGES, NotImplementedError) as error:
        raise TableError("damaged") from error


def _check_sizes(archive):
    """Refuse a workbook that unpacks to more than any list, or that has an endless cell."""
    sheets = [info for info in archive.infolist() if info.filename.startswith("xl/worksheets/")]
    texts = [info for info in archive.infolist() if info.filename.endswith("sharedStrings.xml")]
    others = [
        i for i in archive.infolist() if i not in sheets and i not in texts and i.filename.endswith((".xml", ".rels"))
    ]
    if (
        sum(info.file_size for info in sheets) > MAX_SHEETS_BYTES
        or sum(info.file_size for info in texts) > MAX_TEXTS_BYTES
        or any(info.file_size > MAX_PART_BYTES for info in others)
    ):
        raise TableError("too_big", limit=MAX_BYTES // (1024 * 1024))
    for info in sheets + texts:
        if info.file_size > _CHUNK:
            with archive.open(info) as part:
                while len(chunk := part.read(_CHUNK)) == _CHUNK:
                    if b"<" not in chunk:
                        raise TableError("huge_cell_of_workbook")


def _sheet_rows(sheet, counter):
    # Some programs write a wrong dimension, which would cut the sheet short.
    sheet.reset_dimensions()
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > LAST_ROW:
            raise TableError("impossible_row", limit=LAST_ROW)
        row = FileRow(number, tuple(_workbook_cell(value) for value in values[:MAX_CELLS_PER_ROW]))
        if not row.is_blank():
            counter.count(row)
            yield row


def _workbook_cell(value):
    if value is None:
        return ""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, bool | int | float | datetime.date):
        return value
    return str(value)
