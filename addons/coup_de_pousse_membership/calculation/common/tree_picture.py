"""Where each body of a scheme stands in the picture of the tree: roots on the left, each body beside what it has below.

Lengths are in the units of the picture, which is scaled to the page on which it is printed.
"""

import textwrap
from dataclasses import dataclass

WIDTH, GAP_ACROSS, GAP_BELOW = 230, 50, 12
LINE, PADDING, CHARACTERS = 16, 10, 34


@dataclass
class Box:
    """A body in the picture.

    :param lines: what is written in it, the first one its name.
    """

    key: object
    x: float
    y: float
    height: float
    lines: list
    width: float = WIDTH

    @property
    def middle(self):
        """The height at which curves reach the box."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class TreePicture:
    """A picture of bodies: boxes, and curves from each to those below it, as paths of SVG."""

    boxes: list
    curves: list
    width: float
    height: float


def draw_tree(nodes):
    """Return the :class:`TreePicture` of a forest.

    :param nodes: (key, key of the node above or None, texts) of each; a node above that is not among them is none.
    """
    texts = {key: lines for key, _above, lines in nodes}
    below = {}
    for key, above, _lines in nodes:
        below.setdefault(above if above in texts else None, []).append(key)
    boxes = _place(below, texts)
    return TreePicture(
        [boxes[key] for key, _above, _lines in nodes],
        [_join(boxes[above], boxes[key]) for key, above, _lines in nodes if above in texts],
        max((box.x + box.width for box in boxes.values()), default=0),
        max((box.y + box.height for box in boxes.values()), default=0),
    )


def _place(below, texts):
    """Return {key: its box}, of the keys that ``below`` lists under each one, and under None."""
    boxes, floor = {}, 0.0

    def place(key, depth):
        nonlocal floor
        lines = [part for text in texts[key] for part in textwrap.wrap(text, CHARACTERS) or [""]]
        box = Box(key, depth * (WIDTH + GAP_ACROSS), floor, len(lines) * LINE + 2 * PADDING, lines)
        boxes[key] = box
        children = [place(child, depth + 1) for child in below.get(key, ())]
        if children:
            # Beside the middle of what is below it, never above the place where it began.
            middle = (children[0].middle + children[-1].middle) / 2
            box.y = max(box.y, middle - box.height / 2)
        floor = max(floor, box.y + box.height + GAP_BELOW)
        return box

    for root in below.get(None, ()):
        place(root, 0)
    return boxes


def _join(above, below):
    start, end = above.x + above.width, below.x
    bend = (start + end) / 2
    return f"M {start} {above.middle} C {bend} {above.middle}, {bend} {below.middle}, {end} {below.middle}"
