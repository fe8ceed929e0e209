"""What the launcher knows of our addons from their files."""

import ast
import hashlib

from .places import ADDONS, addon_names
from .settings import ODOO_MODULES

_NO_MATTER = {"tests", "readme", "__pycache__"}  # parts whose change asks for no update


def hashes():
    """Return a digest of each addon's files: ``{addon: digest}``."""
    return {name: _digest(ADDONS / name) for name in addon_names()}


def _digest(folder):
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not _NO_MATTER.intersection(parts):
            digest.update(f"{'/'.join(parts)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def odoo_modules():
    """Return the names of Odoo's own modules to install first: what ours depend on, and the French chart."""
    ours = addon_names()
    wanted = set(ODOO_MODULES)
    for name in ours:
        manifest = ast.literal_eval((ADDONS / name / "__manifest__.py").read_text(encoding="utf-8"))
        wanted.update(manifest.get("depends", ()))
    return sorted(wanted.difference(ours))
