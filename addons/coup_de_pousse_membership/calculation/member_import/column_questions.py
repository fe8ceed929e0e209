"""What to ask about the columns of a list before it is imported: what may be meant otherwise is shown."""

from dataclasses import dataclass

from ..table.headers import SAMPLE_ROWS, filled_share
from .member_columns import HISTORY_TARGETS, PAID_WORDS, header_has

#: Share of the lines from which on a column is full of values.
FULL = 0.5


@dataclass(frozen=True)
class ColumnQuestion:
    """Something to confirm about columns.

    :param code: ``memberships``: how those about memberships are read; ``fee_as_paid``: amounts that are
        taken as paid although the header does not say so; ``left_out``: full of values, and not imported.
    :param columns: those that it is about.
    """

    code: str
    columns: list


def questions(columns, rows):
    """Return the :class:`ColumnQuestion` about the columns of a list, the most important first.

    :param columns: with their targets.
    :param rows: the rows below the headers.
    """
    columns = sorted(columns, key=lambda column: column.index)
    money = [column for column in columns if column.target in HISTORY_TARGETS]
    said = {column.target for column in money}
    bare = [column for column in money if column.target == "fee_paid" and not header_has(column.header, PAID_WORDS)]
    asked = {
        "memberships": money if said - {"fee_paid"} else [],
        "fee_as_paid": bare if "paid_on" not in said else [],
        "left_out": [
            column for column in columns if not column.target and filled_share(rows[:SAMPLE_ROWS], column.index) >= FULL
        ],
    }
    return [ColumnQuestion(code, found) for code, found in asked.items() if found]
