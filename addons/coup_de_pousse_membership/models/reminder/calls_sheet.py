"""Calls for fees as a workbook to take away: whom to ring up, what is owed since when, what was sent about it."""

from odoo import fields

from ...calculation.common.spreadsheet import Sheet


def make_calls_sheet(calls):
    """Return the sheet of calls, the oldest due date first."""
    env, today = calls.env, fields.Date.context_today(calls)
    columns = [
        (env._("Call"), 20, "text"),
        (env._("Payer"), 36, "text"),
        (env._("Members"), 36, "text"),
        (env._("Issued on"), 12, "date"),
        (env._("To be paid by"), 12, "date"),
        (env._("Days late"), 10, "integer"),
        (env._("Amount called"), 14, "money"),
        (env._("Left to pay"), 14, "money"),
        (env._("Reminded on"), 12, "date"),
        (env._("Email"), 30, "text"),
        (env._("Phone"), 18, "text"),
        (env._("City"), 24, "text"),
    ]
    rows = [_make_row(call, today) for call in calls.sorted(lambda call: (call.invoice_date_due or today, call.id))]
    return Sheet(env._("Calls for Fees"), columns, rows, total=env._("Total"))


def _make_row(call, today):
    payer = call.partner_id
    return [
        call.name,
        payer.name,
        ", ".join(call.line_ids.membership_id.member_id.mapped("display_name")),
        call.invoice_date or None,
        call.invoice_date_due or None,
        _count_days_late(call, today),
        call.amount_total_signed,
        call.amount_residual_signed,
        call.last_reminder_on or None,
        payer.email or None,
        payer.phone or None,
        payer.city or None,
    ]


def _count_days_late(call, today):
    """Return the days since a call that is not fully paid was due, or None."""
    owed = call.state == "posted" and call.amount_residual_signed > 0
    late = (today - call.invoice_date_due).days if owed and call.invoice_date_due else 0
    return late if late > 0 else None
