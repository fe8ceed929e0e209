"""Read the rows of a CSV of any kind."""

import csv
import io

from .encodings import decode
from .table_rows import MAX_CELLS_PER_ROW, MAX_LINES, FileRow, FileSheet, RowCounter, TableError, clean_text

DELIMITERS = (";", ",", "\t", "|")
#: Rows read to tell the delimiter.
SAMPLE_ROWS = 60
#: No line of a list is longer (bytes).
MAX_LINE_BYTES = 1024 * 1024


def read_csv(content):
    """Return the :class:`FileSheet` of a text.

    :raise TableError: it is none that can be read.
    """
    _refuse_odd_sizes(content)
    text, encoding, notes = decode(content)
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
    return FileSheet(rows=rows, kind="csv", encoding=encoding, delimiter=delimiter, notes=notes)


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


class _Lines:
    """The lines of a text, and those that the last row was read from."""

    def __init__(self, text):
        # Old Macintosh files end lines by a bare carriage return, which the csv module also takes.
        self._lines, self.taken = io.StringIO(text, newline=""), []

    def __iter__(self):
        return self

    def __next__(self):
        line = next(self._lines)
        self.taken.append(line)
        return line


def _csv_rows(text, delimiter, first_line):
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter)
    before, line, counter = 0, first_line, RowCounter()
    while True:
        lines.taken.clear()
        try:
            cells = next(reader, None)
        except csv.Error as error:
            _refuse_large_cell(lines.taken, first_line + before)
            raise TableError("open_quote", line=first_line + before) from error
        if cells is None:
            _refuse_open_quote(text, delimiter, line, first_line)
            return
        line, before = first_line + before, reader.line_num
        is_torn = len(lines.taken) > 1 and not _is_written_well(lines.taken, delimiter)
        row = FileRow(line, tuple(clean_text(cell) for cell in cells[:MAX_CELLS_PER_ROW]), is_torn)
        if not row.is_blank():
            counter.count(row)
            yield row


def _is_written_well(lines, delimiter):
    """Return whether the quotation marks of a row of several lines are as the format says."""
    try:
        next(csv.reader(lines, delimiter=delimiter, strict=True), None)
    except csv.Error:
        return False
    return True


def _refuse_large_cell(lines, number):
    if len(lines) == 1:
        raise TableError("huge_cell", line=number)


def _refuse_odd_sizes(content):
    """Refuse what would take long to read: more line ends than any list has, or an endless line."""
    if max(content.count(b"\n"), content.count(b"\r")) > MAX_LINES:
        raise TableError("too_many_lines", limit=MAX_LINES)
    for number, line in enumerate(content.splitlines(), 1):
        if len(line) > MAX_LINE_BYTES:
            raise TableError("huge_line", line=number)


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
