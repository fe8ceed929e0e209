"""The thread of a mission, from finding to workshop to action to effect, and what hangs loose."""

import textwrap
from typing import NamedTuple

COLUMNS = ("finding", "workshop", "action", "effect")
#: In the units of the picture, where a character is about 6 wide.
WIDTH, GAP, LINE, PADDING, SPACE, TOP = 220, 60, 15, 10, 14, 34
CHARACTERS, LINES = 32, 4


class Node(NamedTuple):
    """One element: its column, an id within it, its name; ``answered`` only matters for effects."""

    column: str
    id: int
    name: str
    answered: bool = False


def find_orphans(nodes, links):
    """Return {(column, id): problem} of what the thread does not hold.

    - ``no_action``: a finding that no action answers, neither by itself nor through a workshop;
    - ``no_finding``: an action that answers no finding, neither by itself nor through its workshop;
    - ``not_observed``: an effect that no review has answered. “Not yet seen” is an answer;
    - ``no_cause``: an effect that no action brings about.

    :param nodes: the :class:`Node` of the mission.
    :param links: pairs of (column, id), the earlier column first.
    """
    after, before = {}, {}
    for source, target in links:
        after.setdefault(source, set()).add(target)
        before.setdefault(target, set()).add(source)
    problems = {}
    for node in nodes:
        key = (node.column, node.id)
        if node.column == "finding" and not _reaches(key, after, "action"):
            problems[key] = "no_action"
        elif node.column == "action" and not _reaches(key, before, "finding"):
            problems[key] = "no_finding"
        elif node.column == "effect" and not node.answered:
            problems[key] = "not_observed"
        elif node.column == "effect" and not before.get(key):
            problems[key] = "no_cause"
    return problems


def _reaches(key, neighbours, column):
    """Tell whether a column is reached directly, or through a workshop."""
    direct = neighbours.get(key, set())
    through = set().union(*(neighbours.get(near, set()) for near in direct if near[0] == "workshop"))
    return any(near[0] == column for near in direct | through)


def picture(nodes, links):
    """Return where everything stands: boxes with their lines of text, and curves between them.

    :return: ``width``, ``height``, ``boxes`` (column, id, x, y, width, height, lines, problem) and
        ``curves`` (the path of each link, from the right of a box to the left of the next).
    """
    problems = find_orphans(nodes, links)
    heights = dict.fromkeys(COLUMNS, TOP)
    boxes = {}
    for node in nodes:
        lines = textwrap.wrap(node.name, CHARACTERS, max_lines=LINES, placeholder="…") or [""]
        height = 2 * PADDING + LINE * len(lines)
        boxes[node.column, node.id] = {
            "column": node.column,
            "id": node.id,
            "x": COLUMNS.index(node.column) * (WIDTH + GAP),
            "y": heights[node.column],
            "width": WIDTH,
            "height": height,
            "lines": lines,
            "problem": problems.get((node.column, node.id), False),
        }
        heights[node.column] += height + SPACE
    curves = [_curve(boxes[source], boxes[target]) for source, target in links if source in boxes and target in boxes]
    return {
        "width": len(COLUMNS) * WIDTH + (len(COLUMNS) - 1) * GAP,
        "height": max(heights.values()),
        "boxes": list(boxes.values()),
        "curves": curves,
    }


def _curve(source, target):
    x1, y1 = source["x"] + source["width"], source["y"] + source["height"] / 2
    x2, y2 = target["x"], target["y"] + target["height"] / 2
    middle = (x1 + x2) / 2
    return f"M {x1} {y1} C {middle} {y1}, {middle} {y2}, {x2} {y2}"
