"""A simulation as a workbook for the board: the sums, the groups, and what each member would pay."""

from ...calculation.common.spreadsheet import Sheet
from .simulator import GROUPS


def make_sheets(simulator):
    """Return the sheets of a simulation: what comes of it, then by group, then by member."""
    return [
        _make_summary(simulator),
        *(_make_group(simulator, group_by) for group_by in GROUPS),
        _make_members(simulator),
    ]


def _make_summary(simulator):
    env = simulator.env
    columns = [
        (env._("Grid"), 44, "text"),
        (env._("Revenue"), 14, "money"),
        (env._("Difference"), 14, "money"),
        (env._("Fees worked out"), 12, "integer"),
        (env._("Not worked out"), 12, "integer"),
        (env._("Pay more"), 10, "integer"),
        (env._("Sum (more)"), 14, "money"),
        (env._("Pay less"), 10, "integer"),
        (env._("Sum (less)"), 14, "money"),
        (env._("Unchanged"), 10, "integer"),
    ]
    rows = [_sum_up(simulator, grid) for grid in simulator.grids]
    return Sheet(env._("What comes of it"), columns, rows, title=_list_levers(simulator))


def _sum_up(simulator, grid):
    """Return the line of a grid in the summary."""
    outcome, before = simulator.outcomes[grid], simulator.outcomes[simulator.reference]
    more, less = outcome.more, outcome.less
    return [
        grid.display_name,
        float(outcome.revenue),
        float(outcome.revenue - before.revenue),
        outcome.known,
        len(simulator.members) - outcome.known,
        *(more[0], float(more[1])),
        *(less[0], float(less[1])),
        outcome.same,
    ]


def _list_levers(simulator):
    """Return what was tried on top of the drafts, a line for each."""
    env, simulation, levers = simulator.env, simulator.simulation, simulator.levers
    lines = [simulation.name]
    if levers.discount_below is not None:
        basis = dict(simulation._selection_discount_basis())[simulator.basis]
        lines.append(
            env._(
                "Drafts with a discount of %(share)s %% for those whose figure “%(basis)s” is below %(limit)s",
                share=simulation.discount,
                basis=basis,
                limit=simulation.discount_below,
            )
        )
    if levers.cap is not None:
        lines.append(env._("Drafts with a cap of %s", simulator.money(levers.cap)))
    if levers.most_rise is not None:
        lines.append(env._("Drafts in which nobody pays more than %s %% above the grid in force", simulation.most_rise))
    return tuple(lines)


def _make_group(simulator, group_by):
    env = simulator.env
    label = simulator.members._fields[group_by]._description_string(env)
    columns = [
        (label, 40, "text"),
        (env._("Members"), 12, "integer"),
        *((grid.display_name, 18, "money") for grid in simulator.grids),
    ]
    rows = [[name, count, *map(float, totals)] for name, count, totals in simulator.list_groups(group_by)]
    return Sheet(label, columns, rows, total=env._("Total"))


def _make_members(simulator):
    env, reference = simulator.env, simulator.reference
    names = list(simulator.group_names.values())
    columns = [(env._("Member"), 44, "text")]
    columns += [(simulator.members._fields[group_by]._description_string(env), 22, "text") for group_by in GROUPS]
    columns.append((reference.display_name, 18, "money"))
    for grid in simulator.drafts:
        columns += [(grid.display_name, 18, "money"), (env._("Change: %s", grid.display_name), 18, "money")]
    columns.append((env._("Why a fee is missing"), 60, "text"))
    problems = [simulator.problems(grid) for grid in simulator.grids]
    rows = []
    for member in simulator.members.sorted(lambda member: member.partner_id._get_sorting_name()):
        before = simulator.outcomes[reference].fees[member.id]
        row = [member.display_name, *(by_member[member.id] for by_member in names), _number(before)]
        for grid in simulator.drafts:
            after = simulator.outcomes[grid].fees[member.id]
            known = before is not None and after is not None
            row += [_number(after), float(after - before) if known else None]
        row.append(next((said[member.id] for said in problems if said[member.id]), None))
        rows.append(row)
    return Sheet(env._("Members"), columns, rows, total=env._("Total"))


def _number(amount):
    return None if amount is None else float(amount)
