"""wkhtmltopdf beside Odoo, in the user's cache: for who may install no package on a Debian machine."""

import os
import shutil
import stat
from pathlib import Path

from . import places, processes
from .say import Step
from .source.debian import Archive, os_release

#: The program, and fonts with all the letters of Europe.
PACKAGES = ("wkhtmltopdf", "fonts-dejavu-core", "fonts-liberation")
#: What the machine has installed: what is there is not fetched again.
STATUS = Path("/var/lib/dpkg/status")


def folder():
    """Return where the program is unpacked."""
    return places.cache() / f"wkhtmltopdf-{os_release().get('VERSION_CODENAME', 'sid')}"


def put_on_path():
    """Have this process and those that it starts find the unpacked program, if it is there."""
    programs = str(folder() / "bin")
    if (folder() / "bin" / "wkhtmltopdf").exists() and programs not in os.environ["PATH"].split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join((os.environ["PATH"], programs))


def unpack(status=STATUS):
    """Fetch the program and the libraries that the machine lacks, checked by apt, and unpack them.

    :param status: list of the packages that the machine has.
    :raise Problem: if the machine's mirror cannot be reached.
    """
    target = folder()
    making = places.private_folder(target.with_name(f"{target.name}.making-{os.getpid()}"))
    try:
        with Step("Unpacking wkhtmltopdf in the user's cache"):
            for package in _fetch(making, status):
                processes.run(["dpkg-deb", "-x", package, making / "files"], places.log_folder() / "system-tools.log")
            shutil.rmtree(making / "apt")
            _write_program(making, target)
        shutil.rmtree(target, ignore_errors=True)
        making.rename(target)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    put_on_path()


def _fetch(making, status):
    """Return the packages to unpack: the program, its fonts, and the libraries that are not there."""
    suite = os_release().get("VERSION_CODENAME", "sid")
    archive = Archive(making / "apt", suites=(suite,), status=status)
    archive.update()
    return archive.fetch_with_libraries(PACKAGES)


def _write_program(making, target):
    """Write what starts the program among its own libraries and fonts."""
    libraries = {path.parent for path in (making / "files").rglob("*.so*")}
    inside = [str(target / path.relative_to(making)) for path in sorted(libraries)]
    (making / "bin").mkdir()
    fonts = making / "fonts.conf"
    fonts.write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f'  <include ignore_missing="yes">{target}/files/etc/fonts/fonts.conf</include>\n'
        '  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>\n'
        f"  <dir>{target}/files/usr/share/fonts</dir>\n  <dir>/usr/share/fonts</dir>\n"
        f"  <cachedir>{target}/fonts</cachedir>\n</fontconfig>\n",
        encoding="utf-8",
    )
    program = making / "bin" / "wkhtmltopdf"
    program.write_text(
        "#!/bin/sh\n"
        f'export LD_LIBRARY_PATH="{":".join(inside)}"\n'
        f'export QT_PLUGIN_PATH="{target}/files/usr/lib/$(uname -m)-linux-gnu/qt5/plugins"\n'
        f'export FONTCONFIG_FILE="{target}/fonts.conf" QT_QPA_PLATFORM=offscreen\n'
        f'exec "{target}/files/usr/bin/wkhtmltopdf" "$@"\n',
        encoding="utf-8",
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
