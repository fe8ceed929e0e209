"""Whether a record already says what a line says, be it written otherwise."""

import re

from odoo import fields, models
from odoo.tools import html2plaintext

from ...calculation.member_import.member_matching import addresses, name_key, person_key
from ...calculation.table.headers import fold

_FRENCH_PREFIX = re.compile(r"^(?:\+|00)33(?:0|\(0\))?")


def says_same(partner, name, value):
    """Return whether a field of a contact agrees with the value of a line."""
    known = partner[name]
    if isinstance(known, models.BaseModel):
        return known.id == value
    if not known:
        return False
    if name == "name":
        alike = name_key if partner.is_company else person_key
        return alike(known) == alike(value)
    compare = _COMPARISONS.get(name)
    return compare(known, value) if compare else known == value


def agree(period, known):
    """Return whether the register says of a membership what a line says.

    What was imported is compared with what was imported then, whatever was paid since.
    """
    if (known.date_from.isoformat(), known.date_to.isoformat()) != (period["date_from"], period["date_to"]):
        return False
    if known.amount and period["amount"] and round(known.amount - period["amount"], 2):
        return False
    if known.import_id:
        return not round(known.open_elsewhere - period["due"], 2)
    settled = known.payment_state in ("paid", "free")
    return settled != bool(period["due"]) and (settled or not round(known.amount_due - period["due"], 2))


def _digits(phone):
    return _FRENCH_PREFIX.sub("0", re.sub(r"[^\d+()]", "", phone))


def _site(address):
    return re.sub(r"^https?://", "", address.casefold()).rstrip("/")


def _same_place(known, value):
    return fold(known) == fold(value)


#: Field of a contact → function of what is known and of what a line says.
_COMPARISONS = {
    "founded_on": lambda known, value: fields.Date.to_string(known) == value,
    # A SIRET says more than its SIREN.
    "company_registry": lambda known, value: re.sub(r"\W", "", known).startswith(value),
    "street": _same_place,
    "street2": _same_place,
    "city": _same_place,
    "email": lambda known, value: addresses(known) == addresses(value),
    "phone": lambda known, value: _digits(known) == _digits(value),
    "website": lambda known, value: _site(known) == _site(value),
    "comment": lambda known, value: " ".join(value.split()) in " ".join(html2plaintext(known).split()),
}
