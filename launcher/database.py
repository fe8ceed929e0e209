"""The product's database: made once, updated when our addons changed."""

import json
import re
import shutil

from . import addons, places, processes
from .environment import python
from .say import Problem, Step, warn
from .settings import COUNTRY, LANGUAGE, TIMEZONE

COMPANY = "Mon réseau"
_HASHES = "coup_de_pousse.addons"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,50}")


def check_name(name):
    """Refuse a database name that would need quoting."""
    if not _NAME.fullmatch(name):
        raise Problem(f"{name!r} is no name for a database: small letters, digits and underscores, a letter first.")


class Database:
    """One database of ours on a server.

    :param server: a :class:`~launcher.postgres.Server`
    :param conf: path of Odoo's configuration file for it
    :param data_dir: folder of Odoo's files
    """

    def __init__(self, server, name, conf, data_dir):
        self.server, self.name, self.conf, self.data_dir = server, name, conf, data_dir
        self.log = places.log_folder() / f"database-{name}.log"

    def ensure(self, demo):
        """Make the database if absent, update it if our addons changed.

        It is made under another name and renamed when whole, so that an
        interrupted making is never taken for the product; what Odoo's own
        modules took is kept for the next try.
        """
        existing = self.server.databases()
        now = addons.hashes()
        if self.name in existing:
            before = self._installed()
            changed = sorted(name for name in now if before.get(name) != now[name])
            if changed:
                with Step(f"Database {self.name}: updating {', '.join(changed)}") as step:
                    self._addons(self.name, changed, bool(demo and self._has_demo()), step)
            return
        making = f"{self.name}_making"
        if making in existing and not self._has_odoo(making):
            self.drop(making)
            existing.discard(making)
        if making not in existing:
            self.make_odoo(making)
        with Step("Database: installing Coup de Pousse" + (" and its demo data" if demo else "")) as step:
            self._addons(making, [], demo, step)
        self.rename(making)

    def install_addons(self):
        """Install ours in this database, which has Odoo's own modules; no demo data."""
        with Step("Database: installing Coup de Pousse") as step:
            self._addons(self.name, [], False, step)

    def make_odoo(self, name):
        """Make a French database with Odoo's own modules and nothing of ours."""
        task = {
            "modules": addons.odoo_modules(), "country": COUNTRY, "language": LANGUAGE,
            "timezone": TIMEZONE, "company": COMPANY,
        }  # fmt: skip
        with Step("Database: installing Odoo's modules, in French") as step:
            self._run("odoo", task, name, step, f"--load-language={LANGUAGE}")
            self.server.query(f"COMMENT ON DATABASE {name} IS 'Odoo complete'")

    def _has_odoo(self, name):
        rows = self.server.query(
            f"SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '{name}'"
        )
        return rows == [["Odoo complete"]]

    def _addons(self, name, changed, demo, step):
        task = {
            "addons": places.addon_names(), "changed": changed, "modules": addons.odoo_modules(),
            "demo": demo, "hashes": addons.hashes(),
        }  # fmt: skip
        self._run("addons", task, name, step)

    def _run(self, what, task, name, step, *options):
        failures, demo_error = [], None

        def each(line):
            nonlocal demo_error
            found = re.search(r"Loading module (\S+) \((\d+)/(\d+)\)", line)
            if found:
                step.progress(f"{found[1]} ({found[2]} of {found[3]})")
            elif line.startswith("DEMO FAILED"):
                failures.append(line)
            elif "demo data failed to install" in line:
                demo_error = ""
            elif demo_error == "" and re.match(r"[\w.]*(Error|Exception|Violation)\b", line):
                demo_error = line

        command = [python(), places.INSIDE / "database.py", what, json.dumps(task)]
        try:
            processes.run([*command, "-c", self.conf, "-d", name, *options], self.log, each_line=each)
        except Problem as problem:
            if demo_error is None:
                raise
            # What Odoo says last is only what followed from it.
            raise Problem(
                f"The demo data cannot be installed ({demo_error}); the whole story is in {self.log}. "
                f"Fix them, or start without: ./cdp run --no-demo"
            ) from problem
        for failure in failures:
            warn(f"{failure}. The rest is there; the whole story is in {self.log}.")

    def _installed(self):
        """Return the hashes of the addons as they were installed last."""
        try:
            rows = self.server.query(f"SELECT value FROM ir_config_parameter WHERE key = '{_HASHES}'", self.name)
        except Problem as problem:
            raise Problem(
                f"The database {self.name} exists but is not Odoo's. Name another one: ./cdp run --database NAME"
            ) from problem
        return json.loads(rows[0][0]) if rows else {}

    def _has_demo(self):
        names = ", ".join(f"'{name}'" for name in places.addon_names()) or "''"
        return bool(self.server.query(f"SELECT 1 FROM ir_module_module WHERE demo AND name IN ({names})", self.name))

    def rename(self, former):
        """Give the database ``former`` this one's name, its files with it."""
        source, target = (self.data_dir / "filestore" / name for name in (former, self.name))
        shutil.rmtree(target, ignore_errors=True)
        if source.exists():
            source.rename(target)
        self.server.query(f"ALTER DATABASE {former} RENAME TO {self.name}")

    def drop(self, name=None):
        """Drop a database and its files."""
        name = name or self.name
        self.server.query(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        shutil.rmtree(self.data_dir / "filestore" / name, ignore_errors=True)
