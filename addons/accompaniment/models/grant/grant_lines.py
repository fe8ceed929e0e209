"""Reads the lines of a published list of grants: what each says, or why it cannot be read."""

from collections import Counter, namedtuple
from hashlib import sha256

from odoo.addons.coup_de_pousse_membership.calculation.register import identifiers
from odoo.addons.coup_de_pousse_membership.calculation.table.table_reader import cell_text
from odoo.addons.coup_de_pousse_membership.calculation.table.values import (
    ValueProblem,
    decimal_mark,
    read_date,
    read_number,
)

#: What a line says. ``year``: of the decision; ``registry``: SIREN or SIRET as digits, or nothing; ``key``: tells
#: the grant from others, also in another file.
GrantLine = namedtuple(
    "GrantLine", "number name registry rna funder funder_registry date year amount subject scheme nature key"
)


def read_lines(table, columns, today):
    """Return (the :class:`GrantLine` of each line that can be read, [(number of a line, what is wrong, value)])."""
    mark = decimal_mark([_cell(row, columns, "amount") for row in table.rows[:200]])
    lines, problems, seen = [], [], Counter()
    for row in table.rows:
        if row.is_blank():
            continue
        try:
            values = _read(row, columns, mark, today)
        except ValueProblem as problem:
            problems.append((row.line, problem.code, problem.values.get("value", "")))
            continue
        # Two grants alike in all are two: the second one of a file is told apart by its rank.
        said = "|".join(map(str, values.values()))
        seen[said] += 1
        key = sha256(f"{said}|{seen[said]}".encode()).hexdigest()[:32]
        lines.append(GrantLine(number=row.line, key=key, **values))
    return lines, problems


def _read(row, columns, mark, today):
    name = _text(row, columns, "name")
    if not name:
        raise ValueProblem("no_name")
    amount = read_number(_cell(row, columns, "amount"), mark)
    if amount is None or amount < 0:
        raise ValueProblem("no_amount", value=_text(row, columns, "amount"))
    day, year = _read_day(row, columns, today)
    registry, rna = _read_numbers(_text(row, columns, "number"), _text(row, columns, "rna"))
    return {
        "name": name,
        "registry": registry,
        "rna": rna,
        "funder": _text(row, columns, "funder"),
        "funder_registry": _read_numbers(_text(row, columns, "funder_number"), "")[0],
        "date": day,
        "year": year,
        "amount": round(float(amount), 2),
        "subject": _text(row, columns, "subject"),
        "scheme": _text(row, columns, "scheme"),
        "nature": _text(row, columns, "nature"),
    }


def _read_day(row, columns, today):
    """Return (day or None, year or None): some authorities publish the year alone."""
    text = _text(row, columns, "date")
    if not text:
        return None, None
    if text.isdigit() and len(text) == 4:
        return None, int(text)
    day = read_date(_cell(row, columns, "date"), today)
    return day, day.year if day else None


def _read_numbers(*texts):
    """Return (SIREN or SIRET, RNA), each "" where none of the texts is one: a number that is wrong recognises nobody."""
    registry = rna = ""
    for text in texts:
        tidy = identifiers.normalise(text)
        if tidy.isdigit() and len(tidy) in (9, 14) and not identifiers.registry_problem(tidy):
            registry = registry or tidy
        elif text and not identifiers.rna_problem(text):
            rna = rna or identifiers.normalise_rna(text)
    return registry, rna


def _cell(row, columns, target):
    index = columns.get(target)
    return row.cells[index] if index is not None and index < len(row.cells) else ""


def _text(row, columns, target):
    return cell_text(_cell(row, columns, target)).strip()
