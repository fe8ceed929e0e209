"""A dashboard as Odoo's spreadsheets read it (version 18.5.10): cards, charts, and the table of all figures."""

from .dashboard_drawing import draw, get_first_row
from .dashboard_parts import CATEGORY, PERIOD, SHEET, TERRITORY
from .dashboard_table import COLUMNS, FORMATS, STYLES, UNITS, format_number, list_cells, make_sheet

VERSION = "18.5.10"
#: What every dashboard says of itself.
PLAIN = {
    "version": VERSION,
    "borders": {"1": {"bottom": {"style": "thin", "color": "#CCCCCC"}}},
    "revisionId": "START_REVISION",
    "uniqueFigureIds": True,
    "customTableStyles": {},
    "lists": {},
    "listNextId": 1,
}
#: Made-up figures of a dashboard without records, and the columns, off the page, that its charts read.
SAMPLE, SAMPLE_COLUMNS = (24, 31, 38, 52, 45, 60), ("G", "H")


def make_dashboard(figures, words):
    """Return the dashboard of some figures as a dict to be written as JSON.

    Each value is of one pivot, so that a click on it opens the records behind it; the figures of one
    model, domain and filters share a pivot, and so one query.
    """
    listed = [figure for figure in figures if not figure.chart]
    charts = [figure for figure in figures if figure.chart]
    cards = [figure for figure in listed if figure.card]
    first = get_first_row(len(cards), len(charts))
    rows = {figure.code: first + 2 + rank for rank, figure in enumerate(listed)}
    pivots, cells = list_cells(listed, rows)
    drawn = draw(cards, charts, rows, words, cells)
    return {
        **PLAIN,
        "sheets": [make_sheet(cells, drawn, listed, rows, words)],
        "styles": {str(number): style for number, style in STYLES.items()},
        "formats": {str(format_number(unit)): {**FORMATS, "money": words.money}[unit] for unit in UNITS},
        "settings": {},
        "pivots": pivots,
        "pivotNextId": len(pivots) + 1,
        "globalFilters": _filters(figures, words),
        "chartOdooMenusReferences": {figure.code: figure.menu for figure in figures if figure.menu},
    }


def make_sample(figures, words):
    """Return the dashboard of an association that has nothing yet: made-up figures show what will be there."""
    dashboard = make_dashboard(figures, words)
    [sheet] = dashboard["sheets"]
    rank = 0
    for place, content in sheet["cells"].items():
        if "PIVOT.VALUE" in content:
            rank += 1
            sheet["cells"][place] = str(SAMPLE[rank % len(SAMPLE)])
    labels, numbers = (f"{SHEET}!{column}1:{column}{len(SAMPLE)}" for column in SAMPLE_COLUMNS)
    for row, number in enumerate(SAMPLE, 1):
        sheet["cells"].update({f"{SAMPLE_COLUMNS[0]}{row}": str(row), f"{SAMPLE_COLUMNS[1]}{row}": str(number)})
    sheet["colNumber"] = len(COLUMNS) + 1 + len(SAMPLE_COLUMNS)
    for drawn in sheet["figures"]:
        data = drawn["data"]
        if data["type"].startswith("odoo_"):
            drawn["data"] = {
                "type": data["type"].removeprefix("odoo_"),
                "chartId": data["chartId"],
                "title": data["title"],
                "background": data["background"],
                "legendPosition": "none",
                "dataSetsHaveTitle": False,
                "dataSets": [{"dataRange": numbers}],
                "labelRange": labels,
            }
    return {**dashboard, "pivots": {}, "globalFilters": [], "chartOdooMenusReferences": {}}


def _filters(figures, words):
    """Return the filters that at least one figure answers to."""
    used = {name for figure in figures for name in figure.matching}
    known = [
        {"id": PERIOD, "type": "date", "label": words.period, "defaultValue": "year_to_date"},
        {"id": TERRITORY, "type": "relation", "label": words.territory, "modelName": "association.territory"},
        {"id": CATEGORY, "type": "relation", "label": words.category, "modelName": "association.category"},
    ]
    return [one for one in known if one["id"] in used]
