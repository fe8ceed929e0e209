"""Equal facts have equal fingerprints; the least change has another one."""

from coup_de_pousse_membership.calculation.receipt.snapshot import fingerprint, freeze
from hypothesis import given
from hypothesis import strategies as st

FACTS = st.dictionaries(st.text(max_size=5), st.text(max_size=8), max_size=6)


@given(FACTS)
def test_the_order_of_the_facts_does_not_matter(facts):
    backwards = dict(reversed(list(facts.items())))
    assert freeze(facts) == freeze(backwards)


@given(FACTS, FACTS)
def test_other_facts_have_another_fingerprint(first, second):
    same = fingerprint(freeze(first)) == fingerprint(freeze(second))
    assert same == (first == second)


def test_letters_stay_letters():
    assert freeze({"name": "Quéméner"}) == '{"name":"Quéméner"}'
