"""A large made-up network, written as rows: making it through the models would take minutes.

Each seat had a holder from 2021 to 2023, whose structure has gone on, and has one since 2024: five
years of mandates. Most members have a budget for each of the last years of membership.
"""

ROWS = {
    "structures": """
        INSERT INTO res_partner (name, complete_name, is_company, active, type, autopost_bills, founded_on,
                                 territory_id, industry_id)
        SELECT 'Large ' || n, 'Large ' || n, TRUE, TRUE, 'contact', 'ask', DATE '1950-01-01' + (n %% 25000),
               (ARRAY(SELECT id FROM association_territory WHERE kind = 'department' ORDER BY id))[1 + n %% 100],
               (ARRAY(SELECT id FROM res_partner_industry ORDER BY id))[1 + n %% 15]
          FROM generate_series(1, %(members)s) n
    """,
    "people": """
        INSERT INTO res_partner (name, complete_name, is_company, active, type, autopost_bills, gender)
        SELECT 'Holder ' || n, 'Holder ' || n, FALSE, TRUE, 'contact', 'ask', (ARRAY['female', 'male'])[1 + n %% 2]
          FROM generate_series(1, 2 * %(seats)s) n
    """,
    "members": """
        INSERT INTO association_member (partner_id, company_id, active, category_id, college_id)
        SELECT id, %(company)s, TRUE, (ARRAY(SELECT id FROM association_category ORDER BY id))[1 + id %% 5],
               (ARRAY(SELECT id FROM association_college ORDER BY id))[1 + id %% 3]
          FROM res_partner WHERE name LIKE 'Large %%'
    """,
    "memberships": """
        INSERT INTO association_membership (member_id, partner_id, company_id, category_id, date_from, date_to,
                                            last_day, admission, admission_decided_on, payment_state, state, amount,
                                            amount_paid, movement_due)
        SELECT member.id, member.partner_id, member.company_id, member.category_id, make_date(year, 1, 1),
               make_date(year, 12, 31), make_date(year, 12, 31), 'admitted', make_date(year, 1, 1), 'paid', 'active', 100,
               100, TRUE
          FROM association_member member, generate_series(%(since)s, 2025) year
         WHERE member.company_id = %(company)s
    """,
    "figures": """
        INSERT INTO association_annual_figures (partner_id, year, currency_id, source, declared_on, budget)
        SELECT partner_id, year, 1, 'declared', make_date(year, 1, 31), (partner_id * 997) %% 2000000
          FROM association_member, generate_series(GREATEST(2023, %(since)s), 2025) year
         WHERE company_id = %(company)s AND partner_id %% 10 > 0
    """,
    "bodies": """
        INSERT INTO governance_body (name, company_id, active, kind, level, at_term, renewal, quorum_kind, term_months,
                                     convenes, voices_by, members_per_voice)
        SELECT 'Body ' || n, %(company)s, TRUE, 'board', 'regional', 'ends', 'whole', 'none', 36, 'holders', 'one', 100
          FROM generate_series(1, GREATEST(1, %(seats)s / 20)) n
    """,
    "functions": """
        INSERT INTO governance_body_governance_function_rel (governance_body_id, governance_function_id)
        SELECT body.id, function.id FROM governance_body body, governance_function function
         WHERE function.decides AND body.company_id = %(company)s
    """,
    "compositions": """
        INSERT INTO governance_composition (body_id, company_id, seats, minimum, maximum)
        SELECT id, company_id, 20, 12, 0 FROM governance_body WHERE company_id = %(company)s
    """,
    "chairs": """
        INSERT INTO governance_seat (body_id, company_id, number)
        SELECT (ARRAY(SELECT id FROM governance_body WHERE company_id = %(company)s ORDER BY id))[1 + (n - 1) / 20],
               %(company)s, n
          FROM generate_series(1, %(seats)s) n
    """,
    "mandates": """
        WITH chair AS (SELECT id, body_id, row_number() OVER (ORDER BY id) AS n FROM governance_seat
                        WHERE company_id = %(company)s),
             person AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM res_partner WHERE name LIKE 'Holder %%'),
             structure AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM res_partner WHERE name LIKE 'Large %%')
        INSERT INTO governance_mandate (seat_id, body_id, company_id, partner_id, organisation_id, role, designation,
                                        date_from, term_date, last_day, stays)
        SELECT chair.id, chair.body_id, %(company)s, person.id, structure.id, 'titular', 'elected',
               make_date(2021 + 3 * term, 1, 1), make_date(2023 + 3 * term, 12, 31),
               make_date(2023 + 3 * term, 12, 31), FALSE
          FROM chair, generate_series(0, 1) term, person, structure
         WHERE person.n = chair.n + term * %(seats)s AND structure.n = 1 + (chair.n * 7 + term) %% %(members)s
    """,
}
TABLES = "res_partner, association_member, association_membership, association_annual_figures, governance_seat"


def make_large_network(env, company, members, seats, since=2021):
    """Write a network of so many members and seats into an association.

    The records made are those of a company without any; nothing is committed.

    :param since: first year for which the members have a membership, until 2025.
    """
    env.flush_all()
    values = {"company": company.id, "members": members, "seats": seats, "since": since}
    for name, statement in ROWS.items():
        if name == "mandates":  # joins all the others: without their sizes it takes a minute
            env.cr.execute(f"ANALYZE {TABLES}")
        env.cr.execute(statement, values)
    env.cr.execute("ANALYZE governance_mandate")
    env.invalidate_all()
