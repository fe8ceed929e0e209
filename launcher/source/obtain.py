"""Which Odoo to run: one that was named, one in the cache, or one to fetch into it."""

import contextlib
import json
import os
import shutil
import time
from pathlib import Path

from .. import processes
from ..locks import lock
from ..places import cache
from ..say import Problem, say, warn
from ..settings import SERIES, UPSTREAM_BRANCH, UPSTREAM_GIT
from . import debian, tree, upstream

_MARK = ".complete.json"


def find(options):
    """Return the :class:`~launcher.source.tree.Tree` to run, fetched if need be.

    :param options: the command line: ``odoo`` (a path), ``odoo_from``, ``odoo_git``
    """
    if options.odoo:
        return tree.recognise(options.odoo)
    url = options.odoo_git or UPSTREAM_GIT
    wanted = None if options.odoo_from == "auto" and not options.odoo_git else _origin(options, url)
    found = _cached(wanted)
    if found:
        return found
    with lock(cache() / "odoo.lock", about="fetching Odoo"):
        return _cached(wanted) or _fetch(options, url)


def _origin(options, url):
    return "debian" if options.odoo_from == "debian" else f"git {url}"


def _cached(wanted):
    """Return the complete tree in the cache that was made last, of that origin if one is asked for."""
    trees = []
    for mark in cache().glob(f"odoo-{SERIES}*/{_MARK}"):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            note = json.loads(mark.read_text(encoding="utf-8"))
            if wanted in (None, note["origin"]):
                trees.append((note["made"], mark.parent))
    for _made, folder in sorted(trees, reverse=True):
        try:
            return tree.recognise(folder)
        except Problem as problem:
            warn(f"{problem} It is left aside.")
    return None


def _fetch(options, url):
    """Fetch Odoo from Debian, or failing that from upstream; only one launcher at a time gets here."""
    _remove_leftovers()
    said = []
    if options.odoo_from == "debian" or (options.odoo_from == "auto" and not options.odoo_git and debian.is_debian()):
        try:
            return _from_debian()
        except Problem as problem:
            if options.odoo_from == "debian" or processes.STOPPING.is_set():
                raise
            said.append(f"Debian's package: {problem}")
            say(f"Debian's package of Odoo cannot be had ({str(problem).splitlines()[0]}); trying upstream's branch.")
    try:
        return _from_git(url)
    except Problem as problem:
        said.append(f"upstream's branch {UPSTREAM_BRANCH} at {url}: {problem}")
        raise Problem(
            "Odoo's source is out of reach.\n  - " + "\n  - ".join(said) + "\n"
            "Check the network (and the proxy settings), then start again: it goes on where it stopped. "
            "Or get a source tree of Odoo 19 by other means and name it: ./cdp run --odoo PATH"
        ) from problem


def _from_debian():
    folder = cache() / "debian"
    folder.mkdir(parents=True, exist_ok=True)
    version, packages = debian.fetch(folder)
    with _being_made(f"odoo-{version}", "debian") as making:
        debian.unpack(packages, making)
    shutil.rmtree(folder, ignore_errors=True)  # 150 MB that served their purpose
    return tree.recognise(cache() / f"odoo-{version}")


def _from_git(url):
    name = f"odoo-{SERIES}-git"
    with _being_made(name, f"git {url}") as making:
        commit = upstream.clone(url, making)
        (making / ".commit").write_text(commit, encoding="utf-8")
    return tree.recognise(cache() / name)


@contextlib.contextmanager
def _being_made(name, origin):
    """Give a folder to fill; when the block succeeds it becomes the cache's ``name``, whole or not at all."""
    making = cache() / f".making-{name}-{os.getpid()}"  # a name that no orphan of a killed launcher still fills
    making.parent.mkdir(parents=True, exist_ok=True)
    yield making
    mark = {"origin": origin, "made": time.time(), "version": name.removeprefix("odoo-")}
    (making / _MARK).write_text(json.dumps(mark), encoding="utf-8")
    final = cache() / name
    if final.exists():
        _remove(final)
    os.rename(making, final)


def _remove_leftovers():
    """Remove what an interrupted launcher left half made."""
    for path in cache().glob(".making-*"):
        shutil.rmtree(path, ignore_errors=True)


def _remove(path: Path):
    """Remove a tree; its mark goes first, so that a removal cut short is no complete tree."""
    (path / _MARK).unlink(missing_ok=True)
    shutil.rmtree(path)
