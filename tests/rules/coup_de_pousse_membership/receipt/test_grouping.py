"""Which payments stand on one receipt."""

from datetime import date

from coup_de_pousse_membership.calculation.receipt.grouping import group
from hypothesis import given
from hypothesis import strategies as st

FIRST, SECOND = date(2026, 1, 5), date(2026, 2, 5)
PAYMENTS = st.lists(
    st.tuples(st.integers(1, 4), st.booleans(), st.sampled_from(["money", "waived"]), st.sampled_from([FIRST, SECOND]))
)


def name(rows):
    return [(*row, rank) for rank, row in enumerate(rows)]


def test_an_individual_s_year_is_one_receipt():
    rows = name([(1, False, "money", SECOND), (1, False, "money", FIRST), (2, False, "money", FIRST)])
    assert group(rows, per_gift=True) == [[1, 0], [2]]


def test_what_is_waived_stands_apart():
    rows = name([(1, False, "money", FIRST), (1, False, "waived", FIRST)])
    assert sorted(group(rows, per_gift=False)) == [[0], [1]]


def test_a_company_s_gifts_together_or_each():
    rows = name([(1, True, "money", FIRST), (1, True, "money", SECOND)])
    assert group(rows, per_gift=True) == [[0], [1]]
    assert group(rows, per_gift=False) == [[0, 1]]


@given(PAYMENTS, st.booleans())
def test_each_payment_stands_once_and_with_its_donor(rows, per_gift):
    rows = [(donor, donor > 2, nature, day) for donor, _company, nature, day in rows]
    named = name(rows)
    groups = group(named, per_gift)
    assert sorted(rank for found in groups for rank in found) == list(range(len(rows)))
    for found in groups:
        assert len({(rows[rank][0], rows[rank][2]) for rank in found}) == 1
        if per_gift and rows[found[0]][1]:
            assert len(found) == 1


@given(PAYMENTS, st.randoms())
def test_the_order_in_which_they_come_does_not_matter(rows, random):
    rows = [(donor, donor > 2, nature, day) for donor, _company, nature, day in rows]
    named = name(rows)
    shuffled = random.sample(named, len(named))
    as_sets = lambda groups: sorted(tuple(sorted(found)) for found in groups)  # noqa: E731
    assert as_sets(group(named, True)) == as_sets(group(shuffled, True))
