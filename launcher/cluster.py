"""The PostgreSQL of the launcher's own: its data, its password, its processes.

It listens on 127.0.0.1 only, on a free port, and asks for a password that no one
but this checkout's owner can read. Data are never removed here unless that was
asked for (:meth:`Cluster.drop`): what cannot be used is moved aside.
"""

import contextlib
import json
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from . import collation, places, processes
from .places import STATE, checkout_key, log_folder, write_private
from .postgres import Server, binaries, free_port
from .say import Problem, Step, say, warn

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
_WRONG_PASSWORD = "password authentication failed"  # noqa: S105 - what PostgreSQL says


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
        self.process = self.server = None

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
        package = programs.parent.parent
        copy = far_home() / f"postgresql-{package.stat().st_mtime_ns}"
        if not copy.exists():
            making = Path(tempfile.mkdtemp(dir=far_home()))
            # The programs look for their libraries beside the package, where the wheel puts them.
            for folder in (package, package.with_name(f"{package.name}.libs")):
                shutil.copytree(folder, making / folder.name, symlinks=True)
            making.chmod(0o755)
            os.rename(making, copy)
        return copy / programs.relative_to(package.parent)

    # ---- starting and stopping ----

    def start(self):
        """Start PostgreSQL, making its data folder the first time; return the :class:`Server`."""
        STATE.mkdir(exist_ok=True)
        programs = self._programs()
        self._end_orphan()
        password = self._read_note().get("password")
        if not self._is_whole():
            self._set_aside()
            password = secrets.token_urlsafe(24)
            write_private(self.note, json.dumps({"password": password}))
            self._make_data(programs, password)
        elif not password:
            password = self._renew_password(programs)
        try:
            return self._start(programs, password, free_port())
        except Problem as problem:
            if _WRONG_PASSWORD not in str(problem):
                raise
        self.stop()
        return self._start(programs, self._renew_password(programs), free_port())

    def restart(self):
        """Start PostgreSQL again where it was, after it ended by itself."""
        self.stop()
        self._end_orphan()
        return self._start(self.server.binaries, self.server.password, self.server.port)

    def _start(self, programs, password, port):
        self.server = Server("127.0.0.1", port, OWNER, password, programs)
        write_private(self.note, json.dumps({"password": password, "port": port}))
        command = [programs / "postgres", "-D", self.data, "-p", port]
        command += [f"-c{key}={value}" for key, value in self.settings.items()]
        began = self.log.stat().st_size if self.log.exists() else 0
        with open(self.log, "ab", opener=places.private) as log:
            self.process = processes.start(command, self.user, stdout=log, stderr=log, cwd="/", env=self._environment())

        def ready():
            try:
                return bool(self.server.query("SELECT 1"))
            except Problem as problem:
                if _WRONG_PASSWORD in str(problem):
                    raise
                return False

        if not processes.wait_until(ready, 60, self.process):
            raise Problem(self._why_not(began))
        return self.server

    def _environment(self):
        """Return the environment variables of PostgreSQL's processes: their messages in English, French at hand."""
        folder = collation.locale_folder(self._home())
        return {**os.environ, "LC_ALL": "C", **({"LOCPATH": str(folder)} if folder else {})}

    def stop(self):
        """Stop PostgreSQL; the data stay."""
        if self.process is not None:
            processes.stop(self.process, signal.SIGINT, 60)
            self.process = None

    def running(self):
        """Return the :class:`Server` of this cluster that another launcher runs."""
        note = self._read_note()
        if not note.get("password") or not isinstance(note.get("port"), int):
            raise Problem(
                f"{self.note} does not say how to reach the PostgreSQL that runs: it is empty or damaged. "
                f"Stop ./cdp run with Ctrl-C and start it again: it writes the file anew."
            )
        return Server("127.0.0.1", note["port"], OWNER, note["password"], self._programs())

    def drop(self):
        """Remove the data."""
        self._end_orphan()
        shutil.rmtree(self.data, ignore_errors=True)
        self.note.unlink(missing_ok=True)

    # ---- the password ----

    def _read_note(self):
        """Return what is noted of this cluster; nothing if the note is missing or damaged."""
        try:
            note = json.loads(self.note.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return note if isinstance(note, dict) else {}

    def _renew_password(self, programs):
        """Give the database's owner a new password, which whoever owns the data may; return it."""
        password = secrets.token_urlsafe(24)
        command = [programs / "postgres", "--single", "-D", self.data, "postgres"]
        with open(self.log, "ab", opener=places.private) as log:
            process = processes.start(
                command, self.user, stdin=subprocess.PIPE, stdout=log, stderr=log, cwd="/",
                env=self._environment(),
            )  # fmt: skip
            process.communicate(f"ALTER ROLE {OWNER} PASSWORD '{password}'\n".encode())
            processes.stop(process)
        write_private(self.note, json.dumps({"password": password}))
        say(
            f"{self.note.name} was missing, empty or damaged, and with it the password of the database in {self.data}. "
            f"The data are as they were; the database has a new password."
        )
        return password

    # ---- the data ----

    def _is_whole(self):
        """Return whether the folder is a database's: PostgreSQL says what is wrong with it, if anything is."""
        return all((self.data / part).is_file() for part in ("PG_VERSION", "global/pg_control"))

    def _set_aside(self):
        """Move a folder that is no whole database's out of the way, whatever is in it."""
        with contextlib.suppress(FileNotFoundError):
            if any(self.data.iterdir()):
                target = places.aside(self.data)
                warn(
                    f"{self.data} holds no whole database (PG_VERSION or global/pg_control is missing). It was moved "
                    f"to {target}, nothing of it was removed, and a new one is made. If your data were in it, stop "
                    f"here, and restore your last backup (./cdp restore) or have the folder looked at."
                )

    def _make_data(self, programs, password):
        """Make the data folder, whole or not at all: it is filled under another name."""
        making = self.data.with_name(f"{self.data.name}.making")
        with Step("PostgreSQL: making its data folder"):
            shutil.rmtree(making, ignore_errors=True)  # no server ever ran on it
            making.mkdir(mode=0o700)
            with tempfile.NamedTemporaryFile("w", dir=None if self.user else STATE, suffix=".pw") as file:
                file.write(password)
                file.flush()
                if self.user:
                    for path in (making, file.name):
                        os.chown(path, *self.user)
                command = [programs / "initdb", "-D", making, "-U", OWNER, f"--pwfile={file.name}"]
                # A locale of PostgreSQL's own, on every machine; each database of ours has the French one.
                locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
                processes.run(
                    [*command, *locale, "--auth=scram-sha-256", "--no-sync"], self.log, user=self.user, cwd="/"
                )
            (making / "complete").touch(0o600)  # an earlier version of the launcher began anew where this is missing
            with contextlib.suppress(FileNotFoundError):
                self.data.rmdir()  # an empty one
            os.rename(making, self.data)

    # ---- processes that outlived their launcher ----

    def _owners(self):
        """Return the ids of the PostgreSQL processes that work on these data, whatever postmaster.pid says."""
        if not sys.platform.startswith("linux"):
            asked = subprocess.run(["ps", "-axo", "pid=,command="], capture_output=True, text=True, check=False)
            lines = [line.split(None, 1) for line in asked.stdout.splitlines()]
            return [int(pid) for pid, command in lines if f"postgres -D {self.data} " in f"{command} "]
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                # PostgreSQL goes into its data folder, and so do the processes that it starts.
                if (process / "comm").read_text().strip() == "postgres" and os.path.samefile(
                    process / "cwd", self.data
                ):
                    found.append(int(process.name))
        return sorted(found)

    def _end_orphan(self):
        """End a PostgreSQL that outlived its launcher (we hold the lock, so no live launcher owns it)."""
        owners = self._owners()
        lock = self.data / "postmaster.pid"
        try:
            noted = int(lock.read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            noted = None
        for pid in [noted] if noted in owners else owners:  # without its head, the others end as well
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT if pid == noted else signal.SIGTERM)
        if owners and not processes.wait_until(lambda: not self._owners(), 60):
            raise Problem(
                f"A PostgreSQL (process {self._owners()}) still works on {self.data}, and does not end. "
                f"Wait for it, or stop it, then start again."
            )
        if noted and sys.platform.startswith("linux"):
            # Nobody works on the data: the number may be another program's by now, which is none of our business.
            lock.unlink(missing_ok=True)

    def _why_not(self, began):
        with open(self.log, "rb") as log:
            log.seek(began)
            said = log.read().decode(errors="replace").strip().splitlines()[-8:]
        return (
            f"PostgreSQL did not start; its log {self.log} ends with:\n    "
            + "\n    ".join(said or ["(nothing)"])
            + "\n"
            "Correct what it names (disk full? memory? another PostgreSQL on the same data?) and start again, "
            f"or use a server of yours with --db-host. The data in {self.data} were left as they are; if they are "
            "damaged, move that folder elsewhere and restore your last backup: ./cdp restore FILE"
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
