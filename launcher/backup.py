"""./cdp backup and ./cdp restore: the database and its files, together in one archive.

The archive is a tar of "manifest.json", "database.dump" (pg_dump's own format) and "filestore/…", each file of
which is named after the digest of its content.
"""

import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import tempfile
import time
from pathlib import Path

from . import addons, database, environment, places, processes, run
from .say import Problem, Step, say, warn
from .settings import DEFAULT_DATABASE, DEFAULT_PORT, SERIES

FOLDER = places.CHECKOUT / "backups"
_FILE = re.compile(r"[0-9a-f]{2}/[0-9a-f]{40}")  # what Odoo calls a file in its filestore
_STORED = "SELECT DISTINCT store_fname FROM ir_attachment WHERE store_fname IS NOT NULL"
_LOG = "backup.log"


# ---- making an archive ----


def backup(options):
    """Write the archive, whether the product is being served or not; return the exit status."""
    database.check_name(options.database)
    now = time.strftime("%Y-%m-%d-%H%M%S")
    target = Path(options.file).expanduser() if options.file else FOLDER / f"{options.database}-{now}.tar"
    if target.exists():
        raise Problem(f"{target} exists already, and is not replaced. Name another file.")
    if not options.file:
        places.private_folder(FOLDER)
    with run.reachable_database(options) as base:
        if base.name not in base.server.databases():
            raise Problem(f"There is no database {base.name} to back up.")
        with Step(f"Backup of {base.name}") as step:
            files = write_archive(base, target, step)
    size = target.stat().st_size
    say(f"{target}: the database and its {files} files, {size // 1_000_000 + 1} MB. Keep a copy on another machine.")
    return 0


def write_archive(base, target, step):
    """Write the archive, whole or not at all; return the number of files in it."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise Problem(f"Cannot write to {target.parent}: {error.strerror}.") from error
    with folder as name:
        dump, making = Path(name) / "database.dump", Path(name) / "archive"
        with open(making, "xb", opener=places.private) as file, tarfile.open(fileobj=file, mode="w|") as archive:
            manifest = json.dumps({
                "product": "coup-de-pousse", "database": base.name, "odoo": SERIES, "made": time.strftime("%FT%T%z"),
                "addons": addons.hashes(),
            }).encode()  # fmt: skip
            add(archive, "manifest.json", io.BytesIO(manifest), len(manifest))
            # Files of today before the database, and what came meanwhile after it: the database names no other.
            packed = add_files(archive, base.files(), set(), step)
            step.progress("the database")
            run_postgres(base, "pg_dump", "--format=custom", "--no-owner", f"--file={dump}", base.name)
            with open(dump, "rb") as content:
                add(archive, "database.dump", content, dump.stat().st_size)
            packed |= add_files(archive, base.files(), packed, step)
            file.flush()
            os.fsync(file.fileno())
        if missing := {row[0] for row in base.server.query(_STORED, base.name)} - packed:
            warn(f"{len(missing)} files that the database names are not in {base.files()}, such as {min(missing)}.")
        os.rename(making, target)
    return len(packed)


def add_files(archive, folder, packed, step):
    """Add the files that are not packed yet; return their names."""
    found = set()
    for path in sorted(folder.glob("??/*")):
        name = path.relative_to(folder).as_posix()
        if name in packed or not _FILE.fullmatch(name):
            continue
        try:
            with open(path, "rb") as content:
                add(archive, f"filestore/{name}", content, os.fstat(content.fileno()).st_size)
        except FileNotFoundError:
            continue  # Odoo has just removed one that nothing names
        found.add(name)
        step.progress(f"{len(packed) + len(found)} files")
    return found


def add(archive, name, content, size):
    """Add a file to an archive, readable by its owner only."""
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = size, 0o600, int(time.time())
    archive.addfile(member, content)


# ---- reading one ----


def restore(options):
    """Make the database and its files of an archive, in an empty place; return the exit status."""
    database.check_name(options.database)
    options.port = DEFAULT_PORT
    source = Path(options.file).expanduser()
    environment.prepare()
    with run.held("being restored"), run.serving_database(options) as (base, _cluster):
        if base.name in base.server.databases():
            raise Problem(
                f"There is a database {base.name} already, and it is not replaced. Restore under another name "
                f"(./cdp restore FILE --database NAME), or drop it first (./cdp reset)."
            )
        with Step(f"Restoring {base.name} from {source}") as step:
            files = read_archive(base, source, step)
    say(f"Restored: the database {base.name} and its {files} files. Serve it: ./cdp run" + (
        "" if options.database == DEFAULT_DATABASE else f" --database {base.name}"
    ))  # fmt: skip
    return 0


def read_archive(base, source, step):
    """Make the database of an archive, whole or not at all; return the number of its files."""
    making = f"{base.name}_restoring"
    base.clear(making)
    shutil.rmtree(base.files(making), ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=places.private_folder(base.data_dir)) as name:
        try:
            found = unpack(source, Path(name), base.files(making), step)
        except (OSError, EOFError, tarfile.TarError) as error:
            raise Problem(f"{source} cannot be read as a backup: {error}. Nothing was restored.") from error
        dump = Path(name) / "database.dump"
        if not dump.exists():
            raise Problem(f"{source} is no backup made by ./cdp backup, or not a whole one. Nothing was restored.")
        step.progress("the database")
        base.make_empty(making)
        run_postgres(base, "pg_restore", "--exit-on-error", "--no-owner", "--jobs=2", f"--dbname={making}", dump)
    if missing := {row[0] for row in base.server.query(_STORED, making)} - found:
        warn(f"{len(missing)} files that the database names were not in the backup, such as {min(missing)}.")
    base.rename(making)
    return len(found)


def unpack(source, folder, filestore, step):
    """Unpack the dump into ``folder`` and the files into ``filestore``; return the names of the files.

    :raise Problem: a file is not what its name says
    """
    found = set()
    with tarfile.open(source, mode="r|*") as archive:
        for member in archive:
            name = member.name.removeprefix("filestore/")
            if member.name == "database.dump":
                target = folder / member.name
            elif member.name != name and _FILE.fullmatch(name) and member.isfile():
                target = filestore / name
            else:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            with open(target, "wb", opener=places.private) as file:
                shutil.copyfileobj(archive.extractfile(member), file)
            if target.is_relative_to(filestore):
                if hashlib.sha1(target.read_bytes(), usedforsecurity=False).hexdigest() != target.name:
                    raise Problem(
                        f"{source} is damaged: the file {name} in it is not what it was. Nothing was restored."
                    )
                found.add(name)
                step.progress(f"{len(found)} files")
    return found


def run_postgres(base, program, *arguments):
    """Run a program of PostgreSQL's on a server."""
    log = places.log_folder() / _LOG
    processes.run([base.server.binaries / program, *arguments], log, env=base.server.environment())
