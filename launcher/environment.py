"""The virtual environment: pinned packages, and Odoo within its sight."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from . import processes
from .locks import lock
from .places import CONFIG, INSIDE, STATE, cache, log_folder
from .say import Problem, Step
from .source import debian

VENV = STATE / "venv"


def python(venv=VENV):
    """Return the path of an environment's interpreter."""
    return venv / "bin" / "python"


def odoo(venv=VENV):
    """Return the command that is Odoo's own, to which its options are added."""
    return [python(venv), INSIDE / "odoo_program.py"]


def for_odoo(venv=VENV):
    """Return the environment variables of an Odoo that may run itself again: it looks its Python up by name."""
    return {**os.environ, "PATH": f"{venv / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def prepare(requirements=("requirements.txt",), venv=VENV):
    """Make the environment if it is absent, unfinished, or made for other requirements.

    :param requirements: names of files in ``config/``
    """
    with lock(venv.with_name(f"{venv.name}.lock"), about="preparing the Python environment"):
        mark = venv / "complete.json"
        wanted = {name: _digest(CONFIG / name) for name in requirements}
        base = {"python": sys.version, "place": str(venv)}
        note = _read(mark)
        if note.get("base") != base or not python(venv).exists():
            shutil.rmtree(venv, ignore_errors=True)
            note = {"base": base, "files": {}}
        files = note["files"]
        if all(files.get(name) == digest for name, digest in wanted.items()):
            return
        mark.unlink(missing_ok=True)
        with Step(f"Python packages ({', '.join(requirements)})") as step:
            if not python(venv).exists() or not _has_pip(venv):
                _make(venv)
            _install(venv, requirements, step)
        mark.write_text(json.dumps({"base": base, "files": {**files, **wanted}}), encoding="utf-8")


def _digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read(mark):
    """Return what an environment was made for; nothing if that is missing or damaged."""
    try:
        note = json.loads(mark.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) and isinstance(note.get("files"), dict) else {}


def _has_pip(venv):
    return next(venv.glob("lib/python*/site-packages/pip/__init__.py"), None) is not None


def _make(venv):
    """Make an empty environment; without the part of Python that Debian ships apart, by Debian's pip."""
    log = log_folder() / "packages.log"
    if _module_exists("ensurepip"):
        processes.run([sys.executable, "-m", "venv", "--clear", venv], log)
        return
    processes.run([sys.executable, "-m", "venv", "--clear", "--without-pip", venv], log)
    if not debian.is_debian():
        raise Problem(
            f"This Python ({sys.executable}) cannot make virtual environments: its module ensurepip is missing. "
            f"Install it (on Debian or Ubuntu: apt-get install python{sysconfig.get_python_version()}-venv), "
            f"then start again."
        )
    folder = cache() / "pip"
    with lock(cache() / "pip.lock"):
        folder.mkdir(parents=True, exist_ok=True)
        archive = debian.Archive(folder)
        archive.update()
        with Step("pip: fetching Debian's package") as step:
            (package,) = archive.fetch([f"python3-pip-whl/{archive.old_suite}"], step)
        processes.run(["dpkg-deb", "-x", package, folder / "unpacked"], log)
        wheel = next((folder / "unpacked" / "usr" / "share" / "python-wheels").glob("pip-*.whl"))
        processes.run([python(venv), wheel / "pip", "install", "--no-index", wheel], log)


def _module_exists(name):
    return subprocess.run([sys.executable, "-c", f"import {name}"], capture_output=True, check=False).returncode == 0


def _install(venv, requirements, step):
    paths = [CONFIG / name for name in requirements]
    total = sum(1 for path in paths for line in path.read_text(encoding="utf-8").splitlines() if "==" in line)
    seen = 0

    def progress(line):
        nonlocal seen
        if line.startswith(("Collecting ", "Requirement already satisfied")):
            seen += 1
            step.progress(f"fetching {min(seen, total)} of {total}")
        elif line.startswith("Installing collected"):
            step.progress("installing")

    command = [python(venv), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    command += ["--no-deps", "--no-compile"]  # the list is whole; Python compiles what gets used
    try:
        processes.run(
            command + [part for path in paths for part in ("-r", path)],
            log_folder() / "packages.log",
            each_line=progress,
            env={**os.environ, "PIP_REQUIRE_VIRTUALENV": "1"},
        )
    except Problem as problem:
        raise Problem(
            f"The Python packages could not be installed. Check the network (and pip's proxy or index settings), "
            f"then start again: it goes on where it stopped.\n{problem}"
        ) from problem


def show_odoo(tree, venv=VENV):
    """Put an Odoo tree on the environment's path."""
    folder = next(venv.glob("lib/python*/site-packages"))
    path = folder / "odoo-source.pth"
    text = f"{tree.root}\n"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        temporary = path.with_suffix(f".{os.getpid()}.new")
        temporary.write_text(text, encoding="utf-8")
        os.replace(temporary, path)


def package_folder(name, venv=VENV):
    """Return the folder of an installed package."""
    return Path(next(venv.glob(f"lib/python*/site-packages/{name}")))
