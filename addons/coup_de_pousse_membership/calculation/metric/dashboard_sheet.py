"""A dashboard as Odoo's spreadsheets read it (version 18.5.10): cards, charts, and the table of all figures."""

from dataclasses import dataclass, field

from .formula import codes, to_cell

VERSION = "18.5.10"
SHEET = "dashboard"
#: Ids of the filters, and what each filters by.
PERIOD, TERRITORY, CATEGORY = "period", "territory", "category"
#: Sizes, in pixels: the page is as wide as Odoo's own dashboards.
WIDTH, GAP, ROW = 1000, 10, 23
CARDS_A_ROW, CARD_HEIGHT, CHART_HEIGHT = 4, 101, 300
#: Columns of the table: figure, value, the same days of last year, change, meaning.
COLUMNS = {"A": 300, "B": 120, "C": 120, "D": 90, "E": 370}
UNITS = ("count", "money", "percent", "days", "number")
FORMATS = {"count": "#,##0", "percent": "0.0%", "days": "#,##0.0", "number": "0.00"}
#: Colours of a change for the better and for the worse.
GOOD, BAD, NEITHER = "#00A04A", "#DC6965", "#6C757D"
COLOURS = {"up": (GOOD, BAD), "down": (BAD, GOOD), "none": (NEITHER, NEITHER)}
TITLE, HEADER, TEXT, NUMBER = 1, 2, 3, 4
STYLES = {
    TITLE: {"textColor": "#01666b", "bold": True, "fontSize": 16},
    HEADER: {"textColor": "#434343", "bold": True, "fontSize": 11},
    TEXT: {"textColor": "#434343", "verticalAlign": "middle", "wrapping": "wrap"},
    NUMBER: {"textColor": "#01666b", "verticalAlign": "middle", "align": "right"},
}


@dataclass(frozen=True)
class Figure:
    """One figure, or the chart that shows it by something.

    :param measure: ``__count``, or a field and how it is put together, ``amount:sum``.
    :param formula: of other figures; then there is no model.
    :param matching: {filter: (path of the field that it filters, its type)}.
    :param better: ``up``, ``down`` or ``none``: which change is for the better.
    :param card: whether it has a card at the top.
    :param chart: ``bar``, ``line``, ``running`` (a line that adds up), ``pie``, ``waterfall``, or empty.
    :param menu: the menu that a click on its card opens.
    """

    code: str
    label: str
    meaning: str = ""
    model: str = ""
    domain: list = field(default_factory=list)
    measure: str = "__count"
    formula: str = ""
    matching: dict = field(default_factory=dict)
    unit: str = "count"
    better: str = "up"
    card: bool = False
    chart: str = ""
    group_by: tuple = ()
    menu: str = ""
    action: str = ""


@dataclass(frozen=True)
class Words:
    """What stands around the figures, in the reader's language; ``money``: how amounts are written."""

    title: str
    figure: str
    value: str
    before: str
    change: str
    meaning: str
    since: str
    period: str
    territory: str
    category: str
    money: str = "#,##0[$ €]"


def make_dashboard(figures, words):
    """Return the dashboard of some figures as a dict to be written as JSON.

    Each value is of one pivot, so that a click on it opens the records behind it; the figures of one
    model, domain and filters share a pivot, and so one query.
    """
    listed = [figure for figure in figures if not figure.chart]
    charts = [figure for figure in figures if figure.chart]
    cards = [figure for figure in listed if figure.card]
    first = _first_row(len(cards), len(charts))
    rows = {figure.code: first + 2 + rank for rank, figure in enumerate(listed)}
    pivots, cells = _list_cells(listed, rows)
    drawn = [_card(figure, rank, rows[figure.code], words, cells) for rank, figure in enumerate(cards)]
    drawn += [_chart(figure, rank, len(charts), _cards_height(len(cards))) for rank, figure in enumerate(charts)]
    return {
        "version": VERSION,
        "sheets": [_sheet(cells, drawn, listed, rows, first, words)],
        "styles": {str(number): style for number, style in STYLES.items()},
        "formats": {str(_format(unit)): {**FORMATS, "money": words.money}[unit] for unit in UNITS},
        "borders": {"1": {"bottom": {"style": "thin", "color": "#CCCCCC"}}},
        "revisionId": "START_REVISION",
        "uniqueFigureIds": True,
        "settings": {},
        "pivots": pivots,
        "pivotNextId": len(pivots) + 1,
        "customTableStyles": {},
        "globalFilters": _filters(figures, words),
        "lists": {},
        "listNextId": 1,
        "chartOdooMenusReferences": {figure.code: figure.menu for figure in figures if figure.menu},
    }


