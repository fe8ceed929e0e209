"""The fields of this addon that only methods write, and those that look so and that people type."""

#: Model: its facts. Nobody writes them from outside; see ``models/common/base.py`` of the membership addon.
FACTS = {
    "accompaniment.action.plan": "company_id",
    "accompaniment.attendance": "company_id mission_id",
    "accompaniment.body": "company_id",
    "accompaniment.cofunding": "company_id",
    "accompaniment.day.cost": "company_id",
    "accompaniment.definition": "company_id",
    "accompaniment.diagnostic": (
        "answered_total asked_total closed_on company_id reminded_on reminder_count state survey_id"
    ),
    "accompaniment.diagnostic.figure": "company_id mission_id",
    "accompaniment.effect": "company_id evidence horizon_rank observed observed_on",
    "accompaniment.finding": "company_id",
    "accompaniment.indicator": "company_id",
    "accompaniment.indicator.value": "company_id mission_id",
    "accompaniment.milestone": "company_id",
    "accompaniment.mission": (
        "analytic_account_id closed_on company_id days_left days_planned days_used lead_id price state"
    ),
    "accompaniment.participant": "company_id",
    "accompaniment.phase": "company_id days_used",
    "accompaniment.recommendation": "company_id",
    "accompaniment.review": (
        "access_token answered_on company_id done_on due_on proposed_on referent_id reminded_on satisfaction "
        "satisfaction_note state"
    ),
    "accompaniment.review.answer": "company_id mission_id months told_answer told_evidence told_on",
    "accompaniment.stake": "company_id",
    "accompaniment.strategic.domain": "company_id",
    "accompaniment.track": "company_id",
    "accompaniment.workshop": "company_id event_id person_hours present_count referent_id state stop",
    "association.commitment": "late_reminded_on reminded_on",
    "crm.lead": "oriented_on oriented_to_id",
    "funding.application": "amount_likely company_id next_deadline",
    "funding.claim": "company_id",
    "funding.deadline": "activity_id company_id partner_id writer_id",
    "funding.expense": "amount_claimed amount_free analytic_line_id company_id move_line_id",
    "funding.grant": (
        "amount beneficiary company_id date funder funder_id import_id key line nature proposed_partner_id reason "
        "registry rna scheme state subject year"
    ),
    "funding.grant.import": "state",
    "funding.in.kind": "company_id",
    "funding.instalment": "amount_left company_id",
    "funding.line": "company_id side",
    "funding.objective": "company_id",
    "funding.objective.point": "company_id",
    "funding.paper": "company_id",
    "funding.plan": (
        "balance cash_curve company_id concentration concentration_by_row first_funder first_row first_row_share "
        "first_share gap months_covered own_share private_share public_share report_due_on runs_out_on secured state "
        "total_charges total_in_kind total_products weighted"
    ),
    "funding.scenario": "company_id",
    "funding.scenario.change": "company_id",
    "funding.share": "company_id",
    "funding.version": "amounts company_id kind made_on plan_id",
    "survey.user_input": "accompaniment_reminded_on accompaniment_reminder_count",
}

#: Model: fields that look as if they stated what happened, and that somebody types in a form or a window.
TYPED = {
    "accompaniment.attendance": "status",
    "accompaniment.definition": "agreed_on",
    "accompaniment.indicator.value": "observed_on",
    "accompaniment.milestone": "planned_on",
    "accompaniment.review.answer": "observed_on",
    "crm.lead": "answer_due_on answered_on",
    "funding.application": "agreement_on decided_on",
    "funding.deadline": "done_on",
    "funding.paper": "issued_on",
    "funding.plan": "report_sent_on",
    "funding.share": "signed_by signed_on",
}
