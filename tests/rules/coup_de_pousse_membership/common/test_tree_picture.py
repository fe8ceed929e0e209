"""The picture of the tree of bodies."""

from coup_de_pousse_membership.calculation.common.tree_picture import draw_tree
from hypothesis import given
from hypothesis import strategies as st


def make_nodes(parents):
    """Return nodes whose n-th one is below one of those before it, or a root."""
    return [
        (rank, None if not rank or above >= rank else above, [f"Body {rank}", "3 of 5 seats held"])
        for rank, above in enumerate(parents)
    ]


def overlap(one, other):
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def test_a_council_with_two_committees():
    picture = draw_tree([("council", None, ["Council"]), ("one", "council", ["One"]), ("two", "council", ["Two"])])
    council, one, two = picture.boxes
    assert council.x < one.x == two.x
    assert one.y < two.y
    assert council.middle == (one.middle + two.middle) / 2
    assert len(picture.curves) == 2


def test_a_long_name_is_wrapped_and_nothing_of_it_lost():
    name = "Conseil d’orientation des associations de l’agglomération et de ses communes"
    (box,) = draw_tree([(1, None, [name])]).boxes
    assert " ".join(box.lines) == name
    assert len(box.lines) == 3


def test_an_empty_scheme():
    picture = draw_tree([])
    assert (picture.boxes, picture.curves, picture.width, picture.height) == ([], [], 0, 0)


@given(st.lists(st.integers(0, 30), max_size=25))
def test_no_body_hides_another_and_all_are_in_the_picture(parents):
    nodes = make_nodes(parents)
    picture = draw_tree(nodes)
    assert len(picture.boxes) == len(nodes)
    assert len(picture.curves) == sum(above is not None for _key, above, _lines in nodes)
    for rank, box in enumerate(picture.boxes):
        assert box.x >= 0 and box.y >= 0
        assert box.x + box.width <= picture.width and box.y + box.height <= picture.height
        assert not any(overlap(box, other) for other in picture.boxes[:rank])
