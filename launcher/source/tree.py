"""Recognise a tree of Odoo's source, and say which version it is."""

import dataclasses
import re
from pathlib import Path

from ..say import Problem
from ..settings import ODOO_MODULES, SERIES


@dataclasses.dataclass(frozen=True)
class Tree:
    """A usable source tree.

    :param root: the folder to put on Python's path, the one that holds ``odoo/``
    :param version: what it says of itself, such as "19.0"
    """

    root: Path
    version: str

    @property
    def addons_folders(self):
        """The folders where Odoo's own modules lie (git keeps most beside the package)."""
        return [folder for folder in (self.root / "odoo" / "addons", self.root / "addons") if folder.is_dir()]


def find_root(path):
    """Return the folder that holds the package ``odoo``, or None.

    ``path`` may be a git checkout, an unpacked Debian package, a folder of
    installed packages, or the package's folder itself.
    """
    for root in (path, path / "usr" / "lib" / "python3" / "dist-packages", path.parent):
        if (root / "odoo" / "release.py").is_file():
            return root
    return None


def read_version(root):
    """Return the series that ``odoo/release.py`` states ("19.0"), or None."""
    text = (root / "odoo" / "release.py").read_text(encoding="utf-8", errors="replace")
    found = re.search(r"^version_info\s*=\s*\(\s*'?([^,']+)'?\s*,\s*(\d+)", text, re.M)
    return f"{found[1]}.{found[2]}" if found else None


def recognise(path):
    """Return the :class:`Tree` at ``path``.

    :raise Problem: it is no tree of Odoo 19, or a part of it is missing
    """
    path = Path(path).expanduser().resolve()
    root = find_root(path)
    if root is None:
        raise Problem(
            f"{path} is not a source tree of Odoo: no odoo/release.py in it. "
            f"Name a checkout of Odoo's branch {SERIES}, or leave --odoo out to have it fetched."
        )
    version = read_version(root)
    if version != SERIES:
        raise Problem(
            f"{path} is Odoo {version or 'of an unknown version'}, and Coup de Pousse needs Odoo {SERIES}. "
            f"Name another tree, or leave --odoo out to have it fetched."
        )
    tree = Tree(root, version)
    missing = [
        name
        for name in ("base", "web", *ODOO_MODULES)
        if not any((folder / name / "__manifest__.py").is_file() for folder in tree.addons_folders)
    ]
    if missing:
        raise Problem(
            f"The Odoo tree in {path} is incomplete, it lacks {', '.join(missing)}. "
            f"Fetch it again, or leave --odoo out to have it fetched."
        )
    return tree
