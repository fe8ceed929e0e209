"""What is drawn on a dashboard: cards, and charts two side by side."""

from .dashboard_parts import SHEET
from .dashboard_table import ROW

#: Sizes, in pixels: the page is as wide as Odoo's own dashboards.
WIDTH, GAP = 1000, 10
CARDS_A_ROW, CARD_HEIGHT, CHART_HEIGHT = 4, 101, 300
#: Colours of a change for the better and for the worse.
GOOD, BAD, NEITHER = "#00A04A", "#DC6965", "#6C757D"
COLOURS = {"up": (GOOD, BAD), "down": (BAD, GOOD), "none": (NEITHER, NEITHER)}
TITLE = {"color": "#434343", "bold": True}


def get_first_row(cards, charts):
    """Return the row of the table's title: the first one below what is drawn; rows count from 1."""
    height = _cards_height(cards) + -(-charts // 2) * (CHART_HEIGHT + GAP)
    return -(-height // ROW) + 1


def draw(cards, charts, rows, words, cells):
    """Return the cards and the charts where they stand.

    :param rows: {code: row of the figure in the table}; ``cells``: those of the table.
    """
    drawn = [_card(figure, rank, rows[figure.code], words, cells) for rank, figure in enumerate(cards)]
    return drawn + [_chart(figure, rank, len(charts), _cards_height(len(cards))) for rank, figure in enumerate(charts)]


def _cards_height(cards):
    return -(-cards // CARDS_A_ROW) * (CARD_HEIGHT + GAP)


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
        "title": {"text": figure.label, **TITLE},
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
    """Return a chart where it stands; the last one of an odd number is as wide as the page."""
    line, place = divmod(rank, 2)
    alone = rank == charts - 1 and not place
    width = WIDTH if alone else (WIDTH - GAP) // 2
    place_at = _place(place * (width + GAP), top + line * (CHART_HEIGHT + GAP), width, CHART_HEIGHT)
    return {"id": figure.code, **place_at, "data": _chart_data(figure)}


def _chart_data(figure):
    """Return what a chart shows of which records, and how."""
    running = figure.chart == "running"
    kind = {"running": "line", "beside": "bar"}.get(figure.chart, figure.chart)
    groups = list(figure.group_by)
    return {
        "type": f"odoo_{kind}",
        "chartId": figure.code,
        "title": {"text": figure.label, **TITLE, "fontSize": 14},
        "background": "#FFFFFF",
        "legendPosition": "top" if kind == "pie" or len(groups) > 1 else "none",
        "metaData": {
            "groupBy": groups,
            "measure": figure.measure.partition(":")[0],
            "order": None,
            "resModel": figure.model,
            "mode": "bar" if kind == "waterfall" else kind,
            "cumulatedStart": running,
        },
        "searchParams": {"comparison": None, "context": {}, "domain": figure.domain, "groupBy": groups, "orderBy": []},
        "dataSets": [{}],
        "verticalAxisPosition": "left",
        "stacked": figure.chart == "bar",
        **dict.fromkeys(("cumulative", "cumulatedStart", "fillArea"), running),
        "showSubTotals": kind == "waterfall",
        "showConnectorLines": True,
        "fieldMatching": figure.match(),
        **figure.opens,
    }