def _format(unit):
    """Return the number under which the format of a unit is kept."""
    return UNITS.index(unit) + 1


# ---- the table ----


def _list_cells(listed, rows):
    """Return the pivots and the cells of the table: values, last year's, change."""
    pivots, cells = {}, {}
    names = {figure.code: f"B{rows[figure.code]}" for figure in listed}
    before = {code: f"C{row}" for code, row in rows.items()}
    compared = {figure.code for figure in listed if figure.model and PERIOD in figure.matching}
    for figure in listed:
        row = rows[figure.code]
        if figure.formula:
            cells[f"B{row}"] = to_cell(figure.formula, names)
            if all(code in compared for code in codes(figure.formula)):
                compared.add(figure.code)
                cells[f"C{row}"] = to_cell(figure.formula, before)
        else:
            cells[f"B{row}"] = _value(pivots, figure, 0)
            if figure.code in compared:
                cells[f"C{row}"] = _value(pivots, figure, -1)
        if figure.code in compared:
            gap = f"B{row}-C{row}" if figure.unit == "percent" else f"(B{row}-C{row})/C{row}"
            cells[f"D{row}"] = f'=IFERROR({gap}, "–")'
    return pivots, cells


def _value(pivots, figure, offset):
    """Return the formula of a figure, whose pivot is added where none gives it yet."""
    matching = {
        name: {"chain": chain, "type": kind, **({"offset": offset} if name == PERIOD else {})}
        for name, (chain, kind) in figure.matching.items()
    }
    shape = {"model": figure.model, "domain": figure.domain, "fieldMatching": matching}
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
            **({"actionXmlId": figure.action} if figure.action else {}),
            **shape,
        }
    name, _separator, aggregator = figure.measure.partition(":")
    measure = {"id": figure.measure, "fieldName": name, **({"aggregator": aggregator} if aggregator else {})}
    if measure not in pivots[number]["measures"]:
        pivots[number]["measures"].append(measure)
    return f'=IFERROR(PIVOT.VALUE({number}, "{figure.measure}"), 0)'


def _sheet(cells, drawn, listed, rows, first, words):
    """Return the one sheet: its cells with their styles and formats, and what is drawn on it."""
    last = first + 1 + len(listed)
    header = dict(zip("ABCDE", (words.figure, words.value, words.before, words.change, words.meaning), strict=True))
    texts = {f"A{first}": words.title, **{f"{column}{first + 1}": text for column, text in header.items()}}
    formats = {}
    for figure in listed:
        row = rows[figure.code]
        texts.update({f"A{row}": figure.label, f"E{row}": figure.meaning})
        formats[f"B{row}:C{row}"] = _format(figure.unit)
    formats[f"D{first + 2}:D{last}"] = _format("percent")
    return {
        "id": SHEET,
        "name": SHEET,
        "colNumber": len(COLUMNS),
        "rowNumber": last,
        "rows": {str(row - 1): {"size": 40} for row in (first, *rows.values())},
        "cols": {str(rank): {"size": size} for rank, size in enumerate(COLUMNS.values())},
        "merges": [],
        "cells": {**texts, **cells},
        "styles": {
            f"A{first}": TITLE,
            f"A{first + 1}:E{first + 1}": HEADER,
            f"A{first + 2}:A{last}": TEXT,
            f"B{first + 2}:D{last}": NUMBER,
            f"E{first + 2}:E{last}": TEXT,
        },
        "formats": formats,
        "borders": {f"A{first + 1}:E{last}": 1},
        "conditionalFormats": [],
        "dataValidationRules": [],
        "figures": drawn,
        "tables": [],
        "areGridLinesVisible": False,
        "isVisible": True,
        "headerGroups": {"ROW": [], "COL": []},
        "comments": {},
    }


