from . import association_overview
