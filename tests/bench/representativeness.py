"""Representativeness and forecast of 20,000 members, 500 seats and five years of mandates."""

from datetime import date

from .measure import Result

DAY, HORIZON = date(2025, 6, 30), date(2028, 6, 30)


def run(env, members, seats):
    """Measure what the director's screens ask for a day; the rows are written by SQL."""
    # Odoo's packages can be imported once the database is open.
    from odoo.addons.network_governance.tests.representativeness.large_network import make_large_network

    company = env["res.company"].create({"name": "Network measured"})
    env.user.company_ids |= company
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    make_large_network(env, company, members, seats)
    screen, forecast = env["governance.representativeness"], env["governance.forecast"]
    results = []
    for work, act in (
        ("Representativeness at a date", lambda: screen.get_picture(DAY)),
        ("Forecast of three years", lambda: forecast._foresee(company, DAY, HORIZON)),
    ):
        act()
        env.invalidate_all()
        result = Result(f"{work}, {members:,} members and {seats} seats", work, 1)
        with result.counted(env):
            act()
        results.append(result)
    return results
