"""The benchmark's report: what it makes of the figures."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench import report


def row(name, path, number, seconds, queries=0):
    return {"row": name, "work": name, "path": path, "number": number, "seconds": seconds, "queries": queries}


ROWS = [
    row("campaign", report.PRODUCT, 1000, 20.0, 4400),
    row("campaign", report.BARE, 1000, 18.0, 4200),
    row("campaign", report.PRODUCT, 5000, 110.5, 22000),
    row("campaign", report.BARE, 5000, 80.0, 21000),
    row("peer", report.PEER, 1000, 200.0, 59000),
    row("refresh_nothing", report.PRODUCT, 1, 0.001, 1),
    row("refresh", report.PRODUCT, 5000, 0.4, 3),
    row("refresh", "one SQL UPDATE", 5000, 0.2, 1),
]


def test_targets():
    found = {what: (value, met) for what, value, _wanted, met in report.targets(report.Results(ROWS))}
    assert found == {
        "Campaign of 1,000: time beside the engine given everything": ("1.11 ×", True),
        "Campaign of 5,000: time beside the engine given everything": ("1.38 ×", False),
        "Campaign: growth of the time per invoice from 1,000 to 5,000": ("10.5 %", False),
        "Campaign of 1,000: times faster than the OCA's addon": ("10 ×", True),
        "Nightly refresh, nothing to do: queries": ("1", True),
        "Nightly refresh: time beside one SQL UPDATE": ("2 ×", True),
    }


def test_what_was_not_measured_is_left_out():
    assert not list(report.targets(report.Results([])))
    text = report.write([row("overview", report.PRODUCT, 1, 0.02, 4)], ["Not measured: peer (no network)."])
    assert text.endswith("- Not measured: peer (no network).\n")
    assert "| Overview: time on the server | 20 ms | ≤ 300 ms | yes |" in text
    assert "| overview | Coup de Pousse | 20 ms | 4 | 0.02 s |" in text
