"""The directors' dashboards: each panel over ten years of memberships, thousands of missions and hundreds of seats."""

from datetime import date

from .measure import Result

#: First of ten years of memberships; the rows end in 2025, and so does the period that is looked at.
SINCE, FIRST, LAST = 2016, date(2025, 1, 1), date(2025, 12, 31)
DASHBOARDS = (
    "coup_de_pousse_membership.dashboard_network",
    "coup_de_pousse_membership.dashboard_membership",
    "accompaniment.dashboard_accompaniment",
    "accompaniment.dashboard_funding",
    "network_governance.dashboard_governance",
)


def run(env, memberships, missions, seats):
    """Measure how the movements are made, and each panel as the browser asks for it; the rows are written by SQL."""
    # Odoo's packages can be imported once the database is open.
    from odoo.addons.accompaniment.tests.large_missions import make_large_missions
    from odoo.addons.network_governance.tests.representativeness.large_network import make_large_network

    company = env["res.company"].create({"name": "Network that looks"})
    env.user.company_ids |= company
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    make_large_missions(env, company, env.user, missions)
    years = LAST.year - SINCE + 1
    make_large_network(env, company, memberships // years, seats, since=SINCE)
    env.cr.execute("UPDATE association_member SET state = 'member' WHERE company_id = %s", [company.id])
    made = Result(f"Dashboards, {memberships:,} memberships", "movements of members made anew", 1)
    with made.counted(env):
        env["association.movement"]._bring_up_to_date()
    _clean_up(env)
    return [made, *_measure(env, memberships)]


def _clean_up(env):
    """Have the tables counted and their pages marked, as PostgreSQL does by itself within a minute."""
    env.cr.commit()
    env.cr._cnx.autocommit = True  # VACUUM runs outside of transactions
    env.cr.execute("VACUUM ANALYZE association_movement, association_membership, association_member")
    env.cr.execute("ANALYZE")
    env.cr._cnx.autocommit = False


def _measure(env, memberships):
    """Return the time of all panels together, and of the slowest of them."""
    panels = []
    for name in DASHBOARDS:
        for metric in env.ref(name)._get_metrics().filtered("model"):
            _ask(metric)
            env.invalidate_all()
            panel = Result(f"Dashboards, {memberships:,} memberships: the slowest panel, {metric.code}", "", 1)
            with panel.counted(env):
                _ask(metric)
            panels.append(panel)
    together = Result(f"Dashboards, {memberships:,} memberships", "all panels, each", len(panels))
    together.seconds, together.queries = (sum(getattr(panel, of) for panel in panels) for of in ("seconds", "queries"))
    slowest = max(panels, key=lambda panel: panel.seconds)
    slowest.path = f"slowest of {memberships:,}"
    return [together, slowest]


def _ask(metric):
    """Ask for a panel as the browser does."""
    groups = metric._get_groups()
    domain = list(metric._get_domain(date_from=FIRST, date_to=LAST))
    metric.env[metric.model].formatted_read_group(domain, groups, [metric.measure])
