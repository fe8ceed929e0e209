"""The table of a dashboard: each figure with its value, the year before's, the change and what it says."""

from .dashboard_parts import PERIOD, SHEET
from .formula import reach, to_cell

#: Columns: figure, value, the same days of last year, change, meaning; their widths in pixels.
COLUMNS = {"A": 300, "B": 120, "C": 120, "D": 90, "E": 370}
#: Heights of a row of the table and of any other, in pixels.
HIGH, ROW = 40, 23
UNITS = ("count", "money", "percent", "days", "index")
FORMATS = {"count": "#,##0", "percent": "0.0%", "days": "#,##0.0", "index": "0.00"}
TITLE, HEADER, TEXT, NUMBER = 1, 2, 3, 4
STYLES = {
    TITLE: {"textColor": "#01666b", "bold": True, "fontSize": 16},
    HEADER: {"textColor": "#434343", "bold": True, "fontSize": 11},
    TEXT: {"textColor": "#434343", "verticalAlign": "middle", "wrapping": "wrap"},
    NUMBER: {"textColor": "#01666b", "verticalAlign": "middle", "align": "right"},
}


def list_cells(listed, rows):
    """Return the pivots and the cells of the table: values, last year's, change."""
    pivots, cells = {}, {}
    names = {figure.code: f"B{rows[figure.code]}" for figure in listed}
    before = {code: f"C{row}" for code, row in rows.items()}
    dated = {figure.code for figure in listed if PERIOD in figure.matching}
    compared = dated.union(reach(dated, {figure.code: figure.formula for figure in listed if figure.formula}))
    for figure in listed:
        row, is_formula = rows[figure.code], bool(figure.formula)
        cells[f"B{row}"] = to_cell(figure.formula, names) if is_formula else _value(pivots, figure, 0)
        if figure.code in compared:
            cells[f"C{row}"] = to_cell(figure.formula, before) if is_formula else _value(pivots, figure, -1)
            gap = f"B{row}-C{row}" if figure.unit == "percent" else f"(B{row}-C{row})/C{row}"
            cells[f"D{row}"] = f'=IFERROR({gap}, "–")'
    return pivots, cells


def _value(pivots, figure, offset):
    """Return the formula of a figure, whose pivot is added where none gives it yet."""
    shape = {"model": figure.model, "domain": figure.domain, "fieldMatching": figure.match(offset)}
    number = next((number for number, pivot in pivots.items() if shape.items() <= pivot.items()), None)
    if number is None:
        number = str(len(pivots) + 1)
        pivots[number] = {
            "id": number,
            "formulaId": number,
            "type": "ODOO",
            "name": figure.label,
            "context": {},
            "measures": [],
            "rows": [],
            "columns": [],
            **figure.opens,
            **shape,
        }
    name, _separator, aggregator = figure.measure.partition(":")
    measure = {"id": figure.measure, "fieldName": name, **({"aggregator": aggregator} if aggregator else {})}
    if measure not in pivots[number]["measures"]:
        pivots[number]["measures"].append(measure)
    value = f'PIVOT.VALUE({number}, "{figure.measure}")'
    # Nothing counted is 0; an average of nothing is unknown.
    return f'=IF(ISNUMBER({value}), {value}, "–")' if aggregator == "avg" else f"=IFERROR({value}, 0)"


def make_sheet(cells, drawn, listed, rows, words):
    """Return the one sheet.

    :param cells: what :func:`list_cells` wrote.
    :param drawn: its cards and charts.
    :param rows: {code: row of the figure}, the first one two below the table's title.
    """
    first = min(rows.values(), default=3) - 2
    return {
        "id": SHEET,
        "name": SHEET,
        "colNumber": len(COLUMNS),
        "rowNumber": first + 1 + len(listed),
        "rows": {str(row - 1): {"size": HIGH} for row in (first, *rows.values())},
        "cols": {str(rank): {"size": size} for rank, size in enumerate(COLUMNS.values())},
        "cells": {**_list_texts(listed, rows, first, words), **cells},
        **_dress(listed, rows, first),
        "figures": drawn,
        **{name: [] for name in ("merges", "conditionalFormats", "dataValidationRules", "tables")},
        "areGridLinesVisible": False,
        "isVisible": True,
        "headerGroups": {"ROW": [], "COL": []},
        "comments": {},
    }


def _list_texts(listed, rows, first, words):
    """Return the title, the header, and what each figure is called and says."""
    header = (words.figure, words.value, words.before, words.change, words.meaning)
    texts = {f"A{first}": words.title}
    texts.update({f"{column}{first + 1}": text for column, text in zip(COLUMNS, header, strict=True)})
    for figure in listed:
        texts.update({f"A{rows[figure.code]}": figure.label, f"E{rows[figure.code]}": figure.meaning})
    return texts


def _dress(listed, rows, first):
    """Return the styles, formats and borders of the table."""
    top, last = first + 2, first + 1 + len(listed)
    formats = {f"B{rows[figure.code]}:C{rows[figure.code]}": format_number(figure.unit) for figure in listed}
    return {
        "styles": {
            f"A{first}": TITLE,
            f"A{first + 1}:E{first + 1}": HEADER,
            f"A{top}:A{last}": TEXT,
            f"B{top}:D{last}": NUMBER,
            f"E{top}:E{last}": TEXT,
        },
        "formats": {**formats, f"D{top}:D{last}": format_number("percent")},
        "borders": {f"A{first + 1}:E{last}": 1},
    }


def format_number(unit):
    """Return the number under which the format of a unit is kept."""
    return UNITS.index(unit) + 1
