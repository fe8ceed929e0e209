"""Quoting a whole network on a grid of 12 rules."""

from . import data
from .measure import Result


def run(env, number):
    """Measure the quotes: with all that has to be read first, then with everything read."""
    grid = data.make_grid(env)
    members = data.make_members(env, number, "Quoted")
    grid.quote(members[:10])
    env.invalidate_all()
    work = f"{number:,} fees quoted on a grid of {len(grid.rule_ids)} rules"
    results = [Result(work, "Coup de Pousse", number), Result(work, "Coup de Pousse, figures read before", number)]
    with results[0].counted(env):
        grid.quote(members)
    with results[1].counted(env):
        quotes = grid.quote(members)
    assert not any(quote["problem"] for quote in quotes)
    return results
