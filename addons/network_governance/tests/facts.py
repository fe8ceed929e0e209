"""The fields of this addon that only methods write, and those that look so and that people type."""

#: Model: its facts. Nobody writes them from outside; see ``models/common/base.py`` of the membership addon.
FACTS = {
    "governance.body": "incompatible_back_ids parent_path version_ids",
    "governance.body.version": "company_id",
    "governance.composition": "company_id",
    "governance.declaration": "changed_on deadline line_ids state",
    "governance.declaration.line": "company_id office_kind title",
    "governance.draw": "company_id seed state",
    "governance.draw.line": "company_id former_term new_term",
    "governance.agenda.item": "company_id is_late",
    "governance.candidate": "company_id elected tied",
    "governance.elector": (
        "attendance_id ballot college_id company_id left partner_id proxies resolution_id sort_name structure_id voices"
    ),
    "governance.attendance": "badge company_id convened_at email message_id sort_name",
    "governance.mandate": "body_id company_id last_day replaces_id resolution_id term_reminded_on",
    "governance.meeting": "calendar_event_id closed_at company_id convened_at ends_at notice_on opened_at state",
    "governance.minutes": "approved_at body_id company_id digest starts_at state",
    "governance.office": "body_id company_id last_day partner_id sequence",
    "governance.proxy": "company_id",
    "governance.resolution": (
        "abstain base blank by_college casting closed_at company_id convened_voices decided_on denominator margin needed "
        "no number numerator opened_at over present_voices quorum result sentence state yes"
    ),
    "governance.tally": "college_id company_id resolution_id voices",
    "governance.stay": "arrived_at attendance_id company_id left_at meeting_id",
    "governance.representation": "category_id college_id company_id kind member_id share territory_id",
    "governance.seat": "company_id third vacancy_reminded_on",
}

#: Model: fields that look as if they stated what happened, and that somebody types in a form or a window.
TYPED = {
    "governance.body": "voices_by",
    "governance.declaration": "declared_on",
    "governance.draw": "drawn_on",
    "governance.mandate": "ended_on",
    "governance.proxy": "given_on",
}
