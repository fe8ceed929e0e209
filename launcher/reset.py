"""./cdp reset: drop the product's data of this checkout, after asking."""

import shutil
import sys

from . import database, environment, places, postgres, run
from .cluster import Cluster
from .say import Problem, say


def reset(options):
    """Drop the database and its files; the fetched programs stay."""
    database.check_name(options.database)
    with run.held("being reset"):
        server = None
        if environment.python().exists():
            server = postgres.named_server(options)
        what = f"the database {options.database} on {server.host}" if server else "all databases of this checkout"
        if not options.yes and not confirmed(what):
            say("Nothing was dropped.")
            return 1
        if server:
            options.port = None
            base = run.open_database(server, options)
            base.drop(f"{options.database}_making")
            base.drop()
        else:
            Cluster("run").drop()
            shutil.rmtree(places.STATE / "data", ignore_errors=True)
    say(f"Dropped {what}, with the files. ./cdp run makes new ones.")
    return 0


def confirmed(what):
    """Ask; only a plain yes is one."""
    if not sys.stdin.isatty():
        raise Problem("Nobody is there to ask. To drop the data without being asked: ./cdp reset --yes")
    return input(f"Drop {what}, with the files? What was typed in is lost. [y/N] ").strip().lower() in (
        "y",
        "yes",
        "o",
        "oui",
    )
