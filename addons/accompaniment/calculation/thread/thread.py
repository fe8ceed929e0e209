"""The thread of a mission, from finding to workshop to action to effect, and what hangs loose."""

import textwrap
from typing import NamedTuple

COLUMNS = ("finding", "workshop", "action", "effect")
#: In the units of the picture, where a character is about 6 wide.
LINE, PADDING, SPACE, TOP = 15, 10, 14, 34
LINES = 4


class ThreadLayout(NamedTuple):
    """How wide the boxes and what is between them are, how much text fits in a line, how high a page is."""

    width: int
    gap: int
    characters: int
    page: int = 0


#: On screen the picture is as high as it needs to be; on paper no box lies across two pages.
SCREEN, PAPER = ThreadLayout(220, 60, 30), ThreadLayout(152, 28, 20, 960)


class ThreadNode(NamedTuple):
    """One element: its column, an id within it, its name.

    :param answered: for effects: whether a review has answered it.
    :param due: for effects: whether a review should have.
    """

    column: str
    id: int
    name: str
    answered: bool = False
    due: bool = True


def find_orphans(nodes, links):
    """Return {(column, id): problem} of what the thread does not hold.

    - ``no_action``: a finding that no action answers, neither by itself nor through a workshop;
    - ``no_finding``: an action that answers no finding, neither by itself nor through its workshop;
    - ``not_observed``: an effect that no review has answered, once one was due. “Not yet seen” is an answer;
    - ``no_cause``: an effect that no action brings about.

    :param nodes: the :class:`ThreadNode` of the mission.
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
        elif node.column == "effect" and node.due and not node.answered:
            problems[key] = "not_observed"
        elif node.column == "effect" and not before.get(key):
            problems[key] = "no_cause"
    return problems


def _reaches(key, neighbours, column):
    """Return whether a column is reached directly, or through a workshop."""
    direct = neighbours.get(key, set())
    through = set().union(*(neighbours.get(near, set()) for near in direct if near[0] == "workshop"))
    return any(near[0] == column for near in direct | through)


def picture(nodes, links, layout=SCREEN):
    """Return where everything stands: boxes with their lines of text, and curves between them.

    :return: ``width``, ``height``, ``columns`` (name, x), ``boxes`` (column, id, name, x, y, width, height,
        lines, problem) and ``curves`` (the path of each link, from the right of a box to the left of the next).
    """
    left = {column: rank * (layout.width + layout.gap) for rank, column in enumerate(COLUMNS)}
    boxes = _place(nodes, links, left, layout)
    height = max((box["y"] + box["height"] + SPACE for box in boxes.values()), default=TOP)
    if not layout.page or height <= layout.page:
        _spread(boxes.values(), height)
    return {
        "width": left[COLUMNS[-1]] + layout.width,
        "height": height,
        "columns": [{"name": column, "x": x} for column, x in left.items()],
        "boxes": list(boxes.values()),
        "curves": [
            _curve(boxes[source], boxes[target]) for source, target in links if {source, target} <= boxes.keys()
        ],
    }


def _place(nodes, links, left, layout):
    """Return {(column, id): box}, those of a column one below the other, none across two pages."""
    problems = find_orphans(nodes, links)
    boxes = {}
    for column, members in _untangle(nodes, links).items():
        bottom = TOP
        for node in members:
            lines = textwrap.wrap(node.name, layout.characters, max_lines=LINES, placeholder="…") or [""]
            height = 2 * PADDING + LINE * len(lines)
            if layout.page and bottom // layout.page != (bottom + height) // layout.page:
                bottom = (bottom // layout.page + 1) * layout.page + SPACE
            boxes[column, node.id] = {
                "column": column,
                "id": node.id,
                "name": node.name,
                "x": left[column],
                "y": bottom,
                "width": layout.width,
                "height": height,
                "lines": lines,
                "problem": problems.get((column, node.id), False),
            }
            bottom += height + SPACE
    return boxes


def _untangle(nodes, links):
    """Return {column: its nodes}, each near what it is linked to so that fewer links cross, orphans last.

    Workshops keep their order, which is that of time; the other columns follow them.
    """
    columns = {column: [node for node in nodes if node.column == column] for column in COLUMNS}
    linked, place = {}, {}
    for source, target in links:
        linked.setdefault(source, []).append(target)
        linked.setdefault(target, []).append(source)

    def middle(node):
        places = [place[key] for key in linked.get((node.column, node.id), ()) if key in place]
        return sum(places) / len(places) if places else float("inf")

    for column in ("workshop", "finding", "action", "effect"):
        if column != "workshop":
            columns[column].sort(key=middle)
        size = len(columns[column])
        place |= {(column, node.id): rank / size for rank, node in enumerate(columns[column])}
    return columns


def _spread(boxes, height):
    """Put the boxes of the shorter columns evenly over the height, in place."""
    for column in COLUMNS:
        members = [box for box in boxes if box["column"] == column]
        free = height - max((box["y"] + box["height"] + SPACE for box in members), default=0)
        for rank, box in enumerate(members, 1):
            box["y"] += free * rank / (len(members) + 1)


def _curve(source, target):
    x1, y1 = source["x"] + source["width"], source["y"] + source["height"] / 2
    x2, y2 = target["x"], target["y"] + target["height"] / 2
    middle = (x1 + x2) / 2
    return f"M {x1} {y1} C {middle} {y1}, {middle} {y2}, {x2} {y2}"
