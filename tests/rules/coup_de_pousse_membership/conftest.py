"""The files that the addon's own tests read are found by the plain ones: ``from made_files import workbook``."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[3] / "addons/coup_de_pousse_membership/tests/data"))
