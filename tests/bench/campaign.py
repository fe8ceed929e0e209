"""A campaign: fee quoted, membership created, invoice posted; beside what the engine alone costs."""

from . import data
from .engine import Engine
from .measure import Result, batches

WORK = "A campaign of {}: fee, membership, posted invoice"


def run(env, sizes, ordinary):
    """Measure the campaign, and the engine on as many other organisations, batch by batch in turn.

    :param sizes: how many members each campaign has.
    :param ordinary: how many invoices the engine makes in its ordinary way.
    """
    grid, engine = data.make_grid(env), Engine(env)
    warm_up(env, grid, engine)
    results = []
    for number in sizes:
        work = WORK.format(f"{number:,}")
        product = Result(work, "Coup de Pousse", number)
        bare = Result(work, "engine, cheapest way", number)
        members = data.make_members(env, number, f"Called {number}")
        others = data.make_partners(env, number, f"Other {number}")
        env.cr.commit()
        for called, partners in zip(batches(members), batches(others), strict=True):
            with product.committed(env):
                call(grid, called)
            with bare.committed(env):
                engine.bare(partners)
        results += [product, bare]
    default = Result(WORK.format(f"{ordinary:,}"), "engine, ordinary way", ordinary)
    partners = data.make_partners(env, ordinary, "Ordinary")
    env.cr.commit()
    with default.committed(env):
        engine.ordinarily(partners)
    return [*results, default]


def call(grid, members):
    """Call one batch of members."""
    memberships, refused = grid._create_memberships(members)
    assert not refused, refused
    memberships._issue_calls_in_bulk(due_date=data.in_a_month())


def warm_up(env, grid, engine):
    """Read what a process reads only once."""
    call(grid, data.make_members(env, 5, "Warm"))
    engine.bare(data.make_partners(env, 5, "Warm other"))
    engine.ordinarily(data.make_partners(env, 2, "Warm ordinary"))
    env.flush_all()
    env.cr.commit()
    env.invalidate_all()
