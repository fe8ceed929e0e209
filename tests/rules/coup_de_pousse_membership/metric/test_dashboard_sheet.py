"""A dashboard laid out: one cell for each figure, pivots shared, cards and charts that do not overlap."""

import json
from itertools import combinations

import pytest
from coup_de_pousse_membership.calculation.metric.dashboard_parts import SHEET, Figure, Words
from coup_de_pousse_membership.calculation.metric.dashboard_sheet import make_dashboard, make_sample

WORDS = Words("All", "What", "Now", "Before", "Change", "Says", "since", "Period", "Territory", "Category")
PERIOD = {"period": ("date", "date")}


def figures():
    return [
        Figure("members", "Members", model="member", domain=[["state", "=", "member"]], card=True, menu="m.members"),
        Figure("joined", "Joined", model="movement", matching=PERIOD, card=True),
        Figure("amount", "Amount", model="movement", measure="amount:sum", matching=PERIOD, unit="money", card=True),
        Figure("share", "Share", formula="joined / (joined + amount)", unit="percent", card=True, better="none"),
        Figure("mixed", "Mixed", formula="joined + members"),
        Figure("curve", "Curve", model="movement", measure="change:sum", chart="running", group_by=("date:month",)),
        Figure("why", "Why", model="movement", measure="change:sum", chart="waterfall", group_by=("kind",)),
        Figure("pie", "Pie", model="member", chart="pie", group_by=("category_id",)),
    ]


@pytest.fixture
def dashboard():
    return make_dashboard(figures(), WORDS)


def cell_of(dashboard, label, column):
    cells = dashboard["sheets"][0]["cells"]
    [row] = [place[1:] for place, content in cells.items() if content == label and place[0] == "A"]
    return cells.get(f"{column}{row}")


def test_it_is_what_odoo_reads(dashboard):
    assert dashboard["version"] == "18.5.10"
    assert json.loads(json.dumps(dashboard)) == dashboard


def test_figures_of_one_model_and_filter_share_a_pivot(dashboard):
    assert cell_of(dashboard, "Joined", "B") == '=IFERROR(PIVOT.VALUE(2, "__count"), 0)'
    assert cell_of(dashboard, "Amount", "B") == '=IFERROR(PIVOT.VALUE(2, "amount:sum"), 0)'
    assert [pivot["model"] for pivot in dashboard["pivots"].values()] == ["member", "movement", "movement"]
    assert [pivot["fieldMatching"].get("period", {}).get("offset") for pivot in dashboard["pivots"].values()] == [
        None,
        0,
        -1,
    ]


def test_only_what_is_of_a_period_has_a_year_before(dashboard):
    assert cell_of(dashboard, "Members", "C") is None
    assert cell_of(dashboard, "Mixed", "C") is None
    assert "PIVOT.VALUE(3" in cell_of(dashboard, "Joined", "C")
    assert cell_of(dashboard, "Share", "C").startswith("=IFERROR((C")


def test_an_average_of_nothing_is_unknown():
    dashboard = make_dashboard([Figure("mean", "Mean", model="plan", measure="share:avg")], WORDS)
    assert cell_of(dashboard, "Mean", "B").endswith(', "–")')


def test_cards_read_the_table(dashboard):
    cards = [drawn for drawn in dashboard["sheets"][0]["figures"] if drawn["data"]["type"] == "scorecard"]
    assert [card["id"] for card in cards] == ["members", "joined", "amount", "share"]
    assert "baseline" not in cards[0]["data"]
    assert cards[3]["data"]["baseline"].startswith(f"{SHEET}!C")
    assert dashboard["chartOdooMenusReferences"] == {"members": "m.members"}


def test_nothing_overlaps_and_the_table_is_below(dashboard):
    boxes = [
        (one["offset"]["x"], one["offset"]["y"], one["width"], one["height"])
        for one in dashboard["sheets"][0]["figures"]
    ]
    for (x, y, width, height), (other_x, other_y, other_width, other_height) in combinations(boxes, 2):
        assert (
            x + width <= other_x or other_x + other_width <= x or y + height <= other_y or other_y + other_height <= y
        )
    [title] = [int(place[1:]) for place, content in dashboard["sheets"][0]["cells"].items() if content == "All"]
    assert (title - 1) * 23 >= max(y + height for _x, y, _width, height in boxes)


def test_only_filters_that_something_answers_to(dashboard):
    assert [one["id"] for one in dashboard["globalFilters"]] == ["period"]


def test_the_sample_reads_no_record():
    sample = make_sample(figures(), WORDS)
    assert not sample["pivots"]
    text = json.dumps(sample)
    assert "PIVOT" not in text
    assert "odoo_" not in text
    assert "resModel" not in text


def test_empty():
    assert make_dashboard([], WORDS)["sheets"][0]["figures"] == []
