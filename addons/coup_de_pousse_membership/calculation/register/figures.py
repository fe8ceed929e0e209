"""Which yearly figures an organisation declares, and the sizes they tell; models and fee grids name them alike."""

#: In the order in which they are shown.
FIGURES = ("budget", "turnover", "employees", "volunteers", "members", "sites", "inhabitants")

#: Lower bounds (included) of the bands of size by each figure; what is under the first bound is a band too.
SIZE_BANDS = {
    "budget": (50_000, 150_000, 500_000, 1_500_000),
    "employees": (1, 3, 10, 50),
}
