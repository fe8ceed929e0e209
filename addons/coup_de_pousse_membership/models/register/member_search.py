"""What is typed into the search of members: a name, a number, an address, a phone, a correspondent or a call."""

import re

from odoo.fields import Domain

CONTACT = ("complete_name", "email", "city", "zip", "company_registry", "rna", "ref")
#: Digits from which something typed may be a telephone number.
PHONE_DIGITS = 4


def find_members(env, operator, text):
    """Return the domain of the members that a text may mean.

    Calls are looked up with all rights: who may read a member may find it by the number of its call.
    """
    contact = Domain.OR([(name, operator, text)] for name in CONTACT)
    if phone := _find_phone(text):
        contact |= Domain("phone_sanitized", "like", phone)
    lines = env["account.move.line"].sudo()
    called = lines.search_fetch([("membership_id", "!=", False), ("move_name", operator, text)], ["membership_id"])
    return (
        Domain("number", operator, text)
        | Domain("partner_id", "any", contact)
        | Domain("correspondent_ids.partner_id", "any", contact)
        | Domain("membership_ids", "in", called.membership_id.ids)
    )


def _find_phone(text):
    """Return the digits of a telephone number as they end the number that is stored, or None."""
    if not re.fullmatch(r"[\d\s.+()/-]+", text):
        return None
    digits = re.sub(r"\D", "", text)
    return digits.removeprefix("0") if len(digits) >= PHONE_DIGITS else None
