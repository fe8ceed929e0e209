from . import governance_overview
