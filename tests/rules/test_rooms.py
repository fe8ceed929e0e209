"""One word per capability, the same word in every folder; code uses only the words above its own."""

import ast
import re
from collections import Counter, defaultdict

import pytest
import rooms

BASE = "coup_de_pousse_membership"
addons = pytest.mark.parametrize("addon", rooms.NAMES)


@addons
def test_each_folder_has_the_words_of_the_models(addon):
    folder = rooms.ADDONS / addon
    known = rooms.words(addon)
    strange = [
        str(path.relative_to(folder))
        for part in (*rooms.CODE, *rooms.MIRRORS)
        for path in sorted((folder / part).glob("*/"))
        if path.name not in (*known, "__pycache__", "data")
    ]
    assert not strange, f"words are {known}"


@addons
def test_all_code_stands_in_a_room(addon):
    assert not [source.place for source in rooms.sources(addon) if source.word is None]


@addons
def test_code_imports_only_from_the_words_above_its_own(addon):
    order = rooms.words(addon)
    wrong = []
    for source in rooms.sources(addon):
        for line, other, word in source.imported:
            if other == addon:
                fine = word in order and order.index(word) <= order.index(source.word)
            else:
                fine = other == BASE
            if not fine:
                wrong.append(f"{source.place}:{line} uses {other}/{word}")
    assert not wrong


@addons
def test_code_names_only_models_of_the_words_above_its_own(addon):
    order = rooms.words(addon)
    defined = rooms.models()
    wrong = []
    for source in rooms.sources(addon):
        for line, text in source.strings:
            owner = defined.get(text.partition(",")[0])
            if owner is None:
                continue
            if owner.addon == addon:
                fine = order.index(owner.word) <= order.index(source.word)
            else:
                fine = owner.addon == BASE
            if not fine:
                wrong.append(f"{source.place}:{line} names {text} of {owner.addon}/{owner.word}")
    assert not wrong


@addons
def test_a_model_is_written_in_one_file_of_a_room(addon):
    """A second file is for what would make the first one longer than a file may be."""
    parts = defaultdict(set)
    for source in rooms.sources(addon, ("models", "wizards")):
        for node in source.classes:
            model, _defined = source.model_of(node)
            if model:
                parts[source.word, model].add(source)
    spread = {
        f"{word}: {model}": sorted(source.path.name for source in files)
        for (word, model), files in parts.items()
        if len(files) > 1 and sum(source.length for source in files) <= rooms.LONGEST_FILE
    }
    assert not spread


@addons
def test_a_file_is_called_as_the_model_it_holds(addon):
    wrong = []
    for source in rooms.sources(addon, ("models", "wizards")):
        held = [source.model_of(node)[0] for node in source.classes if source.model_of(node)[0]]
        if held and not any(source.path.stem.startswith(model.replace(".", "_")) for model in held):
            wrong.append(f"{source.place} holds {held}")
        # The lines of a dialog may stand with it.
        if len(set(held)) > 1 and "/wizards/" not in source.place:
            wrong.append(f"{source.place} holds {held}")
    assert not wrong


@addons
def test_no_file_is_too_long(addon):
    assert not [f"{s.place}: {s.length}" for s in rooms.sources(addon) if s.length > rooms.LONGEST_FILE]


@addons
def test_no_method_is_too_long(addon):
    long = [
        f"{source.place}: {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for source in rooms.sources(addon)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > rooms.LONGEST_METHOD
    ]
    assert not long


@addons
def test_each_file_opens_with_a_sentence(addon):
    silent = [s.place for s in rooms.sources(addon, (*rooms.CODE, "tests", "demo")) if not ast.get_docstring(s.tree)]
    silent += [
        str(path.relative_to(rooms.ADDONS))
        for path in sorted((rooms.ADDONS / addon / "static").rglob("*.js"))
        if not path.read_text(encoding="utf-8").lstrip().startswith(("/*", "//"))
    ]
    assert not silent


def test_no_two_plain_classes_have_one_name():
    names = Counter(
        node.name
        for addon in rooms.NAMES
        for source in rooms.sources(addon)
        for node in source.classes
        if source.model_of(node)[0] is None
    )
    assert not [name for name, count in names.items() if count > 1]


@addons
def test_a_calculation_needs_nothing_of_odoo(addon):
    """It is run by plain pytest, where nothing of Odoo can be imported."""
    wrong = []
    for source in rooms.sources(addon, ("calculation",)):
        for node in ast.walk(source.tree):
            named = [name.name for name in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                named.append(node.module)
            wrong += [f"{source.place}:{node.lineno} {name}" for name in named if name.split(".")[0] == "odoo"]
    assert not wrong


@addons
def test_the_map_names_the_words_in_their_order(addon):
    text = (rooms.ADDONS.parent / "ARCHITECTURE.md").read_text(encoding="utf-8")
    listed = ", ".join(f"`{word}`" for word in rooms.words(addon))
    assert f"| `{addon}` | {listed} |" in text


def test_the_map_names_files_that_exist():
    text = (rooms.ADDONS.parent / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:models|calculation|wizards)/[\w/]+\.py)`", text)
    assert named
    assert not [path for path in named if not any((rooms.ADDONS / addon / path).exists() for addon in rooms.NAMES)]
