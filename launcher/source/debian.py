"""Odoo as Debian's package: fetched through the machine's own mirror, its signature checked by apt."""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

from .. import processes
from ..places import log_folder
from ..say import Problem, Step
from ..settings import (
    DEBIAN_FONT_AWESOME,
    DEBIAN_FONT_AWESOME_SUITES,
    DEBIAN_LEFT_OUT,
    DEBIAN_LINKED,
    DEBIAN_PACKAGE,
    TOLERATED_BROKEN_LINKS,
)
from . import apt_sources, tree

ROOM_NEEDED = 2_000_000_000  # bytes: the package and what it unpacks to


def os_release():
    """Return the machine's ``/etc/os-release`` as a dictionary."""
    try:
        lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    return {key: value.strip('"') for key, _, value in (line.partition("=") for line in lines) if value}


def is_debian():
    """Return whether this machine is Debian, with its package tools."""
    return os_release().get("ID") == "debian" and bool(shutil.which("apt-get") and shutil.which("dpkg-deb"))


class Archive:
    """An apt of our own beside the machine's: own lists and own cache, no right needed.

    :param folder: where its lists and the fetched packages are kept
    :param suites: releases of Debian that it looks in; by default those that Odoo comes from
    :param status: list of the packages that count as installed; by default none
    """

    def __init__(self, folder, suites=None, status="/dev/null"):
        self.folder, self.status = folder, status
        self.log = log_folder() / "odoo-source.log"
        codename = os_release().get("VERSION_CODENAME", "sid")
        mirror = apt_sources.distribution_mirror(codename)
        if mirror is None:
            raise Problem(f"No mirror of Debian {codename} among this machine's apt sources.")
        self.mirror = mirror
        self.old_suite = codename if codename in DEBIAN_FONT_AWESOME_SUITES else DEBIAN_FONT_AWESOME_SUITES[-1]
        for part in ("lists/partial", "cache/archives/partial", "debs"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        signed = f"[signed-by={mirror.signed_by}] " if mirror.signed_by else ""
        (folder / "sources.list").write_text(
            "".join(f"deb {signed}{mirror.uri} {suite} main\n" for suite in suites or ("sid", self.old_suite)),
            encoding="utf-8",
        )

    def _apt(self, *arguments):
        options = {
            "Dir::State::lists": self.folder / "lists",
            "Dir::State::status": self.status,
            "Dir::Etc::sourcelist": self.folder / "sources.list",
            "Dir::Etc::sourceparts": "/dev/null",
            "Dir::Etc::preferencesparts": "/dev/null",
            "Dir::Cache": self.folder / "cache",
            "APT::Sandbox::User": "root",  # apt's own user could not write into a home folder
            "Acquire::Languages": "none",
            "Acquire::Retries": "2",
            "Acquire::http::Timeout": "30",
        }
        return ["apt-get", *(f"-o{key}={value}" for key, value in options.items()), *arguments]

    def update(self):
        """Fetch the lists of packages; apt checks the archive's signature."""
        processes.run(self._apt("-qq", "-oAPT::Update::Error-Mode=any", "update"), self.log)

    def look_up(self, packages):
        """Return ``(file name, size, sha256)`` of each package, without fetching it."""
        asked = subprocess.run(
            self._apt("--print-uris", "download", *packages),
            cwd=self.folder,  # apt is silent on a package that lies where it is asked
            capture_output=True,
            text=True,
            check=False,
        )
        found = re.findall(r"^'[^']+' (\S+) (\d+) SHA256:([0-9a-f]{64})", asked.stdout, re.M)
        if asked.returncode or len(found) != len(packages):
            raise Problem(f"Debian's mirror has not all of {', '.join(packages)}: {asked.stderr.strip()[-300:]}")
        return [(name, int(size), digest) for name, size, digest in found]

    def fetch(self, packages, step):
        """Fetch the packages that are not there yet, and return their paths in order."""
        wanted = self.look_up(packages)
        folder = self.folder / "debs"
        missing = [
            package
            for package, (name, _size, digest) in zip(packages, self._in_order(packages, wanted), strict=True)
            if not _has_digest(folder / name, digest)
        ]
        if missing:
            total = sum(size for _name, size, _digest in wanted)
            watcher = _Watcher(folder, self.folder / "cache", total, step)
            with watcher:
                processes.run(self._apt("-q", "download", *missing), self.log, cwd=folder)
        return [folder / name for name, _size, _digest in self._in_order(packages, wanted)]

    def fetch_with_libraries(self, packages):
        """Fetch packages with all that they need and that is not installed; return their paths."""
        options = ["-oDebug::NoLocking=1", "-y", "-q", "--download-only", "--no-install-recommends"]
        processes.run(self._apt(*options, "install", *packages), self.log)
        return sorted((self.folder / "cache" / "archives").glob("*.deb"))

    @staticmethod
    def _in_order(packages, wanted):
        by_name = {entry[0].split("_", 1)[0]: entry for entry in wanted}
        return [by_name[re.split("[/=]", package)[0]] for package in packages]


class _Watcher:
    """Tell a step how much of a download has arrived."""

    def __init__(self, folder, partial, total, step):
        import threading

        self._folders, self._total, self._step = (folder, partial), total, step
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self):
        while not self._over.wait(1):
            size = 0
            for folder in self._folders:
                for path in folder.rglob("*"):
                    try:
                        size += path.stat().st_size if path.suffix == ".deb" or "partial" in path.parts else 0
                    except OSError:
                        continue  # renamed meanwhile
            self._step.progress(f"{min(size, self._total) // 1_000_000} of {self._total // 1_000_000} MB")

    def __enter__(self):
        self._thread.start()

    def __exit__(self, *_):
        self._over.set()


