"""The overview of a network with 100,000 memberships."""

from . import data
from .measure import Result

#: Memberships of past years, written by SQL: making them is not what is measured.
PAST = """
    INSERT INTO association_membership (
        member_id, partner_id, company_id, category_id, payer_id, date_from, date_to, last_day, admission,
        admission_decided_on, payment_state, state, counts, amount, total, amount_due, create_date, write_date
    )
    SELECT member.id, member.partner_id, member.company_id, member.category_id, member.partner_id,
           make_date(year, 1, 1), make_date(year, 12, 31), make_date(year, 12, 31), 'admitted',
           make_date(year, 1, 1), 'paid', 'expired', TRUE, 100, 100, 0, now(), now()
      FROM association_member member, generate_series(%(first)s, %(last)s) year
     WHERE member.id = ANY(%(members)s)
"""


def run(env, number):
    """Measure the first screen, as a user of each role gets it."""
    members = data.make_members(env, number // 20, "Watched")
    last = data.YEAR - 2
    env.cr.execute(PAST, {"first": last - 17, "last": last, "members": members.ids})
    data.make_grid(env)._create_memberships(members)
    env.cr.commit()
    env.cr.execute("ANALYZE association_membership")
    env.cr.commit()
    overview = env["association.overview"]
    overview.get_overview()
    env.invalidate_all()
    total = env["association.membership"].search_count([])
    result = Result(f"The overview, {total:,} memberships", "Coup de Pousse", 1)
    with result.counted(env):
        overview.get_overview()
    return [result]
