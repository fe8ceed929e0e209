"""Whether a payment gives a right to a tax receipt, and if not, why.

Plain Python. A receipt is for what was given: received by a body that may issue it (CGI art. 200, 238 bis; for unions
199 quater C), from somebody whose name and address are known, with nothing given in return that is worth as much, and
stated once.
"""

from dataclasses import dataclass
from decimal import Decimal

INDIVIDUAL, COMPANY, PUBLIC = "individual", "company", "public"
GIFT, FEE = "gift", "fee"


@dataclass(frozen=True)
class Payment:
    """What is known of a payment.

    :param source: ``gift`` or ``fee``.
    :param donor: ``individual``, ``company`` (any private body) or ``public``.
    :param amount: what was received, in the currency.
    :param given_back: value of what was given in return.
    :param has_counterpart: a fee that gives access to services (account 7562).
    :param receipt: number of the receipt that states it already.
    :param named: the donor is known; :param addressed: so are their street, postcode and town.
    :param archived: the contact is no longer in use.
    :param paid: the money is there; :param undone: its entry was taken back.
    """

    source: str
    donor: str
    amount: Decimal
    given_back: Decimal = Decimal(0)
    has_counterpart: bool = False
    receipt: str = ""
    named: bool = True
    addressed: bool = True
    archived: bool = False
    paid: bool = True
    undone: bool = False


@dataclass(frozen=True)
class Setting:
    """What an association may issue.

    :param on: it issues receipts at all.
    :param individuals: under article 200 (or, a union, 199 quater C); :param companies: under article 238 bis.
    :param fees: its membership fees are gifts to the tax office: nothing is given in return.
    """

    on: bool = False
    individuals: bool = True
    companies: bool = True
    fees: bool = False


#: Reason: whether it holds. In the order in which a person would ask.
REASONS = {
    "off": lambda payment, setting: not setting.on,
    "counterpart": lambda payment, setting: payment.has_counterpart,
    "receipt": lambda payment, setting: bool(payment.receipt),
    "undone": lambda payment, setting: payment.undone,
    "unpaid": lambda payment, setting: not payment.paid or payment.amount <= 0,
    "public": lambda payment, setting: payment.donor == PUBLIC,
    "fees": lambda payment, setting: payment.source == FEE and not setting.fees,
    "individuals": lambda payment, setting: payment.donor == INDIVIDUAL and not setting.individuals,
    "companies": lambda payment, setting: payment.donor == COMPANY and not setting.companies,
    "returned": lambda payment, setting: payment.given_back >= payment.amount,
    "archived": lambda payment, setting: payment.archived,
    "unnamed": lambda payment, setting: not payment.named,
    "address": lambda payment, setting: not payment.addressed,
}


def refusal(payment, setting):
    """Return the first reason of :data:`REASONS` for which there is no receipt, or None."""
    return next((code for code, holds in REASONS.items() if holds(payment, setting)), None)


def stated(payment):
    """Return what a receipt states of a payment: never more than was received, less what was given in return."""
    return max(payment.amount - payment.given_back, Decimal(0))
