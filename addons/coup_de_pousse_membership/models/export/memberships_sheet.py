"""The memberships of a year as a sheet: from when to when, what was owed, what came in."""

from datetime import date

from odoo.fields import Domain

from ..common.record_sheet import make_sheet
from ..register.association_membership import LIVE

#: Columns: field, width in characters, kind.
COLUMNS = [
    ("partner_id", 40, "text"),
    ("category_id", 22, "text"),
    ("territory_id", 24, "text"),
    ("city", 22, "text"),
    ("admission", 14, "text"),
    ("admission_decided_on", 14, "date"),
    ("date_from", 12, "date"),
    ("last_day", 12, "date"),
    ("payer_id", 34, "text"),
    ("amount", 12, "money"),
    ("entry_fee", 12, "money"),
    ("amount_paid", 12, "money"),
    ("amount_due", 12, "money"),
    ("payment_state", 18, "text"),
    ("quote_sentence", 60, "text"),
]


def make_memberships_sheet(company, year, title):
    """Return the sheet of the memberships that ran on a day of a year, by name."""
    days = [
        ("company_id", "=", company.id),
        ("date_from", "<=", date(year, 12, 31)),
        ("last_day", ">=", date(year, 1, 1)),
    ]
    memberships = company.env["association.membership"].search(Domain(LIVE) & Domain(days))
    memberships.partner_id.fetch(["complete_name"])
    memberships = memberships.sorted(lambda membership: membership.partner_id._get_sorting_name())
    return make_sheet(memberships, company.env._("Memberships"), COLUMNS, title, total=company.env._("Total"))
