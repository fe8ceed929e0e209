"""The nightly refresh of members' states: nothing to do, then the turn of the year for everybody."""

from datetime import date

from . import data
from .measure import Result

#: One statement that writes as many rows, as cheaply as PostgreSQL can: the yardstick.
ONE_UPDATE = "UPDATE association_membership SET state = 'expired', next_change_on = NULL WHERE id = ANY(%s)"


def run(env, number):
    """Measure the refresh, and one UPDATE of the same memberships."""
    grid = data.make_grid(env)
    members = data.make_members(env, number, "Refreshed")
    memberships, _refused = grid._create_memberships(members)
    env.flush_all()
    env.cr.execute(
        "UPDATE association_membership SET payment_state = 'paid', counts = TRUE WHERE grid_id = %s", [grid.id]
    )
    env.invalidate_all()
    for model in (memberships, members):
        model.env.add_to_compute(model._fields["state"], model)
        model.flush_recordset()
    env.cr.commit()
    env.invalidate_all()
    results = []
    nothing = Result("Nightly refresh of the states, nothing to do", "Coup de Pousse", 1, row="refresh_nothing")
    with nothing.counted(env):
        members._refresh_states()
    results.append(nothing)
    work = f"Nightly refresh of the states, {number:,} memberships expire"
    update, refresh = Result(work, "one SQL UPDATE", number), Result(work, "Coup de Pousse", number)
    for result, action in (
        (update, lambda: env.cr.execute(ONE_UPDATE, [memberships.ids])),
        (refresh, lambda: members._refresh_states(date(data.YEAR + 1, 1, 1))),
    ):
        with result.counted(env):
            action()
            env.flush_all()
        env.cr.rollback()
        env.invalidate_all()
        results.append(result)
    return results
