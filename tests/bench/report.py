"""The benchmark's results as two tables in Markdown: what was reached, and all that was measured."""

import datetime
import json
import os
import platform
import sys

PRODUCT, BARE, ORDINARY, PEER = "Coup de Pousse", "engine, everything given", "engine, ordinary way", "OCA membership"


class Results:
    """The measured results.

    :param rows: dictionaries with ``row``, ``work``, ``path``, ``number``, ``seconds``, ``queries``.
    """

    def __init__(self, rows):
        self.rows = rows

    def each(self, row, path, number=None):
        """Return the milliseconds for one thing; of the largest number measured if none is given."""
        found = [
            one for one in self.rows if (one["row"], one["path"]) == (row, path) and number in (None, one["number"])
        ]
        one = max(found, key=lambda one: one["number"], default=None)
        return one and one["seconds"] / one["number"] * 1000

    def queries(self, row, path):
        """Return the queries of a path."""
        return max((one["queries"] for one in self.rows if (one["row"], one["path"]) == (row, path)), default=None)

    def numbers(self, row, path):
        """Return the numbers of things that a path was measured for, the smallest first."""
        return sorted(one["number"] for one in self.rows if (one["row"], one["path"]) == (row, path))


def targets(results):
    """Yield (what, measured, target, whether it is met); None where it was not measured."""
    sizes = results.numbers("campaign", PRODUCT)
    for size in sizes:
        product, bare = (results.each("campaign", path, size) for path in (PRODUCT, BARE))
        yield at_most(f"Campaign of {size:,}: time beside the engine given everything", product / bare, 1.3, "×")
    if len(sizes) > 1:
        first, last = results.each("campaign", PRODUCT, sizes[0]), results.each("campaign", PRODUCT, sizes[-1])
        what = f"Campaign: growth of the time per invoice from {sizes[0]:,} to {sizes[-1]:,}"
        yield at_most(what, (last / first - 1) * 100, 10, "%")
    if sizes and results.each("campaign", ORDINARY):
        gain = results.each("campaign", ORDINARY) / results.each("campaign", PRODUCT, sizes[0])
        yield (f"Campaign of {sizes[0]:,}: times faster than the engine's ordinary way", f"{gain:.1f} ×", "", None)
    if sizes and results.each("peer", PEER):
        gain = results.each("peer", PEER) / results.each("campaign", PRODUCT, sizes[0])
        yield at_least(f"Campaign of {sizes[0]:,}: times faster than the OCA's addon", gain, 8)
    register = results.each("payments", "account.payment.register, all at once")
    for path in ("list of a payout", "bank's statement"):
        each = results.each("payments", f"{PRODUCT}, {path}")
        if each and register:
            what = f"Payments, {path}: times faster than account.payment.register on all at once"
            yield at_least(what, register / each, 20)
    if results.each("refresh", PRODUCT):
        yield at_most("Nightly refresh, nothing to do: queries", results.queries("refresh_nothing", PRODUCT), 1, "")
        ratio = results.each("refresh", PRODUCT) / results.each("refresh", "one SQL UPDATE")
        yield at_most("Nightly refresh: time beside one SQL UPDATE", ratio, 3, "×")
    if results.each("quotes", PRODUCT):
        yield below("Quotes: queries in all", results.queries("quotes", PRODUCT), 20)
        each = results.each("quotes", f"{PRODUCT}, figures read before") * 1000
        yield at_most("Quotes: time of one, figures read before", each, 50, "µs")
    if results.each("overview", PRODUCT):
        yield at_most("Overview: time on the server", results.each("overview", PRODUCT), 300, "ms")
    if results.each("simulator", "compared"):
        number = results.numbers("simulator", "compared")[-1]
        paths = ("compared", "compared again with a lever")
        seconds = max(results.each("simulator", path) for path in paths) * number / 1000
        yield at_most("Simulator: members under four grids, on the server", seconds, 2, "s")
    yield from governance_targets(results)
    yield from funding_targets(results)
    yield from dashboard_targets(results)


def governance_targets(results):
    """Yield the same of the screens of governance."""
    for work in ("Representativeness at a date", "Forecast of three years"):
        if results.each("representativeness", work):
            yield at_most(f"{work}: queries", results.queries("representativeness", work), 10, "")
            yield at_most(f"{work}: time on the server", results.each("representativeness", work), 500, "ms")
    for work in ("The page for the door", "One arrival at the door", "A vote is opened", "A vote is closed"):
        if results.each("assembly", work):
            yield at_most(f"{work}: time on the server", results.each("assembly", work), 300, "ms")


def funding_targets(results):
    """Yield the same of the funding plans."""
    for work, limit in (
        ("Indicators of the plans", 10_000),
        ("A large plan opens", 300),
        ("A large plan recomputes", 300),
    ):
        if results.each("funding", work):
            yield at_most(f"{work}: time on the server", results.each("funding", work), limit, "ms")


def dashboard_targets(results):
    """Yield the same of the directors' dashboards."""
    for memberships, limit in ((100_000, 300), (1_000_000, 100)):
        if results.each("dashboard", f"slowest of {memberships:,}"):
            what = f"Dashboards, {memberships:,} memberships: time of the slowest panel on the server"
            yield at_most(what, results.each("dashboard", f"slowest of {memberships:,}"), limit, "ms")


def at_most(what, value, limit, unit):
    return what, f"{value:.3g} {unit}".strip(), f"≤ {limit} {unit}".strip(), value <= limit


def below(what, value, limit):
    return what, f"{value:.3g}", f"< {limit}", value < limit


def at_least(what, value, limit):
    return what, f"{value:.3g} ×", f"≥ {limit} ×", value >= limit


def machine():
    """Say on what the benchmark ran."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    load = os.getloadavg()[0]
    return (
        f"{datetime.date.today():%d %B %Y}, {os.cpu_count()} cores, {memory:.0f} GB of memory, "
        f"Python {platform.python_version()}, load of the machine at the end {load:.1f}"
    )


def duration(milliseconds):
    """Write a duration as people read it."""
    if milliseconds < 1:
        return f"{milliseconds * 1000:,.0f} µs"
    if milliseconds < 10:
        return f"{milliseconds:,.1f} ms"
    return f"{milliseconds:,.0f} ms"


def write(rows, notes=()):
    """Return the report.

    :param notes: sentences about what was not measured.
    """
    results = Results(rows)
    lines = [
        "# Benchmark",
        "",
        f"{machine()}. Made by `./cdp bench`. Times drift with the machine: what counts is the ratio within one run.",
        "",
        "| target | measured | wanted | met |",
        "| --- | --- | --- | --- |",
    ]
    marks = {True: "yes", False: "**no**", None: ""}
    lines += [f"| {what} | {value} | {wanted} | {marks[met]} |" for what, value, wanted, met in targets(results)]
    lines += ["", "| work | by | for each | queries for each | in all |", "| --- | --- | ---: | ---: | ---: |"]
    for one in rows:
        each = duration(one["seconds"] / one["number"] * 1000)
        queries = f"{one['queries'] / one['number']:.3g}"
        lines.append(f"| {one['work']} | {one['path']} | {each} | {queries} | {one['seconds']:.3g} s |")
    lines += ["", *(f"- {note}" for note in notes)]
    return "\n".join(lines).rstrip() + "\n"


def main():
    source, target, *notes = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    text = write(rows, notes)
    with open(target, "w", encoding="utf-8") as file:
        file.write(text)
    print(text)


if __name__ == "__main__":
    main()
