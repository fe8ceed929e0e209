"""Representativeness and forecast of a large network: ``./cdp shell < tests/benchmarks/representativeness.py``.

20,000 members, 500 seats and five years of mandates are written as rows into a company of their own
(``MEMBERS`` and ``SEATS`` in the environment give other numbers). Nothing stays: the transaction is
undone. The target is that of issue 6: 10 queries and 500 ms.
"""

import os
import time
from datetime import date

from odoo.addons.network_governance.tests.large_network import make_large_network

MEMBERS, SEATS = int(os.environ.get("MEMBERS", "20000")), int(os.environ.get("SEATS", "500"))
DAY = date(2025, 6, 30)


def measure(label, act):
    """Run one step until it is warm, then print its best time of five and its queries."""
    act()
    times = []
    for _round in range(5):
        env.invalidate_all()  # noqa: F821
        env.user.has_group("base.group_user")  # noqa: F821
        company.name  # noqa: B018
        before, start = env.cr.sql_log_count, time.perf_counter()  # noqa: F821
        act()
        times.append(time.perf_counter() - start)
        queries = env.cr.sql_log_count - before  # noqa: F821
    print(f"{label}: {1000 * min(times):.0f} ms, {queries} queries; load {os.getloadavg()[0]:.1f}")


company = env["res.company"].create({"name": "Large network"})  # noqa: F821
env.user.company_ids |= company  # noqa: F821
env.user.group_ids |= env.ref("network_governance.group_governance_secretary")  # noqa: F821
env = env(context={**env.context, "allowed_company_ids": company.ids})  # noqa: F821
make_large_network(env, company, MEMBERS, SEATS)
representativeness = env["governance.representativeness"]
measure("representativeness at a date", lambda: representativeness.get_picture(DAY))
measure("trend over three years", lambda: representativeness.get_trend(DAY))
measure("forecast of three years", lambda: env["governance.forecast"]._foresee(company, DAY, date(2028, 6, 30)))
measure("overview", lambda: env["governance.overview"].get_overview())
env.cr.rollback()
