"""Measure one row of the benchmark in a database of Odoo; run by ``./cdp bench``.

usage: run.py ROW ARGUMENTS-AS-JSON RESULTS-FILE ODOO-OPTIONS…

ROW is a module beside this one whose ``run(env, **arguments)`` returns its results; they are added
to the file, one JSON object a line.
"""

import dataclasses
import importlib
import json
import sys
from pathlib import Path

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def main():
    row, arguments, path = sys.argv[1:4]
    config.parse_config(sys.argv[4:], setup_logging=True)
    (name,) = config["db_name"]
    with Registry(name).cursor() as cursor:
        env = api.Environment(cursor, SUPERUSER_ID, {})
        env = env(user=env.ref("base.user_admin"))
        results = importlib.import_module(f"bench.{row}").run(env, **json.loads(arguments))
        cursor.rollback()
    with open(path, "a", encoding="utf-8") as file:
        for result in results:
            result.row = result.row or row
            file.write(json.dumps(dataclasses.asdict(result)) + "\n")


if __name__ == "__main__":
    main()
