"""The product's database: made once, updated when our addons changed."""

import json
import re
import shutil
import time

from . import addons, collation, places, processes
from .environment import python
from .say import Problem, Step, warn
from .settings import COUNTRY, LANGUAGE, TIMEZONE

COMPANY = "Mon réseau"
_HASHES = "coup_de_pousse.addons"
# What a database's comment says while it is being made; a finished one has none.
_UNFINISHED, _WITH_ODOO = "Unfinished", "Odoo complete"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,50}")


def check_name(name):
    """Refuse a database name that would need quoting."""
    if not _NAME.fullmatch(name):
        raise Problem(f"{name!r} is no name for a database: small letters, digits and underscores, a letter first.")


def _is_local(url):
    """Return whether an address is none, or one that only this machine knows."""
    return not url or bool(re.fullmatch(r"https?://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?/?", url))


def _quoted(text):
    """Return a text as SQL says it."""
    return "'" + text.replace("'", "''") + "'"


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
            collation.renew(self.server, self.name)
            before = self._installed()
            changed = sorted(name for name in now if before.get(name) != now[name])
            if changed:
                with Step(f"Database {self.name}: updating {', '.join(changed)}") as step:
                    self._addons(self.name, changed, bool(demo and self._has_demo()), step)
            return
        making = f"{self.name}_making"
        if making in existing and self._state(making) != _WITH_ODOO:
            self.clear(making)
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
            self.make_empty(name)
            self._run("odoo", task, name, step, f"--load-language={LANGUAGE}")
            self.server.query(f"COMMENT ON DATABASE {name} IS '{_WITH_ODOO}'")

    def make_empty(self, name):
        """Make a database without tables, as Odoo makes its own, marked as not finished."""
        collation.create(self.server, name)
        self.server.query(f"COMMENT ON DATABASE {name} IS '{_UNFINISHED}'")
        self.server.query("CREATE EXTENSION IF NOT EXISTS pg_trgm", name)
        self.server.query("CREATE EXTENSION IF NOT EXISTS unaccent", name)
        # Odoo's indexes need it so, and a dump does not say it: without this, none of them can be restored.
        self.server.query("ALTER FUNCTION unaccent(text) IMMUTABLE", name)
        self.server.query("GRANT CREATE ON SCHEMA public TO public", name)

    def clear(self, name):
        """Make a name free: what a launcher left unfinished is dropped, anything else only gets another name."""
        if self._state(name) in (_UNFINISHED, _WITH_ODOO):
            self.drop(name)
        elif name in self.server.databases():
            target = f"{name[:40]}_{time.strftime('%Y%m%d%H%M%S')}"
            self.server.query(f"ALTER DATABASE {name} RENAME TO {target}")
            warn(f"There was a database {name} that this launcher did not leave there. It is called {target} now.")

    def _state(self, name):
        """Return what is noted at a database that is being made."""
        rows = self.server.query(
            f"SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '{name}'"
        )
        return rows[0][0] if rows else None

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
            processes.run(
                [*command, "-c", self.conf, "-d", name, *options], self.log, each_line=each, umask=processes.PRIVATE
            )
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
        try:
            return dict(json.loads(rows[0][0]))
        except (IndexError, TypeError, ValueError):
            return {}  # not noted, or not to be read: all are updated

    def _has_demo(self):
        names = ", ".join(f"'{name}'" for name in places.addon_names()) or "''"
        return bool(self.server.query(f"SELECT 1 FROM ir_module_module WHERE demo AND name IN ({names})", self.name))

    def set_address(self, served, public=None):
        """Have links in mails, and the styles of PDF documents, name the address in use.

        :param served: where Odoo listens
        :param public: the address that people use, behind a proxy; kept from then on
        """
        before = self._parameter("web.base.url")
        address = public or (served if _is_local(before) else before)
        self._set_parameter("web.base.url", address)
        if public:
            self._set_parameter("web.base.url.freeze", "True")  # or it follows each administrator's browser
        if not _is_local(address) and _is_local(self._parameter("report.url")):
            self._set_parameter("report.url", served)  # what makes the documents is beside Odoo, not before the proxy

    def _parameter(self, key):
        rows = self.server.query(f"SELECT value FROM ir_config_parameter WHERE key = {_quoted(key)}", self.name)
        return rows[0][0] if rows else None

    def _set_parameter(self, key, value):
        self.server.query(
            f"INSERT INTO ir_config_parameter (key, value) VALUES ({_quoted(key)}, {_quoted(value)})"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            self.name,
        )

    def rename(self, former):
        """Give the database ``former`` this one's name, its files with it; it is a finished one then."""
        source, target = (self.files(name) for name in (former, self.name))
        if target.exists() and any(target.iterdir()):
            kept = places.aside(target)
            warn(f"There were files of another database {self.name}: they were moved to {kept}, none was removed.")
        if source.exists():
            source.rename(target)
        self.server.query(f"ALTER DATABASE {former} RENAME TO {self.name}")
        self.server.query(f"COMMENT ON DATABASE {self.name} IS NULL")

    def files(self, name=None):
        """Return the folder of a database's files, which Odoo calls its filestore."""
        return self.data_dir / "filestore" / (name or self.name)

    def drop(self, name=None):
        """Drop a database and its files."""
        name = name or self.name
        self.server.query(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        shutil.rmtree(self.files(name), ignore_errors=True)
