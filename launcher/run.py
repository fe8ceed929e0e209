"""./cdp run: from whatever is there to a served product."""

import concurrent.futures
import contextlib
import errno
import socket
import time
import urllib.error
import urllib.request

from . import database, environment, locks, odoo_conf, places, postgres, processes, system_tools
from .say import Problem, Step, elapsed, say
from .settings import ADMINISTRATOR, DEMO_USERS
from .source import obtain

LOCK = places.STATE / "run.lock"


def run(options):
    """Prepare what is missing, serve until stopped."""
    database.check_name(options.database)
    check_port(options.port)
    url = f"http://127.0.0.1:{options.port}"
    with held(url):
        prepare(options, tools=("wkhtmltopdf",))
        with serving_database(options) as base:
            base.ensure(options.demo)
            serve(base, url, options)
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
    """Start PostgreSQL (or take the named one) and give the :class:`~launcher.database.Database`."""
    server = postgres.named_server(options)
    if server is not None:
        yield open_database(server, options)
        return
    cluster = postgres.Cluster("run")
    try:
        with Step("PostgreSQL: starting"):
            server = cluster.start()
        yield open_database(server, options)
    finally:
        cluster.stop()


def open_database(server, options):
    """Write Odoo's configuration for a server and return the database on it."""
    data_dir = places.STATE / "data"
    conf = odoo_conf.write(places.STATE / "odoo.conf", server, data_dir, options.database, options.port)
    return database.Database(server, options.database, conf, data_dir)


def serve(base, url, options):
    """Start Odoo, say where it is, and wait for its end."""
    log_path = places.log_folder() / "odoo.log"
    command = [environment.python(), "-c", "import odoo.cli; odoo.cli.main()", "-c", base.conf]
    with open(log_path, "ab") as log:
        odoo = processes.start(command, stdout=log, stderr=log, cwd=places.STATE)
    try:
        with Step("Odoo: starting"):
            if not processes.wait_until(lambda: answers(f"{url}/web/login"), 180, odoo):
                raise Problem(f"Odoo did not start; its log {log_path} ends with:\n{tail(log_path)}")
        announce(url, options, log_path)
        options.served = True
        while odoo.poll() is None:
            time.sleep(0.2)
        raise Problem(
            f"Odoo ended by itself (status {odoo.returncode}); its log {log_path} ends with:\n{tail(log_path)}"
        )
    finally:
        processes.stop(odoo)  # before PostgreSQL, which it still writes to


def answers(url):
    """Return whether a page is served."""
    try:
        with urllib.request.urlopen(url, timeout=60) as page:  # noqa: S310 - our own address
            return page.status == 200
    except (urllib.error.URLError, OSError):
        return False


def tail(path, lines=12):
    """Return the last lines of a log, indented."""
    text = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(f"    {line}" for line in text[-lines:])


def announce(url, options, log_path):
    """Print the address and who may log in."""
    users = (ADMINISTRATOR, *(DEMO_USERS if options.demo else ()))
    say()
    say(f"Coup de Pousse is served on {url} (after {elapsed()})")
    say()
    for role, login, password in users:
        say(f"  {role:<32} login: {login:<16} password: {password}")
    say()
    say(f"Odoo's log: {log_path}. Ctrl-C stops everything; the data stay.")
