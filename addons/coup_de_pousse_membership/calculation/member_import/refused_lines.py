"""The refused lines of a list, given back as a file to correct and send again."""

import csv
import io

from ..table.table_reader import cell_text


def refused_csv(table, reasons, titles):
    """Return the refused lines as they were, with the reason: UTF-8 with its mark, and semicolons, as
    French spreadsheets open it by a double click.

    :param table: :class:`table_reader.Table`.
    :param reasons: number of a line → why it is refused.
    :param titles: the headers of the two columns that are added, for the number and the reason.
    """
    output = io.StringIO(newline="")
    writer = csv.writer(output, delimiter=";")
    header = [cell_text(cell) for cell in table.header.cells]
    writer.writerow([*header, *titles])
    for row in table.rows:
        if row.line in reasons:
            cells = [cell_text(cell) for cell in row.cells]
            # Cells beyond the headers would stand under the reason.
            cells = cells[: len(header)] + [""] * (len(header) - len(cells))
            writer.writerow([*cells, row.line, reasons[row.line]])
    return output.getvalue().encode("utf-8-sig")
