"""Which yearly figures an organisation declares; the models and the fee grids name them alike."""

#: In the order in which they are shown.
FIGURES = ("budget", "turnover", "employees", "volunteers", "members", "sites", "inhabitants")
