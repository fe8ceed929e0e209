"""What draft grids bring in, and who pays more or less."""

from decimal import Decimal

import pytest
from coup_de_pousse_membership.calculation.simulator.simulation import Levers, apply_levers, compare, sum_by_group
from hypothesis import given
from hypothesis import strategies as st

FEES = st.one_of(st.none(), st.decimals(0, 5000, places=2))
MEMBERS = st.dictionaries(st.integers(1, 40), st.tuples(FEES, FEES, FEES), max_size=20)
LEVERS = st.builds(
    Levers,
    discount=st.decimals(0, 1, places=2),
    discount_below=FEES,
    cap=FEES,
    most_rise=st.one_of(st.none(), st.decimals(0, 2, places=2)),
)


def outcome(members, levers):
    before, after, figures = ({key: row[rank] for key, row in members.items()} for rank in range(3))
    return compare(before, after, figures, levers)


@pytest.mark.parametrize(
    ("levers", "fee"),
    [
        (Levers(), "200"),
        (Levers(cap=Decimal(150)), "150"),
        (Levers(most_rise=Decimal("0.1")), "110"),
        (Levers(discount=Decimal("0.25"), discount_below=Decimal(50_000)), "150"),
        (Levers(discount=Decimal("0.25"), discount_below=Decimal(40_000)), "200"),
        # The discount comes first: the cap then takes nothing off.
        (Levers(Decimal("0.25"), Decimal(50_000), Decimal(160)), "150"),
    ],
)
def test_levers(levers, fee):
    assert apply_levers(Decimal(200), Decimal(100), Decimal(40_000), levers) == Decimal(fee)


def test_an_unknown_figure_gives_no_discount_and_an_unknown_fee_no_bound():
    levers = Levers(discount=Decimal("0.5"), discount_below=Decimal(50_000), most_rise=Decimal(0))
    assert apply_levers(Decimal(200), None, None, levers) == 200
    assert apply_levers(None, Decimal(100), Decimal(0), levers) is None


def test_the_most_rise_is_never_passed_by_rounding():
    assert apply_levers(Decimal(99), Decimal("33.33"), None, Levers(most_rise=Decimal("0.1"))) == Decimal("36.66")


def test_who_pays_more_and_less():
    rows = {1: ("100", "150"), 2: ("100", "95"), 3: ("100", "100"), 4: ("0", "20"), 5: (None, "30"), 6: ("80", None)}
    members = {key: (*(fee and Decimal(fee) for fee in row), None) for key, row in rows.items()}
    found = outcome(members, Levers())
    assert (found.revenue, found.known) == (395, 5)
    assert (found.more, found.less, found.same) == ((2, 70), (1, -5), 1)
    # Below -50 %, to -10, to 0, unchanged, to 10, to 50, from 50 % on (and from nothing to something).
    assert found.classes == (0, 0, 1, 1, 0, 0, 2)
    assert [(change.key, change.difference) for change in found.largest] == [(1, 50), (4, 20), (2, -5)]


def test_groups():
    fees = {1: Decimal(10), 2: Decimal(20), 3: None, 4: Decimal(5)}
    assert sum_by_group(fees, {1: "a", 2: "a", 3: "b"}) == {"a": (2, 30), "b": (1, 0), None: (1, 5)}


@given(MEMBERS, LEVERS)
def test_every_member_is_counted_once(members, levers):
    found = outcome(members, levers)
    compared = sum(1 for before, after, _figure in members.values() if before is not None and after is not None)
    assert found.more[0] + found.less[0] + found.same == compared == sum(found.classes)
    assert sum(total for _count, total in sum_by_group(found.fees, {1: "x", 2: "y"}).values()) == found.revenue


@given(MEMBERS, LEVERS)
def test_the_order_of_members_changes_nothing(members, levers):
    backwards = dict(reversed(members.items()))
    found, again = outcome(members, levers), outcome(backwards, levers)
    assert found == again


@given(MEMBERS, LEVERS, st.decimals(0, 1000, places=2))
def test_a_lower_cap_brings_in_no_more(members, levers, cap):
    assert outcome(members, levers._replace(cap=cap)).revenue <= outcome(members, levers._replace(cap=cap + 10)).revenue
