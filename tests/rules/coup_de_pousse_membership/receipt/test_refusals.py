"""Which payments give a right to a tax receipt, and why the others do not."""

from decimal import Decimal

import pytest
from coup_de_pousse_membership.calculation.receipt.refusals import Payment, Setting, refusal, stated
from hypothesis import given
from hypothesis import strategies as st

ON = Setting(on=True)
AMOUNTS = st.decimals(0, 10**6, places=2)


def payment(**facts):
    return Payment(**{"source": "gift", "donor": "individual", "amount": Decimal(100), **facts})


@pytest.mark.parametrize(
    ("setting", "facts", "expected"),
    [
        (Setting(), {}, "off"),
        (ON, {}, None),
        (ON, {"donor": "company"}, None),
        (ON, {"donor": "public"}, "public"),
        (ON, {"receipt": "2026-0001"}, "receipt"),
        (ON, {"undone": True}, "undone"),
        (ON, {"paid": False}, "unpaid"),
        (ON, {"amount": Decimal(0)}, "unpaid"),
        (ON, {"source": "fee"}, "fees"),
        (Setting(on=True, fees=True), {"source": "fee"}, None),
        (Setting(on=True, fees=True), {"source": "fee", "has_counterpart": True}, "counterpart"),
        (Setting(on=True, individuals=False), {}, "individuals"),
        (Setting(on=True, companies=False), {"donor": "company"}, "companies"),
        (ON, {"given_back": Decimal(99)}, None),
        (ON, {"given_back": Decimal(100)}, "returned"),
        (ON, {"archived": True}, "archived"),
        (ON, {"named": False}, "unnamed"),
        (ON, {"addressed": False}, "address"),
    ],
)
def test_reason(setting, facts, expected):
    assert refusal(payment(**facts), setting) == expected


def test_what_is_unknown_is_no_right():
    """An association that has decided nothing issues nothing, whatever was paid."""
    assert refusal(payment(source="fee", donor="company"), Setting()) == "off"


@given(AMOUNTS, AMOUNTS)
def test_never_more_than_was_received_nor_than_was_left(amount, given_back):
    found = stated(payment(amount=amount, given_back=given_back))
    assert 0 <= found <= amount
    assert found in (0, amount - given_back)


@given(AMOUNTS, AMOUNTS)
def test_a_receipt_states_more_than_nothing(amount, given_back):
    one = payment(amount=amount, given_back=given_back)
    if refusal(one, ON) is None:
        assert stated(one) > 0
