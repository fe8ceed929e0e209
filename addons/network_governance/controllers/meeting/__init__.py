from . import governance_badge
