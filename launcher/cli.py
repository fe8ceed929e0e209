"""The command line of ./cdp."""

import argparse
import errno
import os
import re
import signal
import sys

from . import processes
from .say import Problem, Stop
from .settings import DEFAULT_DATABASE, DEFAULT_PORT, UPSTREAM_GIT


def main(arguments):
    """Do what the command line says; return the exit status."""
    options = parser().parse_args(arguments)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        return options.action(options)
    except Stop:
        return 0 if options.command == "run" and getattr(options, "served", False) else 130
    except Problem as problem:
        print(f"\n{problem}", file=sys.stderr, flush=True)
        return 1
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        print(f"\nThe disk is full ({error.filename}). Free some room and start again: it goes on where it stopped.",
              file=sys.stderr, flush=True)  # fmt: skip
        return 1
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # stopping is not to be stopped half way
        processes.stop_all()


def _stop(_number, _frame):
    os.write(2, "\nStopping…\n".encode())  # not print: it may have been interrupted itself
    raise Stop


def parser():
    """Return the parser of the command line."""
    top = argparse.ArgumentParser(prog="./cdp", description="Coup de Pousse on Odoo 19: run it, test it.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name, text, *parents):
        command = commands.add_parser(name, help=text, description=text, parents=parents)
        command.set_defaults(action=lambda options: _load(name)(options))  # noqa: PLW0108 - imported late
        return command

    _add_working(add)
    _add_keeping(add)
    return top


def _add_working(add):
    """Add the commands that serve the product, or work on its code."""
    source, base = _source_options(), _database_options()
    run = add("run", "prepare everything, then serve the product until Ctrl-C", source, base)
    run.add_argument("--port", type=_port, default=DEFAULT_PORT, help="port of 127.0.0.1 (default: %(default)s)")
    run.add_argument("--url", type=_url, help="the address that people use, behind a proxy; kept from then on")
    run.add_argument(
        "--set", metavar="NAME=VALUE", action="append", default=[], type=_option, help="an option of Odoo's own"
    )
    run.add_argument("--no-demo", dest="demo", action="store_false", help="no demo data in a new database")
    test = add("test", "run the tests on a fresh database", source)
    test.add_argument(
        "names", nargs="*", metavar="NAME", help="an addon, a room, a test class, a test file, rules: that part only"
    )
    bench = add("bench", "measure the product beside Odoo's engine and the OCA's addon (40 minutes)", source)
    bench.add_argument("--quick", action="store_true", help="smaller numbers, in less than 5 minutes")
    bench.add_argument("names", nargs="*", metavar="ROW", help="campaign, payments, quotes…: that part only")
    shell = add("shell", "Odoo's shell on the product's database; a script may come on standard input", source, base)
    shell.set_defaults(port=DEFAULT_PORT)
    lint = add("lint", "run the linters at their pinned versions")
    lint.add_argument("--fix", action="store_true", help="let ruff and prettier rewrite what they can")


def _add_keeping(add):
    """Add the commands that keep the product's data, or drop them."""
    base = _database_options()
    backup = add("backup", "write the database and its files into one archive, also while it is served", base)
    backup.add_argument("file", nargs="?", metavar="FILE", help="the archive to write (default: one in backups/)")
    restore = add("restore", "make the database and its files of an archive, in an empty place", base)
    restore.add_argument("file", metavar="FILE", help="an archive that ./cdp backup wrote")
    reset = add("reset", "drop the product's data of this checkout", base)
    reset.add_argument("--yes", action="store_true", help="do not ask")


def _load(name):
    """Import a command only when it is asked for."""
    from importlib import import_module

    module = {"test": "testing", "restore": "backup"}.get(name, name)
    return getattr(import_module(f"launcher.{module}"), name)


def _source_options():
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument("--odoo", metavar="PATH", help="a source tree of Odoo 19 to use instead of fetching one")
    options.add_argument("--odoo-from", choices=("auto", "debian", "git"), default="auto", help=argparse.SUPPRESS)
    options.add_argument(
        "--odoo-git", metavar="URL", help=f"git repository to clone Odoo from (default: {UPSTREAM_GIT})"
    )
    return options


def _database_options():
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument("--database", default=DEFAULT_DATABASE, help="name of the database (default: %(default)s)")
    options.add_argument("--db-host", help="an existing PostgreSQL (also: PGHOST; its password: PGPASSWORD)")
    options.add_argument("--db-port", type=_port, help="its port")
    options.add_argument("--db-user", help="its user")
    options.add_argument("--db-password", help=argparse.SUPPRESS)
    return options


def _url(text):
    if not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", text):
        raise argparse.ArgumentTypeError(f"{text} is no address: https://…")
    return text.rstrip("/")


def _option(text):
    name, equals, value = text.partition("=")
    if not equals or not re.fullmatch(r"[a-z_]+", name) or "\n" in value:
        raise argparse.ArgumentTypeError(f"{text} is no option: NAME=VALUE")
    return name, value


def _port(text):
    number = int(text)
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError(f"{text} is no port: 1 to 65535")
    return number
