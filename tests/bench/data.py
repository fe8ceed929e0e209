"""The network that the benchmark is about: organisations with a budget, called for a fee by bands."""

import itertools
import random
from datetime import date, timedelta

from odoo import Command

YEAR = date.today().year
ADDON = "coup_de_pousse_membership"


def make_partners(env, number, name="Organisation"):
    """Make organisations in France."""
    france = env.ref("base.fr").id
    return env["res.partner"].create(
        [
            {
                "name": f"{name} {index}",
                "is_company": True,
                "country_id": france,
                "zip": f"{index % 95 + 1:02}000",
                "city": "Ville",
                "email": f"bureau{index}@example.org",
            }
            for index in range(number)
        ]
    )


def make_members(env, number, name="Organisation"):
    """Make organisations with their file and last year's budget, who were members last year."""
    env = env(context={**env.context, "tracking_disable": True})
    dice = random.Random(number)  # noqa: S311 - made-up figures, no secrets
    partners = make_partners(env, number, name)
    env["association.annual.figures"].create(
        [{"partner_id": partner.id, "year": YEAR - 1, "budget": dice.randint(0, 700_000)} for partner in partners]
    )
    category = env.ref(f"{ADDON}.category_association")
    members = env["association.member"].create(
        [{"partner_id": partner.id, "category_id": category.id} for partner in partners]
    )
    env["association.membership"].sudo().create(
        [
            {
                "member_id": member.id,
                "date_from": date(YEAR - 1, 1, 1),
                "date_to": date(YEAR - 1, 12, 31),
                "admission": "admitted",
                "admission_decided_on": date(YEAR - 1, 1, 1),
                "amount": 100,
                "settled_elsewhere_on": date(YEAR - 1, 6, 30),
            }
            for member in members
        ]
    )
    settle(env)
    return members.with_env(env(context={}))


def settle(env):
    """Commit what was made and have it counted, as PostgreSQL does by itself within a minute."""
    env.cr.commit()
    env.cr.execute("ANALYZE")
    env.cr.commit()
    env.invalidate_all()


def make_grid(env, rules=12):
    """Make and vote this year's grid: bands of the budget."""
    bounds = [*(index * 50_000 for index in range(rules)), None]
    bands = enumerate(itertools.pairwise(bounds))
    grid = env["association.fee.grid"].create(
        {
            "name": f"Benchmark {YEAR}",
            "date_from": date(YEAR, 1, 1),
            "rule_ids": [
                Command.create(
                    {
                        "sequence": index,
                        "basis": "budget",
                        "basis_from": lower,
                        "basis_below": False if upper is None else upper,
                        "amount": 50 + 30 * index,
                    }
                )
                for index, (lower, upper) in bands
            ],
        }
    )
    grid.action_vote()
    env.cr.commit()
    return grid


def in_a_month():
    """Return the day until which the benchmark's invoices are to be paid."""
    return date.today() + timedelta(days=30)
