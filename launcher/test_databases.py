"""The PostgreSQL of the tests, and fresh databases in it."""

import contextlib
import hashlib
import json
import os
import shutil

from . import addons, collation, database, environment, locks, odoo_conf, places, postgres
from .cluster import Cluster
from .say import Step

#: Set for tests that are run while this launcher's PostgreSQL is there for them.
RUNNING = "CDP_TEST_POSTGRES"
_PREFIX = "coup_de_pousse_test"


@contextlib.contextmanager
def server():
    """Give the tests' :class:`~launcher.postgres.Server`, started here unless it runs already."""
    cluster = Cluster("test", careless=True)
    if os.environ.get(RUNNING):
        yield cluster.running()
        return
    with Step("PostgreSQL for the tests: starting"):
        started = cluster.start()
    try:
        yield started
    finally:
        cluster.stop()


def fresh(server, name):
    """Return a fresh database with Odoo's modules, copied from one that is made once.

    :param name: whose it is: two at once need two names
    """
    folder = places.STATE / "test" / "data"
    name = f"{_PREFIX}_{name}"
    conf = odoo_conf.write(places.STATE / "test" / f"{name}.conf", server, folder, name, postgres.free_port(),
                           {"max_cron_threads": 0})  # fmt: skip
    base = database.Database(server, name, conf, folder)
    with locks.lock(places.STATE / "test" / "template.lock"):
        template = _template(server, conf, folder)
        if name in server.databases():
            base.drop(name)
        server.query(f"CREATE DATABASE {name} TEMPLATE {template}")
    files = folder / "filestore"
    if (files / template).exists():
        shutil.copytree(files / template, files / name, copy_function=os.link)
    return base


def _template(server, conf, folder):
    """Return the name of the database to copy, made if need be; older ones go."""
    tree = next(environment.VENV.glob("lib/python*/site-packages/odoo-source.pth")).read_text(encoding="utf-8")
    script = (places.INSIDE / "database.py").read_bytes()
    key = hashlib.sha256(json.dumps([addons.odoo_modules(), tree, collation.CLAUSES]).encode() + script).hexdigest()[
        :12
    ]
    template = f"template_{key}"
    base = database.Database(server, template, conf, folder)
    existing = server.databases()
    if template in existing:
        return template
    for name in existing:
        if name.startswith("template_"):
            base.drop(name)
    base.make_odoo(f"{template}_making")
    base.rename(f"{template}_making")
    return template
