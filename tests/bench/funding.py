"""A thousand funding plans measured at once, and one of 500 lines opened and worked on."""

from .measure import Result

YEAR = 2026


def run(env, plans, lines):
    """Measure what the list of plans and the form of a large one ask for.

    :param plans: how many are measured in one batch.
    :param lines: lines of the large one.
    """
    accounts = {
        side: env["funding.account"].search([("side", "=", side), ("is_in_kind", "=", False)]) for side in SIDES
    }
    funders = env["res.partner"].create([{"name": f"Funder {rank}", "is_company": True} for rank in range(12)])
    made = _make_plans(env, accounts, funders, plans, 10)
    large = _make_plans(env, accounts, funders, 1, lines)
    env.cr.commit()
    return [_measure_all(env, made), *_measure_large(env, large)]


SIDES = ("charge", "product")


def _make_plans(env, accounts, funders, count, lines):
    organisations = env["res.partner"].create(
        [{"name": f"Organisation {rank}", "is_company": True} for rank in range(count)]
    )
    plans = env["funding.plan"].create(
        [
            {
                "name": f"Plan {YEAR}",
                "partner_id": organisation.id,
                "date_from": f"{YEAR}-01-01",
                "date_to": f"{YEAR}-12-31",
                "opening_cash": 10000,
            }
            for organisation in organisations
        ]
    )
    made = env["funding.line"].create(
        [
            {
                "plan_id": plan.id,
                "account_id": accounts[SIDES[rank % 2]][rank // 2 % len(accounts[SIDES[rank % 2]])].id,
                "funder_id": funders[rank % len(funders)].id if rank % 2 else False,
                "amount_planned": 1000 + rank,
                "amount_granted": 500 if rank % 2 else 0,
                "probability": 0.5,
            }
            for plan in plans
            for rank in range(lines)
        ]
    )
    products = made.filtered(lambda line: line.side == "product")
    env["funding.instalment"].create(
        [
            {"line_id": line.id, "date_expected": f"{YEAR}-{1 + rank % 12:02d}-15", "amount": 500}
            for rank, line in enumerate(products)
        ]
    )
    return plans


def _measure_all(env, plans):
    env.flush_all()
    env.invalidate_all()
    result = Result(f"Indicators of {len(plans):,} plans", "Indicators of the plans", 1)
    with result.counted(env):
        # They are kept: what is measured is working them out, and writing them.
        env.add_to_compute(plans._fields["runs_out_on"], plans.browse(plans.ids))
        env.flush_all()
    return result


def _measure_large(env, plan):
    """Open the form of a large plan, then change an amount and read what follows, as its screen does."""
    names = [
        "total_charges",
        "total_products",
        "secured",
        "gap",
        "first_funder",
        "concentration",
        "cash_curve",
        "warnings",
    ]
    line = plan.product_ids[:1]
    shown = {"product_ids": {"fields": {"amount_planned": {}}}, **{name: {} for name in names}}
    for work, act in (
        ("A large plan opens", lambda: plan.web_read(shown)),
        (
            "A large plan recomputes",
            lambda: (line.write({"amount_planned": 7777}), plan.web_read({key: {} for key in names})),
        ),
    ):
        act()
        env.flush_all()
        env.invalidate_all()
        result = Result(f"{work}, {len(plan.line_ids):,} lines", work, 1)
        env.invalidate_all()
        with result.counted(env):
            act()
            env.flush_all()
        yield result
