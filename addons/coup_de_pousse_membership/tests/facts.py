"""The fields of this addon that only methods write, and those that look so and that people type."""

#: Model: its facts. Nobody writes them from outside; see ``models/common/base.py`` of the membership addon.
FACTS = {
    "account.move": "no_reminder_reason reminder_asked_on",
    "account.move.line": "cheque_id payment_import_line_id",
    "association.call.instalment": "company_id is_paid move_id open_amount partner_id",
    "association.campaign": (
        "date_from date_to launched_by_id launched_on notice preview_done preview_last_id preview_total "
        "preview_user_id previewed_on reminders_asked_on reminders_on resumed_on sending_state state"
    ),
    "association.campaign.line": (
        "basis basis_value call_log_id category_id company_id difference due_date entry_fee exclude_reason "
        "known_membership_id mail_state membership_from membership_id membership_to move_id no_reminder "
        "no_reminder_reason partner_id previous_amount previous_membership_id problem processed_on "
        "quote_sentence quoted_amount reason recognised rule_id state territory_id total"
    ),
    "association.cheque": "bounce_move_id bounce_reason bounced_on state",
    "association.cheque.deposit": "cheque_count move_id name state total",
    "association.commitment": "company_id kept_on_time",
    "association.fee.grid": "state",
    "association.gift": "amount_net line_id move_id payment_id receipt_line_ids state",
    "association.gift.expense": "company_id",
    "association.member": "card_token left_decided_by next_change_on size state territory_id",
    "association.member.departure": "withdrawn_ids",
    "association.member.import": "file_description imported_by imported_on notice questions state",
    "association.member.import.column": "header import_id index sample",
    "association.member.import.line": (
        "changes doubtful fingerprint import_id joined_number member_id message name number partner_id "
        "proposed_partner_id status values"
    ),
    "association.member.import.word": "company_id import_id line_count target word",
    "association.membership": (
        "amount_due amount_paid campaign_id company_id counts departure_id import_id last_day movement_due "
        "next_change_on open_elsewhere partner_id payment_state reminder_log_ids settled_elsewhere_on state territory_id "
        "total withdrawn_on written_off"
    ),
    "association.movement": "amount category_id change company_id date kind member_id membership_id since territory_id",
    "association.payment.import": "file_description file_format notice row_count state user_id",
    "association.payment.import.column": "header import_id index sample",
    "association.payment.import.line": (
        "amount certainty company_id date email import_id import_key journal_id known_line_id label number payer_name "
        "reason reference state statement_line_id"
    ),
    "association.receipt.payment": (
        "amount amount_stated call_id company_id date gift_id name nature partner_id payment_line_id payment_mode reason "
        "receipt_id standing year_id"
    ),
    "association.receipt.year": (
        "asked_by_id listed_on notice paper_id paper_ids payment_ids printed_up_to_id task task_done task_total"
    ),
    "association.reminder.log": (
        "amount by_post company_id date document document_facts email membership_ids message_id move_id "
        "partner_id queued_on refusal state step_id told"
    ),
    "association.reminder.step": "company_id",
    "association.tax.receipt": (
        "amount cancel_reason cancelled_on company_id facts fingerprint issued_on kind line_ids name partner_id "
        "printed_on replaced_by_ids replaces_id sent_on signature state year"
    ),
    "association.tax.receipt.line": (
        "amount call_id company_id date gift_id is_live name nature payment_line_id payment_mode receipt_id year"
    ),
    "association.territory": "parent_path",
    "res.company": "receipt_sequence_id",
}

#: Model: fields that look as if they stated what happened, and that somebody types in a form or a window.
TYPED = {
    "account.move": "fee_call_id",
    "association.annual.figures": "declared_on",
    "association.cheque": "deposit_id received_on",
    "association.commitment": "done_on",
    "association.fee.grid": "starts_on voted_by voted_on",
    "association.gift": "waived_on",
    "association.member": "left_on",
    "association.member.departure": "decided_by left_on returned_on",
    "association.member.import": "balances_on",
    "association.member.import.progress": "started_on",
    "association.membership": "admission_decided_on applied_on ended_on",
    "association.payment.import.part": "move_id",
    "association.reminder.log": "posted_on",
    "res.partner": "founded_on",
}
