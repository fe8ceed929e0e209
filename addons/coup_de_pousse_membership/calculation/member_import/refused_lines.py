"""The refused lines of a list, given back as a file to correct and send again."""

import csv
import io
import re

from ..table.table_reader import cell_text

#: What a spreadsheet takes for a formula; a telephone or a negative number is none.
_FORMULA = re.compile(r"[\t\r\n]*[=@]|[+-](?![\d\s.,()-]*$)|[\t\r\n]")


def harmless(text):
    """Return a text that no spreadsheet takes for a formula: the import takes the apostrophe off again."""
    return f"'{text}" if _FORMULA.match(text) else text


def refused_csv(table, reasons, titles):
    """Return the refused lines as they were, with the reason: UTF-8 with its mark, and semicolons, as
    French spreadsheets open it by a double click.

    :param table: :class:`table_reader.Table`.
    :param reasons: number of a line → why it is refused.
    :param titles: the headers of the two columns that are added, for the number and the reason.
    """
    output = io.StringIO(newline="")
    writer = csv.writer(output, delimiter=";")
    header = [harmless(cell_text(cell)) for cell in table.header.cells]
    writer.writerow([*header, *titles])
    for row in table.rows:
        if row.line in reasons:
            cells = [harmless(cell_text(cell)) for cell in row.cells]
            # Cells beyond the headers would stand under the reason.
            cells = cells[: len(header)] + [""] * (len(header) - len(cells))
            writer.writerow([*cells, row.line, harmless(reasons[row.line])])
    return output.getvalue().encode("utf-8-sig")
