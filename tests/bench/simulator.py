"""Draft grids tried on a whole network, and the workbook for the board."""

from . import data
from .measure import Result


def run(env, number):
    """Measure what the screen waits for: the grid in force and three drafts, first all, then with a lever changed."""
    grid = data.make_grid(env)
    data.make_members(env, number, "Simulated")
    drafts = grid.browse()
    for percent in (2, 5, 10):
        drafts += grid._duplicate_for_next_year(percent)
    simulation = env["association.fee.simulation"].create(
        {"name": "Benchmark", "reference_grid_id": grid.id, "grid_ids": drafts.ids}
    )
    data.settle(env)
    work = f"{number:,} members under the grid in force and 3 drafts"
    first, again, sheets = (
        Result(work, path, number) for path in ("compared", "compared again with a lever", "as a workbook")
    )
    with first.counted(env):
        assert simulation.result["members"] == number
    simulation.most_rise = 4
    with again.counted(env):
        assert simulation.result["grids"][3]["revenue"] > simulation.result["grids"][0]["revenue"]
    env.invalidate_all()
    with sheets.counted(env):
        simulation.action_export()
    return [first, again, sheets]
