"""Many missions, written as rows: making them through the models would take minutes.

Each mission has a beneficiary, five phases worked for, three co-funders, four workshops, six findings,
ten actions in two plans, and three effects.
"""

ROWS = {
    "partners": """
        INSERT INTO res_partner (name, complete_name, is_company, active, type, autopost_bills, territory_id)
        SELECT 'Large ' || n, 'Large ' || n, TRUE, TRUE, 'contact', 'ask',
               (ARRAY(SELECT id FROM association_territory WHERE kind = 'department' ORDER BY id))[1 + n %% 100]
          FROM generate_series(1, %(missions)s) n
    """,
    "accounts": """
        INSERT INTO account_analytic_account (name, plan_id, root_plan_id, company_id, partner_id, active)
        SELECT jsonb_build_object('en_US', name), %(plan)s, %(plan)s, %(company)s, id, TRUE FROM res_partner WHERE name LIKE 'Large %%'
    """,
    "missions": """
        INSERT INTO accompaniment_mission (name, company_id, state, scheme_id, kind, partner_id, referent_id,
                                           analytic_account_id, territory_id, date_from, date_to, days_planned,
                                           days_used, days_left, day_rate, price)
        SELECT partner.name, %(company)s, (ARRAY['prepared', 'running', 'running', 'closed'])[1 + account.id %% 4],
               (ARRAY(SELECT id FROM accompaniment_scheme ORDER BY id))[1 + account.id %% 4], 'individual',
               partner.id, %(user)s, account.id, partner.territory_id, DATE '2020-01-01' + account.id %% 2000,
               DATE '2020-04-01' + account.id %% 2000, 10, 5, 5, 800, 8000
          FROM account_analytic_account account
          JOIN res_partner partner ON partner.id = account.partner_id AND partner.name LIKE 'Large %%'
    """,
    "themes": """
        INSERT INTO accompaniment_mission_accompaniment_theme_rel (accompaniment_mission_id, accompaniment_theme_id)
        SELECT mission.id, theme.id FROM accompaniment_mission mission
          JOIN LATERAL (SELECT id FROM accompaniment_theme ORDER BY id LIMIT 2) theme ON TRUE
         WHERE mission.name LIKE 'Large %%'
    """,
    "participants": """
        INSERT INTO accompaniment_participant (mission_id, company_id, partner_id, role, sequence)
        SELECT id, company_id, partner_id, 'beneficiary', 1 FROM {large}
    """,
    "stakes": """
        INSERT INTO accompaniment_stake (mission_id, company_id, name, sequence)
        SELECT id, company_id, 'Stake', 10 FROM {large}
    """,
    "phases": """
        INSERT INTO accompaniment_phase (mission_id, company_id, name, sequence, days_planned, days_used)
        SELECT mission.id, company_id, 'Phase ' || n, n, 2, 1 FROM {large}, generate_series(1, 5) n
    """,
    "days": """
        INSERT INTO account_analytic_line (company_id, name, date, amount, unit_amount, account_id, currency_id,
                                           accompaniment_mission_id, accompaniment_phase_id, intervener_id,
                                           accompaniment_cost)
        SELECT mission.company_id, 'Day', mission.date_from, 0, 1, mission.analytic_account_id, 1, mission.id,
               phase.id, mission.partner_id, 400
          FROM {large} JOIN accompaniment_phase phase ON phase.mission_id = mission.id
    """,
    "cofunders": """
        INSERT INTO accompaniment_cofunding (mission_id, company_id, partner_id, amount, sequence)
        SELECT id, company_id, partner_id + n, 2000, n
          FROM {large}, generate_series(0, 2) n
         WHERE partner_id + 2 <= (SELECT MAX(id) FROM res_partner)
    """,
    "workshops": """
        INSERT INTO accompaniment_workshop (mission_id, company_id, name, state, hours, start, stop, sequence, referent_id)
        SELECT mission.id, company_id, 'Workshop ' || n, 'held', 3, date_from + n * INTERVAL '7 days',
               date_from + n * INTERVAL '7 days' + INTERVAL '3 hours', n, referent_id
          FROM {large}, generate_series(1, 4) n
    """,
    "findings": """
        INSERT INTO accompaniment_finding (mission_id, company_id, stake_id, name, nature, sequence)
        SELECT mission.id, mission.company_id, stake.id, 'Finding ' || n, 'difficulty', n
          FROM {large} JOIN accompaniment_stake stake ON stake.mission_id = mission.id, generate_series(1, 6) n
    """,
    "findings seen": """
        INSERT INTO accompaniment_finding_accompaniment_workshop_rel (accompaniment_finding_id, accompaniment_workshop_id)
        SELECT finding.id, workshop.id FROM {large}
          JOIN accompaniment_finding finding ON finding.mission_id = mission.id
          JOIN accompaniment_workshop workshop
            ON workshop.mission_id = mission.id AND workshop.sequence = 1 + finding.sequence %% 4
    """,
    "plans": """
        INSERT INTO accompaniment_action_plan (mission_id, company_id, name, sequence)
        SELECT mission.id, company_id, 'Plan ' || n, n FROM {large}, generate_series(1, 2) n
    """,
    "actions": """
        INSERT INTO association_commitment (mission_id, company_id, name, ladder, owner_id, deadline, action_plan_id,
                                            workshop_id)
        SELECT mission.id, mission.company_id, 'Action ' || n, 'recorded', mission.partner_id,
               mission.date_to + n * 30, plan.id, workshop.id
          FROM {large}
          JOIN accompaniment_action_plan plan ON plan.mission_id = mission.id
          JOIN accompaniment_workshop workshop
            ON workshop.mission_id = mission.id AND workshop.sequence = plan.sequence, generate_series(1, 5) n
    """,
    "effects": """
        INSERT INTO accompaniment_effect (mission_id, company_id, name, horizon, horizon_rank, sequence)
        SELECT mission.id, company_id, 'Effect ' || n, 'short', 0, n FROM {large}, generate_series(1, 3) n
    """,
    "causes": """
        INSERT INTO accompaniment_effect_commitment_rel (accompaniment_effect_id, association_commitment_id)
        SELECT effect.id, MIN(action.id) FROM {large}
          JOIN accompaniment_effect effect ON effect.mission_id = mission.id
          JOIN association_commitment action ON action.mission_id = mission.id
         GROUP BY effect.id
    """,
}


def make_large_missions(env, company, user, missions):
    """Write so many missions of a user, with ten actions each."""
    plan, _others = env["account.analytic.plan"].sudo()._get_all_plans()
    values = {"missions": missions, "company": company.id, "user": user.id, "plan": plan.id}
    large = "(SELECT * FROM accompaniment_mission WHERE name LIKE 'Large %%') mission"
    env.flush_all()
    for query in ROWS.values():
        env.cr.execute(query.format(large=large), values)
    env.cr.execute(
        "ANALYZE res_partner, accompaniment_mission, accompaniment_phase, account_analytic_line,"
        " accompaniment_workshop, accompaniment_finding, association_commitment, accompaniment_effect"
    )
    env.invalidate_all()
