"""Figures that follow from others: a sum such as ``a + b - c``, or one sum divided by another, ``a / (a + b)``."""

import re

_TERM = re.compile(r"([+-]?)\s*([a-z][a-z0-9_]*)\s*")


class FormulaError(ValueError):
    """Raised for a formula that is neither a sum of figures nor one sum divided by another."""


def parse(formula):
    """Return ``[[(sign, code), ...]]``: one sum, or two where the first is divided by the second.

    :raise FormulaError: for anything else.
    """
    sides = formula.split("/")
    if len(sides) > 2:
        raise FormulaError(formula)
    return [_parse_sum(side, formula) for side in sides]


def _parse_sum(text, formula):
    text = text.strip()
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    terms, position = [], 0
    while position < len(text):
        found = _TERM.match(text, position)
        if not found or (terms and not found[1]):
            raise FormulaError(formula)
        terms.append((-1 if found[1] == "-" else 1, found[2]))
        position = found.end()
    if not terms:
        raise FormulaError(formula)
    return terms


def codes(formula):
    """Return the codes of the figures that a formula reads, in its order."""
    return [code for side in parse(formula) for _sign, code in side]


def reach(known, formulas):
    """Return the codes of the formulas that read nothing but what is known and one another, each after what it reads.

    :param known: codes of figures; ``formulas``: {code: formula}.
    """
    known, left, reached = set(known), dict(formulas), []
    while ready := [code for code, formula in left.items() if known.issuperset(codes(formula))]:
        reached += ready
        known.update(ready)
        for code in ready:
            del left[code]
    return reached


def evaluate(formula, values):
    """Return what a formula comes to, or None where a figure of it is unknown or it divides by 0.

    :param values: {code: number, or None where it is unknown}.
    """
    sides = []
    for side in parse(formula):
        known = [(sign, values.get(code)) for sign, code in side]
        if any(value is None for _sign, value in known):
            return None
        sides.append(sum(sign * value for sign, value in known))
    if len(sides) == 1:
        return sides[0]
    return sides[0] / sides[1] if sides[1] else None


def to_cell(formula, cells):
    """Return a formula as a spreadsheet writes it, ``–`` where it has no value.

    :param cells: {code: the cell of that figure}.
    """
    sides = [
        "".join(f"{'-' if sign < 0 else '+'}{cells[code]}" for sign, code in side).lstrip("+")
        for side in parse(formula)
    ]
    written = sides[0] if len(sides) == 1 else f"({sides[0]})/({sides[1]})"
    return f'=IFERROR({written}, "–")'
