"""Odoo as upstream's git branch: for machines that are not Debian, or when its package is gone."""

import re
import shutil
import subprocess

from .. import processes
from ..places import log_folder
from ..say import Problem, Step
from ..settings import UPSTREAM_BRANCH
from . import tree


def clone(url, folder):
    """Clone the branch, depth 1, into ``folder``; return the commit.

    A clone that was cut off is begun again: git cannot resume one.
    """
    if not shutil.which("git"):
        raise Problem(
            "git is needed to fetch Odoo's source. Install it, or name a tree of yours: ./cdp run --odoo PATH"
        )
    with Step("Odoo 19: cloning upstream's branch") as step:

        def progress(line):
            found = re.search(r"(Receiving objects|Updating files):\s+\d+%[^\r]*", line.rsplit("\r", 1)[-1])
            if found:
                step.progress(found[0])

        command = ["git", "clone", "--progress", "--depth", "1", "--single-branch", "--branch", UPSTREAM_BRANCH]
        processes.run([*command, url, folder], log_folder() / "odoo-source.log", each_line=progress)
        tree.recognise(folder)
    asked = subprocess.run(["git", "-C", str(folder), "rev-parse", "HEAD"], capture_output=True, text=True, check=True)
    return asked.stdout.strip()
