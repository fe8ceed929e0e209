"""Read the addons as a tree of rooms: their words, their files, what each file names of the others."""

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ADDONS = Path(__file__).resolve().parents[2] / "addons"
NAMES = sorted(path.parent.name for path in ADDONS.glob("*/__manifest__.py"))
#: Folders whose code is divided into rooms.
CODE = ("calculation", "models", "wizards", "controllers")
#: Folders that have the same rooms, without being code that others import.
MIRRORS = ("views", "data", "report", "static/src", "tests")
LONGEST_FILE = 400
LONGEST_METHOD = 30


@dataclass(frozen=True)
class Source:
    """One Python file of an addon's room.

    :param addon: name of the addon.
    :param word: the room; None for a file that belongs to none.
    """

    path: Path
    addon: str
    word: str | None

    @property
    def place(self):
        return str(self.path.relative_to(ADDONS))

    @cached_property
    def text(self):
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self):
        return ast.parse(self.text)

    @property
    def length(self):
        return len(self.text.splitlines())

    @cached_property
    def classes(self):
        return [node for node in self.tree.body if isinstance(node, ast.ClassDef)]

    @cached_property
    def imported(self):
        """Return ``[(line, addon, word)]`` for each room of ours that the file imports from."""
        own = ("odoo", "addons", *self.path.relative_to(ADDONS).with_suffix("").parts)
        found = []
        for node in ast.walk(self.tree):
            if not isinstance(node, ast.ImportFrom):
                continue
            module = tuple((node.module or "").split(".")) if node.module else ()
            start = own[: len(own) - node.level] if node.level else ()
            for name in node.names:
                target = (*start, *module, name.name)
                if target[:2] == ("odoo", "addons") and target[2] in NAMES and len(target) > 4 and target[3] in CODE:
                    found.append((node.lineno, target[2], target[4]))
        return found

    @cached_property
    def strings(self):
        """Return ``[(line, text)]`` for the strings of the code, docstrings aside."""
        said = {
            id(node.body[0].value)
            for node in ast.walk(self.tree)
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        return [
            (node.lineno, node.value)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said
        ]

    def model_of(self, node):
        """Return ``(model, whether it is defined here)`` for a class; ``(None, False)`` for a plain class."""
        values = {}
        for statement in node.body:
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                values[statement.targets[0].id] = statement.value
        if "_name" in values:
            return ast.literal_eval(values["_name"]), True
        if "_inherit" in values:
            inherited = ast.literal_eval(values["_inherit"])
            return (inherited if isinstance(inherited, str) else inherited[0]), False
        return None, False


def words(addon):
    """Return the words of an addon, in the order in which each may use those above it."""
    tree = ast.parse((ADDONS / addon / "models" / "__init__.py").read_text(encoding="utf-8"))
    return [name.name for node in tree.body if isinstance(node, ast.ImportFrom) for name in node.names]


def sources(addon, folders=CODE):
    """Return the Python files of an addon's folders, the lists of imports aside."""
    found = []
    for folder in folders:
        for path in sorted((ADDONS / addon / folder).rglob("*.py")):
            inside = path.relative_to(ADDONS / addon / folder).parts
            if path.name != "__init__.py":
                found.append(Source(path, addon, inside[0] if len(inside) > 1 else None))
    return found


def models():
    """Return ``{model of ours: the file that defines it}``."""
    return {
        source.model_of(node)[0]: source
        for addon in NAMES
        for source in sources(addon)
        for node in source.classes
        if source.model_of(node)[1]
    }
