"""What the addons say to people: a day in a sentence is written as its reader writes days."""

import ast

import pytest
import rooms

DAYS = ("_on", "_date", "date_from", "date_to", "last_day", "deadline", "since")


@pytest.mark.parametrize("addon", rooms.NAMES)
def test_a_day_in_a_sentence_is_written_in_the_readers_way(addon):
    raw = []
    for source in rooms.sources(addon):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "_":
                given = [*node.args[1:], *(keyword.value for keyword in node.keywords)]
                raw += [
                    f"{source.place}:{value.lineno} {ast.unparse(value)}"
                    for value in given
                    if isinstance(value, (ast.Attribute, ast.Name)) and ast.unparse(value).endswith(DAYS)
                ]
    assert not raw, "use show_day() of models/common/dated_records.py"