def _has_digest(path, digest):
    if not path.is_file():
        return False
    with open(path, "rb") as file:
        return (
            hashlib.file_digest(file, "sha256").hexdigest() == digest
            if hasattr(hashlib, "file_digest")
            else (hashlib.sha256(file.read()).hexdigest() == digest)
        )


def packages_needed(archive):
    """Return the packages to unpack, as apt names them (``name/suite``)."""
    return [
        f"{DEBIAN_PACKAGE}/sid",
        *(f"{name}/sid" for name in DEBIAN_LINKED),
        f"{DEBIAN_FONT_AWESOME}/{archive.old_suite}",
    ]


def fetch(folder):
    """Fetch what is needed into ``folder`` and return ``(version, paths of the packages)``."""
    free = shutil.disk_usage(folder).free
    if free < ROOM_NEEDED:
        raise Problem(
            f"Only {free // 1_000_000} MB are free on the disk of {folder}, and Odoo needs "
            f"{ROOM_NEEDED // 1_000_000} MB. Free some, or set XDG_CACHE_HOME to a folder on another disk."
        )
    with Step("Odoo 19: fetching Debian's package") as step:
        archive = Archive(folder)
        archive.update()
        paths = archive.fetch(packages_needed(archive), step)
    return paths[0].name.split("_")[1].replace("%3a", ":"), paths


def unpack(packages, folder):
    """Unpack the packages into ``folder`` and see that the result is whole."""
    with Step("Odoo 19: unpacking") as step:
        for number, package in enumerate(packages, 1):
            step.progress(f"package {number} of {len(packages)}")
            processes.run(["dpkg-deb", "-x", package, folder], log_folder() / "odoo-source.log")
        root = tree.recognise(folder).root
        for name in DEBIAN_LEFT_OUT:
            path = root / "odoo" / "addons" / name
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text("", encoding="utf-8")
        broken = [
            path
            for path in (Path(top) / name for top, folders, files in os.walk(folder) for name in (*folders, *files))
            if path.is_symlink() and not path.exists() and not str(path).endswith(TOLERATED_BROKEN_LINKS)
        ]
        if broken:
            raise Problem(
                f"Debian's package of Odoo links to {len(broken)} files that are not there, such as {broken[0]} -> "
                f"{os.readlink(broken[0])}. Fetch upstream's source instead: ./cdp run --odoo-from git"
            )
