"""./cdp bench: what the product costs, beside Odoo's accounting engine and beside the OCA's addon."""

import json

from . import database, environment, locks, odoo_conf, places, postgres, processes, run
from .cluster import Cluster
from .say import Problem, Step, say, warn

FOLDER = places.CHECKOUT / "tests" / "bench"
RESULTS = FOLDER / "RESULTS.md"
#: The peer, as PyPI has it, and the module that it brings.
PEER, PEER_MODULE = "odoo-addon-membership==19.0.1.1.0.10", "membership"
#: What is measured, in this order: (row, arguments), in full and in short.
ROWS = {
    False: (
        ("quotes", {"number": 5000}),
        ("refresh", {"number": 5000}),
        ("overview", {"number": 100_000}),
        ("representativeness", {"members": 20_000, "seats": 500}),
        ("assembly", {"members": 2_000, "proxies": 400, "votes": 3}),
        ("funding", {"plans": 1_000, "lines": 500}),
        ("dashboard", {"memberships": 100_000, "missions": 2_000, "seats": 500}),
        ("dashboard", {"memberships": 1_000_000, "missions": 10, "seats": 20}),
        ("receipts", {"number": 1000}),
        ("simulator", {"number": 5000}),
        ("export", {"number": 20_000}),
        ("campaign", {"number": 1000, "ordinary": 200}),
        ("campaign", {"number": 5000}),
        ("payments", {"number": 1000}),
        ("peer", {"number": 1000}),
    ),
    True: (
        ("quotes", {"number": 1000}),
        ("refresh", {"number": 1000}),
        ("overview", {"number": 20_000}),
        ("representativeness", {"members": 2_000, "seats": 100}),
        ("assembly", {"members": 200, "proxies": 40, "votes": 3}),
        ("funding", {"plans": 100, "lines": 100}),
        ("dashboard", {"memberships": 10_000, "missions": 100, "seats": 100}),
        ("receipts", {"number": 100}),
        ("simulator", {"number": 500}),
        ("export", {"number": 2_000}),
        ("campaign", {"number": 200, "ordinary": 30}),
        ("campaign", {"number": 400}),
        ("payments", {"number": 30}),
        ("peer", {"number": 30}),
    ),
}


def bench(options):
    """Measure everything, write the table, print it; return the exit status."""
    with locks.lock(places.STATE / "bench.lock", about="running the benchmark"):
        run.prepare(options, ("requirements.txt", "requirements-test.txt"))  # a network is made as the tests make it
        cluster = Cluster("bench")
        with Step("PostgreSQL for the benchmark: starting"):
            server = cluster.start()
        try:
            return measure(server, options.quick, options.names)
        finally:
            cluster.stop()


def measure(server, quick, names):
    """Measure the rows and write the report."""
    folder = places.STATE / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    results = folder / "results.jsonl"
    results.unlink(missing_ok=True)
    rows = [row for row in ROWS[quick] if not names or row[0] in names]
    if not rows:
        raise Problem(
            f"Nothing to measure is called {' '.join(names)}. Rows: {', '.join(row for row, _ in ROWS[quick])}."
        )
    template = make_template(server, folder)
    product = make_product(server, folder, template) if set(dict(rows)) - {"peer"} else None
    notes = []
    for row, arguments in rows:
        try:
            if row == "peer":
                base = make_peer(server, folder, template)
            else:
                base = copy(server, folder, product, "bench_row")
            measure_row(base, row, arguments, results)
        except Problem as problem:
            warn(str(problem))
            notes.append(f"Not measured: {row} ({str(problem).splitlines()[-1].strip()}).")
    target = folder / "RESULTS.md" if quick or names else RESULTS
    processes.run(
        [environment.python(), FOLDER / "report.py", results, target, *notes], places.log_folder() / "bench.log"
    )
    say(f"\n{target.read_text(encoding='utf-8')}\nWritten to {target}")
    return 1 if notes else 0


def measure_row(base, row, arguments, results):
    """Measure one row in its database, in a process of its own."""
    with Step(f"Measuring: {row} {arguments}"):
        processes.run(
            [environment.python(), FOLDER / "run.py", row, json.dumps(arguments), results,
             "-c", base.conf, "-d", base.name, "--log-level=warn"],
            places.log_folder() / "bench.log",
        )  # fmt: skip


def make_template(server, folder):
    """Return the name of a French database with Odoo's own modules, made once."""
    base = open_database(server, folder, "bench_template")
    if base.name not in server.databases():
        base.clear("bench_making")
        base.make_odoo("bench_making")
        base.rename("bench_making")
    return base.name


def make_product(server, folder, template):
    """Return the name of a fresh database with our addons and no demo data."""
    base = copy(server, folder, template, "bench_product")
    base.install_addons()
    return base.name


def make_peer(server, folder, template):
    """Return a fresh database with the OCA's addon instead of ours."""
    packages = folder / "peer"
    with Step(f"The OCA's addon: {PEER}"):
        command = [environment.python(), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
        processes.run(
            [*command, "--no-deps", "--upgrade", "--target", packages, PEER], places.log_folder() / "bench.log"
        )
        base = copy(server, folder, template, "bench_peer", packages / "odoo" / "addons")
        processes.run(
            [*environment.odoo(), "-c", base.conf, "-d", base.name,
             "-i", PEER_MODULE, "--without-demo=all", "--stop-after-init", "--no-http"],
            places.log_folder() / "bench.log",
        )  # fmt: skip
    return base


def copy(server, folder, template, name, addons=places.ADDONS):
    """Return a database copied from the template, whatever had its name dropped before."""
    base = open_database(server, folder, name, addons)
    base.drop()
    server.query(f"CREATE DATABASE {name} TEMPLATE {template}")
    return base


def open_database(server, folder, name, addons=places.ADDONS):
    """Return the handle of a database of the benchmark."""
    conf = odoo_conf.write(
        folder / f"{name}.conf", server, folder / "data", name, postgres.free_port(),
        {"max_cron_threads": 0, "addons_path": addons},
    )  # fmt: skip
    return database.Database(server, name, conf, folder / "data")
