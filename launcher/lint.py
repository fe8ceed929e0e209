"""./cdp lint: ruff, pylint-odoo, oca-checks and prettier, each at its pinned version."""

import json
import shutil
import subprocess

from . import environment, locks, places, processes, system_tools
from .say import Problem, Step, say

VENV = places.STATE / "lint"
NODE = places.STATE / "node"
_PRETTIER_FILES = (
    "addons/**/*.xml",
    "addons/**/*.js",
    "addons/**/*.scss",
    "*.{yml,yaml}",
    "config/**/*.{yml,yaml,json}",
)
# readme/ has fragments instead. The check for classes that could be merged is replaced by one of ours that knows the
# rooms: tests/rules/test_rooms.py, test_a_model_is_written_in_one_file_of_a_room.
_PYLINT_NOT_OURS = "missing-readme,consider-merging-classes-inherited,manifest-superfluous-key"
# Odoo writes its own headers in small letters, and numbers without eval are read as numbers.
_OCA_NOT_OURS = "xml-header-wrong,xml-field-numeric-without-eval"


def lint(options):
    """Run all linters; return 1 if one of them complains."""
    environment.prepare(("requirements-lint.txt",), VENV)
    results = {name: check(name, command) for name, command in commands(options.fix)}
    results["prettier"] = check_prettier(options.fix)
    say()
    for name, fine in results.items():
        say(f"{name}: {'fine' if fine else 'complains, see above'}")
    return 0 if all(results.values()) else 1


def commands(fix):
    """Yield ``(name, command)`` of each linter of Python's."""
    programs = VENV / "bin"
    ours = ["addons", "launcher", "tests", "cdp"]
    present = [path for path in ours if (places.CHECKOUT / path).exists()]
    yield "ruff", [programs / "ruff", "check", *(["--fix"] if fix else []), *present]
    yield "ruff format", [programs / "ruff", "format", *([] if fix else ["--check", "--diff"]), *present]
    addons = [f"addons/{name}" for name in places.addon_names()]
    if addons:
        yield "pylint-odoo", [programs / "pylint", "--rcfile=.pylintrc", f"--disable={_PYLINT_NOT_OURS}", *addons]
        yield "oca-checks", [programs / "oca-checks-odoo-module", f"--disable={_OCA_NOT_OURS}", *addons]


def check(name, command):
    """Run one linter, its output shown; return whether it is content."""
    say(f"\n== {name}")
    return subprocess.run([str(part) for part in command], cwd=places.CHECKOUT, check=False).returncode == 0


def check_prettier(fix):
    """Run prettier; return whether it is content. A machine where it cannot run is told how it could."""
    try:
        prettier = prepare_prettier()
    except Problem as problem:
        say(f"\n== prettier\n{problem}")
        return False
    options = ["--write" if fix else "--check", "--log-level=warn", "--no-error-on-unmatched-pattern"]
    return check("prettier", [*prettier, *options, *_PRETTIER_FILES])


def prepare_prettier():
    """Install prettier and its XML plugin at their pinned versions; return the command."""
    system_tools.prepare(("npm",), needed=("npm",))
    pinned = (places.CONFIG / "package.json").read_text(encoding="utf-8")
    with locks.lock(places.STATE / "node.lock", about="installing prettier"):
        mark = NODE / "complete.json"
        if not mark.exists() or mark.read_text(encoding="utf-8") != pinned:
            with Step("prettier"):
                shutil.rmtree(NODE, ignore_errors=True)
                NODE.mkdir(parents=True)
                (NODE / "package.json").write_text(pinned, encoding="utf-8")
                options = ["--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"]
                processes.run(["npm", "install", *options], places.log_folder() / "npm.log", cwd=NODE)
            mark.write_text(pinned, encoding="utf-8")
    plugin = NODE / "node_modules" / json.loads(pinned)["xmlPlugin"]
    return [
        NODE / "node_modules" / ".bin" / "prettier",
        f"--plugin={plugin / 'src' / 'plugin.js'}",
        "--config=.prettierrc.json",
    ]
