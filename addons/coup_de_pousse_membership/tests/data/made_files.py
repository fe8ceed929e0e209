"""Files that tests read: workbooks made on the spot, exports of other programs beside this module.

It needs nothing of Odoo: the plain tests in the repository's ``tests/rules`` use it too.
"""

import io
from pathlib import Path

from openpyxl import Workbook

DATA = Path(__file__).parent


def workbook(*rows, title="Liste", hidden=()):
    """Return the bytes of a workbook; ``hidden`` are the rows of a second, hidden sheet."""
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    if hidden:
        sheet = book.create_sheet("Cachée")
        sheet.sheet_state = "hidden"
        for row in hidden:
            sheet.append(row)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def export_of(program):
    """Return the bytes of a made-up export of a program, with its real headers."""
    return (DATA / f"import_{program}.csv").read_bytes()
