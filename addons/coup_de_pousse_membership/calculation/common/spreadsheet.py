"""Workbooks that people open in a spreadsheet: one bold header line, real numbers and dates, text as text."""

import io
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter
from xlsxwriter.utility import xl_range

#: Format of each kind of column.
FORMATS = {
    "text": {},
    "integer": {"num_format": "0"},
    "number": {"num_format": "#,##0.0#"},
    "ratio": {"num_format": "0.00"},
    "share": {"num_format": "0.0%"},
    "money": {"num_format": "#,##0.00"},
    "date": {"num_format": "dd/mm/yyyy"},
}
#: A spreadsheet forbids these in the name of a sheet, and more than 31 characters.
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook.

    :param name: name of the tab; corrected where a spreadsheet would refuse it.
    :param columns: (header, width in characters, kind) of each column; kinds are those of ``FORMATS``.
    :param rows: one sequence of values for each line; None and False leave the cell empty.
    :param title: lines of text above the header.
    :param total: label of a last line that sums the columns of numbers, of the rows that a filter leaves.
    """

    name: str
    columns: list
    rows: list
    title: tuple = ()
    total: str = ""


def workbook(sheets):
    """Return the bytes of an XLSX file with these sheets.

    Text is written as text: a name that begins with “=” is a name, not a formula.
    """
    content = io.BytesIO()
    # Each row goes to a file as it is written: the next ones need no memory for it.
    book = xlsxwriter.Workbook(content, {"constant_memory": True})
    bold = book.add_format({"bold": True})
    header = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEEEEE", "text_wrap": True, "valign": "top"})
    formats = {kind: book.add_format(options) for kind, options in FORMATS.items()}
    for sheet in sheets:
        page = book.add_worksheet(sheet.name.translate(FORBIDDEN)[:31])
        for index, line in enumerate(sheet.title):
            page.write_string(index, 0, line, bold)
        top = len(sheet.title) + bool(sheet.title)
        for column, (label, width, _kind) in enumerate(sheet.columns):
            page.set_column(column, column, width)
            page.write_string(top, column, label, header)
        for row, values in enumerate(sheet.rows, top + 1):
            for column, (value, (_label, _width, kind)) in enumerate(zip(values, sheet.columns, strict=True)):
                _write(page, row, column, value, kind, formats[kind])
        page.freeze_panes(top + 1, 0)
        _set_up_print(page, top, sheet.name)
        if sheet.rows:
            page.autofilter(top, 0, top + len(sheet.rows), len(sheet.columns) - 1)
            if sheet.total:
                _write_total(page, sheet, top, book)
    book.close()
    return content.getvalue()


def _set_up_print(page, top, name):
    """Have a sheet printed on A4, as wide as the page, its header on each page and the pages numbered."""
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)
    page.set_footer(f"&L{name.replace('&', '&&')}&R&P / &N")


def _write_total(page, sheet, top, book):
    """Write the sums under the rows: a formula, and its value for whoever does not compute it."""
    last = top + len(sheet.rows)
    page.write_string(last + 1, 0, sheet.total, book.add_format({"bold": True, "top": 1}))
    for column, (_label, _width, kind) in enumerate(sheet.columns[1:], 1):
        if kind in ("text", "date"):
            continue
        cells = xl_range(top + 1, column, last, column)
        total = sum(Decimal(str(row[column] or 0)) for row in sheet.rows)
        cell_format = book.add_format({"bold": True, "top": 1, **FORMATS[kind]})
        page.write_formula(last + 1, column, f"=SUBTOTAL(109,{cells})", cell_format, float(total))


def _write(page, row, column, value, kind, cell_format):
    if value is None or value is False:
        return
    if kind == "date":
        page.write_datetime(row, column, value, cell_format)
    elif kind == "text":
        page.write_string(row, column, str(value), cell_format)
    else:
        page.write_number(row, column, value, cell_format)
