"""The registers of a large network as workbooks."""

import tracemalloc

from . import data
from .measure import Result


def run(env, number):
    """Measure each register, and say how much memory it took at most."""
    grid = data.make_grid(env)
    members = data.make_members(env, number, "Listed")
    for batch in (members[start : start + 2000] for start in range(0, number, 2000)):
        memberships, _refused = grid._create_memberships(batch)
        memberships._write_facts({"admission": "admitted", "admission_decided_on": memberships[0].date_from})
        env.cr.commit()
        env.invalidate_all()
    data.settle(env)
    results = []
    for kind in ("members", "memberships", "electors", "changes"):
        wizard = env["association.export.wizard"].create({"kind": kind})
        env.invalidate_all()
        result = Result(f"Register of {number:,} lines as a workbook", kind, number)
        with result.counted(env):
            wizard.action_export()
        env.cr.commit()
        env.invalidate_all()
        # Once more, slower, with each allocation counted.
        tracemalloc.start()
        wizard.action_export()
        result.path = f"{kind} ({tracemalloc.get_traced_memory()[1] / 1024**2:.0f} MB at most)"
        tracemalloc.stop()
        results.append(result)
        env.cr.commit()
        env.invalidate_all()
    return results
