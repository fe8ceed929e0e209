"""Programs of the system that the product, its tests or its linters use: wkhtmltopdf, Chromium, npm."""

import os
import shutil

from . import processes, unpacked_pdf
from .places import log_folder
from .say import Problem, Step, warn
from .source import debian

CHROMIUMS = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
_PACKAGES = {
    "wkhtmltopdf": ("wkhtmltopdf", "fonts-dejavu-core", "fonts-liberation"),
    "chromium": ("chromium", "fonts-dejavu-core", "fonts-liberation"),
    "npm": ("npm",),
}
_WITHOUT = {
    "wkhtmltopdf": "documents cannot be printed as PDF",
    "chromium": "the browser tests cannot run",
    "npm": "prettier cannot run",
}


def present(tool):
    """Return whether a tool is on the PATH."""
    return any(shutil.which(name) for name in (CHROMIUMS if tool == "chromium" else (tool,)))


def prepare(tools, needed=()):
    """Install the missing tools when we may; else say how to.

    :param needed: those whose absence is a :class:`Problem`, not a warning
    """
    unpacked_pdf.put_on_path()
    missing = [tool for tool in tools if not present(tool)]
    if missing:
        try:
            obtain(missing)
        except Problem as problem:
            warn(str(problem))
        missing = [tool for tool in missing if not present(tool)]
    for tool in missing:
        message = f"{tool} is missing: {_WITHOUT[tool]}. Install it with: {command(tool)}"
        if tool in needed:
            raise Problem(message)
        warn(message)


def obtain(tools):
    """Install tools where we may; where not, unpack wkhtmltopdf in the user's cache on Debian."""
    if may_install():
        install(tools)
    elif "wkhtmltopdf" in tools and debian.is_debian():
        unpacked_pdf.unpack()


def may_install():
    """Return whether we may install packages of the system."""
    return os.geteuid() == 0 and debian.is_debian()


def install(tools):
    """Install tools with apt-get."""
    packages = sorted({package for tool in tools for package in _PACKAGES[tool]})
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    log = log_folder() / "system-tools.log"
    install_them = ["apt-get", "install", "-y", "--no-install-recommends", "-oDPkg::Lock::Timeout=120", *packages]
    with Step(f"Installing {', '.join(tools)} with apt-get"):
        processes.run(["apt-get", "-qq", "update"], log, env=environment, check=False)
        processes.run(install_them, log, env=environment)


def command(tool):
    """Return the command that installs a tool on this kind of machine."""
    kind = debian.os_release()
    family = f"{kind.get('ID', '')} {kind.get('ID_LIKE', '')}"
    name = "chromium-browser" if tool == "chromium" and "ubuntu" in family else tool
    if "debian" in family:
        return f"sudo apt-get install {name}"
    if "fedora" in family or "rhel" in family:
        return f"sudo dnf install {name}"
    return f"brew install --cask {name}" if not kind else f"your system's package manager (package {name})"
