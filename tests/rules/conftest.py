"""Plain rules are tested without Odoo: an addon's ``calculation`` is imported without the addon itself."""

import sys
import types
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.modules["odoo"] = None  # who imports it is no plain rule, and fails here

for manifest in sorted((HERE.parents[1] / "addons").glob("*/__manifest__.py")):
    # As a package that runs nothing: its __init__ would want Odoo.
    package = types.ModuleType(manifest.parent.name)
    package.__path__ = [str(manifest.parent)]
    sys.modules.setdefault(package.__name__, package)
