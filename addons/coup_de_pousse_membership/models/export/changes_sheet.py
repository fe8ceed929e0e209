"""The journal of changes: what was changed on members, their contacts and memberships, when and by whom."""

from datetime import date, timedelta

from odoo import fields
from odoo.tools import format_date, formatLang

from ...calculation.common.spreadsheet import Sheet

#: Models whose tracked fields the journal tells.
MODELS = ("association.member", "association.membership", "res.partner")


def make_changes_sheet(company, first, last, title):
    """Return the journal of the changes made between two days of the association, both included, the latest first."""
    company = company._in_own_time()
    env = company.env
    columns = [
        (env._("Date"), 12, "date"),
        (env._("Member"), 40, "text"),
        (env._("What changed"), 30, "text"),
        (env._("Before"), 36, "text"),
        (env._("After"), 36, "text"),
        (env._("By"), 28, "text"),
    ]
    rows = [row for model in MODELS for row in _list_changes(company, model, first, last)]
    rows.sort(key=lambda row: row[0], reverse=True)
    return Sheet(env._("Journal of changes"), columns, [[row[0].date(), *row[1:]] for row in rows], title)


def _list_changes(company, model, first, last):
    """Yield the line of each change of a model's records of an association."""
    env = company.env
    names = _get_names(company, model)
    trackings = _find_trackings(company, model, list(names), first, last)
    messages = {tracking.id: tracking.mail_message_id for tracking in trackings}
    for said in trackings._tracking_value_format_model(model):
        message = messages[said["id"]]
        kind = said["fieldInfo"]["fieldType"]
        yield (
            fields.Datetime.context_timestamp(company, message.date).replace(tzinfo=None),
            names[message.res_id],
            said["fieldInfo"]["changedField"],
            _show(env, kind, said["oldValue"]),
            _show(env, kind, said["newValue"]),
            message.author_id.name or message.email_from,
        )


def _find_trackings(company, model, ids, first, last):
    """Return what Odoo tracked of these records between two days, of the fields that the user may read."""
    env = company.env
    # What was changed is told to who may read the record: the table itself is the administrator's.
    domain = [
        ("mail_message_id.model", "=", model),
        ("mail_message_id.res_id", "in", ids),
        ("mail_message_id.date", ">", company._get_own_evening(first - timedelta(days=1))),
        ("mail_message_id.date", "<=", company._get_own_evening(last)),
    ]
    return env["mail.tracking.value"].sudo().search_fetch(domain)._filter_has_field_access(env)


def _get_names(company, model):
    """Return {id of a record that the user may read: name of the member that it is about}."""
    domain = [("company_id", "=", company.id)]
    source = "association.member" if model == "res.partner" else model
    records = company.env[source].with_context(active_test=False).search_fetch(domain, ["partner_id"])
    records.partner_id.fetch(["complete_name"])
    return {
        (record.partner_id if model == "res.partner" else record).id: record.partner_id.complete_name
        for record in records
    }


def _show(env, kind, value):
    """Return a value as people read it."""
    if kind == "boolean":
        return env._("Yes") if value else env._("No")
    if kind == "date" and value:
        return format_date(env, date.fromisoformat(value))
    if kind in ("float", "monetary"):
        return formatLang(env, value or 0.0, digits=2)
    return value or None
