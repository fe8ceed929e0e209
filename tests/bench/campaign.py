"""A campaign: preview, fees, memberships, posted invoices; beside what the engine alone costs."""

from datetime import date

from odoo.addons.coup_de_pousse_membership.models.run.background_preview import BackgroundPreview
from odoo.addons.coup_de_pousse_membership.models.run.campaign_run import CampaignRun

from . import data
from .engine import Engine
from .measure import Result, batches

WORK = "A campaign of {}: preview, fee, membership, posted invoice"
BATCH = 500


def run(env, number, ordinary=0):
    """Measure the campaign, and the engine on as many other organisations, batch by batch in turn.

    :param number: how many members the campaign has.
    :param ordinary: how many invoices the engine makes in its ordinary way.
    """
    grid, engine = data.make_grid(env), Engine(env)
    warm_up(env, grid, engine)
    members = data.make_members(env, number, "Called")
    others = data.make_partners(env, number, "Other")
    data.settle(env)
    product = Result(WORK.format(f"{number:,}"), "Coup de Pousse", number)
    bare = Result(product.work, "engine, everything given", number)
    with product.committed(env):
        campaign = launch(env, grid)
    turn = CampaignRun(campaign, BATCH)
    for partners in batches(others, BATCH):
        with product.committed(env):
            turn.run_batch()
        with bare.committed(env):
            engine.bare(partners)
    with product.committed(env):
        campaign._run()
    lines = campaign.line_ids.filtered(lambda line: line.member_id in members)
    assert (campaign.state, lines.move_id.mapped("state")) == ("done", ["posted"] * number), campaign.notice
    return [product, bare, *run_ordinarily(env, engine, ordinary)]


def launch(env, grid):
    """Preview and launch, as the treasurer does by two buttons."""
    campaign = env["association.campaign"].create(
        {"name": grid.name, "grid_id": grid.id, "invoice_date": date.today(), "due_date": data.in_a_month()}
    )
    campaign.action_preview()
    while campaign.preview_user_id:
        BackgroundPreview(campaign).run_once()
    ready = campaign.line_ids.filtered(lambda line: line.state == "ready")
    campaign._launch(len(ready), sum(ready.mapped("total")))
    return campaign


def run_ordinarily(env, engine, number):
    """Measure the engine's ordinary way."""
    if not number:
        return []
    result = Result(WORK.format(f"{number:,}"), "engine, ordinary way", number)
    partners = data.make_partners(env, number, "Ordinary")
    data.settle(env)
    with result.committed(env):
        engine.ordinarily(partners)
    return [result]


def warm_up(env, grid, engine):
    """Read what a process reads only once."""
    memberships, _refused = grid._create_memberships(data.make_members(env, 5, "Warm"))
    memberships._issue_calls_in_bulk()
    engine.bare(data.make_partners(env, 5, "Warm other"))
    engine.ordinarily(data.make_partners(env, 2, "Warm ordinary"))
    env.flush_all()
    env.cr.commit()
    env.invalidate_all()