def _filters(figures, words):
    """Return the filters that at least one figure answers to."""
    used = {name for figure in figures for name in figure.matching}
    known = [
        {"id": PERIOD, "type": "date", "label": words.period, "defaultValue": "year_to_date"},
        {"id": TERRITORY, "type": "relation", "label": words.territory, "modelName": "association.territory"},
        {"id": CATEGORY, "type": "relation", "label": words.category, "modelName": "association.category"},
    ]
    return [one for one in known if one["id"] in used]


# ---- what is drawn ----


def _cards_height(cards):
    return -(-cards // CARDS_A_ROW) * (CARD_HEIGHT + GAP)


def _first_row(cards, charts):
    """Return the row of the table's title: the first one below the charts; rows count from 1."""
    height = _cards_height(cards) + -(-charts // 2) * (CHART_HEIGHT + GAP)
    return -(-height // ROW) + 1


def _place(x, y, width, height):
    return {"tag": "chart", "col": 0, "row": 0, "offset": {"x": x, "y": y}, "width": width, "height": height}


def _card(figure, rank, row, words, cells):
    """Return the card of a figure, with its change since last year where that is known."""
    width = (WIDTH - (CARDS_A_ROW - 1) * GAP) // CARDS_A_ROW
    line, place = divmod(rank, CARDS_A_ROW)
    up, down = COLOURS[figure.better]
    data = {
        "type": "scorecard",
        "chartId": figure.code,
        "title": {"text": figure.label, "color": "#434343", "bold": True},
        "background": "#EFF6FF",
        "keyValue": f"{SHEET}!B{row}",
        "humanize": figure.unit == "money",
        # A percentage of 0 is infinite: the table has it where it means something.
        "baselineMode": "difference",
        "baselineColorUp": up,
        "baselineColorDown": down,
    }
    if f"C{row}" in cells:
        data.update(baseline=f"{SHEET}!C{row}", baselineDescr={"text": words.since})
    return {
        "id": figure.code,
        **_place(place * (width + GAP), line * (CARD_HEIGHT + GAP), width, CARD_HEIGHT),
        "data": data,
    }


def _chart(figure, rank, charts, top):
    """Return a chart, two side by side; the last one of an odd number is as wide as the page."""
    line, place = divmod(rank, 2)
    alone = rank == charts - 1 and not place
    width = WIDTH if alone else (WIDTH - GAP) // 2
    kind = "line" if figure.chart == "running" else figure.chart
    name = figure.measure.partition(":")[0]
    running = figure.chart == "running"
    data = {
        "type": f"odoo_{kind}",
        "chartId": figure.code,
        "title": {"text": figure.label, "color": "#434343", "bold": True, "fontSize": 14},
        "background": "#FFFFFF",
        "legendPosition": "top" if kind == "pie" or len(figure.group_by) > 1 else "none",
        "metaData": {
            "groupBy": list(figure.group_by),
            "measure": name,
            "order": None,
            "resModel": figure.model,
            "mode": "bar" if kind == "waterfall" else kind,
            "cumulatedStart": running,
        },
        "searchParams": {
            "comparison": None,
            "context": {},
            "domain": figure.domain,
            "groupBy": list(figure.group_by),
            "orderBy": [],
        },
        "dataSets": [{}],
        "verticalAxisPosition": "left",
        "stacked": kind == "bar",
        "cumulative": running,
        "cumulatedStart": running,
        "showSubTotals": kind == "waterfall",
        "showConnectorLines": True,
        "fillArea": running,
        "fieldMatching": {
            name: {"chain": chain, "type": kind_of, **({"offset": 0} if name == PERIOD else {})}
            for name, (chain, kind_of) in figure.matching.items()
        },
        **({"actionXmlId": figure.action} if figure.action else {}),
    }
    place_at = _place(place * (width + GAP), top + line * (CHART_HEIGHT + GAP), width, CHART_HEIGHT)
    return {"id": figure.code, **place_at, "data": data}
