"""What is read of any table: its rows, and why a file is not a table."""

from dataclasses import dataclass, field

#: Above this, a file is refused (bytes): no list of members is that large.
MAX_BYTES = 30 * 1024 * 1024
MAX_ROWS = 100_000
#: Blank ones counted: a file of line ends only is no list.
MAX_LINES = 10 * MAX_ROWS
MAX_CELLS_PER_ROW = 300
#: Of the whole file: what is promised for 100,000 lines.
MAX_CELLS = 30 * MAX_ROWS

#: Spaces that are not the plain one, as found in amounts and in copied text; and what no text has (a NUL).
ODD_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\ufeff\u200b"), " ")
ODD_SPACES.update(dict.fromkeys((*range(9), *range(14, 32), 127), " "))


class TableError(ValueError):
    """The file is not a table that can be read.

    :param code: one of ``empty``, ``too_big``, ``too_many_rows``, ``pdf``, ``image``,
        ``old_excel``, ``open_document``, ``not_a_workbook``, ``damaged``, ``web_page``, ``binary``,
        ``open_quote``; of a bank's statement ``several_accounts``, ``no_entries``, ``no_ofx_reader``,
        ``damaged_bank_file``.
    :param values: what the sentence about it may name (``limit``, ``line``, ``format``, ``accounts``).
    """

    def __init__(self, code, **values):
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class FileRow:
    """One line of the table: its number in the file (from 1) and its cells.

    :param is_torn: whether it spans several lines by a quotation mark that is not closed as the format says.
    """

    line: int
    cells: tuple
    is_torn: bool = False

    def is_blank(self):
        """Return whether no cell holds anything."""
        return not any(cell not in (None, "") for cell in self.cells)


@dataclass(frozen=True)
class FileSheet:
    """What was read, and how it was understood.

    :param rows: rows that hold something; blank ones are left out, their numbers are not reused.
    :param kind: ``csv``, ``xlsx`` or ``bank``.
    :param name: name of the sheet, for a workbook; number of the account, for a bank's statement.
    :param format: the bank's format, such as ``OFX``.
    :param others: names of the other sheets that hold something.
    :param notes: pairs of a code and its values: what was corrected, and where.
    """

    rows: list
    kind: str
    encoding: str = ""
    delimiter: str = ""
    format: str = ""
    name: str = ""
    others: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    def get_format(self):
        """Return what the file is: the bank's format, else ``CSV`` or ``XLSX``."""
        return self.format or self.kind.upper()


class RowCounter:
    """Counts what is read, and refuses a file that holds more than any list."""

    def __init__(self):
        self._rows = self._cells = 0

    def count(self, row):
        """Count a row.

        :raise TableError: ``too_many_rows`` or ``too_many_cells``.
        """
        self._rows += 1
        self._cells += len(row.cells)
        if self._rows > MAX_ROWS:
            raise TableError("too_many_rows", limit=MAX_ROWS)
        if self._cells > MAX_CELLS:
            raise TableError("too_many_cells_in_file", limit=MAX_CELLS)


def clean_text(cell):
    """Return a text without odd spaces, nor the apostrophe by which a formula was made harmless."""
    text = cell.translate(ODD_SPACES).strip()
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text
