"""./cdp run: from whatever is there to a served product."""

import concurrent.futures
import contextlib
import errno
import socket

from . import database, environment, locks, odoo_conf, places, postgres, serving, system_tools
from .cluster import Cluster
from .say import Problem, Step
from .settings import DEFAULT_PORT
from .source import obtain

LOCK = places.STATE / "run.lock"


def run(options):
    """Prepare what is missing, serve until stopped."""
    database.check_name(options.database)
    check_port(options.port)
    url = f"http://127.0.0.1:{options.port}"
    with held(url):
        prepare(options, tools=("wkhtmltopdf",))
        with serving_database(options) as (base, cluster):
            base.ensure(options.demo)
            base.set_address(url, options.url)
            serving.Service(base, url, cluster).serve(options)
    return 0


@contextlib.contextmanager
def held(url):
    """Hold the lock that one running product per checkout holds, or say who has it."""
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(locks.lock(LOCK, wait=False, note={"url": url}))
        except locks.Held as error:
            raise Problem(
                f"Coup de Pousse already runs from this checkout ({error.holder.get('url', 'still starting')}, "
                f"process {error.holder.get('pid', '?')}). Use that one, stop it with Ctrl-C where it was started, "
                f"or run a second one from another clone with --port."
            ) from error
        yield


def check_port(port):
    """Refuse a port that something listens on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno == errno.EACCES:
                raise Problem(
                    f"Port {port} is reserved to root. Choose one above 1023: ./cdp run --port 8070"
                ) from error
            raise Problem(
                f"Port {port} is taken by another program. Stop that one, or choose another port: "
                f"./cdp run --port {port + 1}"
            ) from error


def prepare(options, requirements=("requirements.txt",), tools=()):
    """Have Odoo, its packages and the system's tools ready, side by side; return Odoo's tree."""
    pool = concurrent.futures.ThreadPoolExecutor(3)
    try:
        tree = pool.submit(obtain.find, options)
        packages = pool.submit(environment.prepare, requirements)
        others = pool.submit(system_tools.prepare, tools)
        waiting = {tree, packages, others}
        while waiting:  # short waits, so that Ctrl-C is heard at once
            done, waiting = concurrent.futures.wait(waiting, 0.2, concurrent.futures.FIRST_EXCEPTION)
            for future in done:
                future.result()
        environment.show_odoo(tree.result())
        return tree.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


@contextlib.contextmanager
def serving_database(options):
    """Start PostgreSQL, or take the named one.

    :return: the :class:`~launcher.database.Database`, and the :class:`~launcher.cluster.Cluster` started for it or None
    """
    server = postgres.named_server(options)
    if server is not None:
        yield open_database(server, options), None
        return
    cluster = Cluster("run")
    try:
        with Step("PostgreSQL: starting"):
            server = cluster.start()
        yield open_database(server, options), cluster
    finally:
        cluster.stop()


@contextlib.contextmanager
def reachable_database(options):
    """Give the :class:`~launcher.database.Database`, whether another launcher serves it or not."""
    options.port = DEFAULT_PORT
    environment.prepare()
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(locks.lock(LOCK, wait=False, note={"url": "a backup"}))
        except locks.Held:
            server = postgres.named_server(options) or Cluster("run").running()
            yield database.Database(server, options.database, places.STATE / "odoo.conf", places.STATE / "data")
            return
        base, _cluster = stack.enter_context(serving_database(options))
        yield base


def open_database(server, options):
    """Write Odoo's configuration for a server and return the database on it."""
    data_dir = places.STATE / "data"
    more = dict(getattr(options, "set", ()))
    conf = odoo_conf.write(places.STATE / "odoo.conf", server, data_dir, options.database, options.port, more)
    return database.Database(server, options.database, conf, data_dir)
