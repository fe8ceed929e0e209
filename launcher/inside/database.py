"""Make and update databases; run by the launcher in the environment where Odoo is.

usage: database.py TASK JSON ODOO-OPTIONS…
tasks: "odoo" makes a French database with Odoo's own modules, of an empty one,
       "addons" installs and updates ours in it, with their demo data if asked for.
"""

import json
import sys

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config

HASHES = "coup_de_pousse.addons"  # system parameter: what the installed addons looked like


def environment(registry, cursor):
    """Return the superuser's environment."""
    return api.Environment(cursor, SUPERUSER_ID, {})


def make_odoo(name, task):
    """Fill the database, in French from its first record on.

    The chart of accounts follows the company's country and is loaded when an
    installation ends; so the country comes before accounting, and our addons
    in a later installation.
    """
    registry = Registry.new(name, update_module=True, new_db_demo=False)
    with registry.cursor() as cursor:
        env = environment(registry, cursor)
        country = env["res.country"].search([("code", "=", task["country"])])
        env.company.write({"country_id": country.id, "currency_id": country.currency_id.id, "name": task["company"]})
        env["ir.default"].set("res.partner", "tz", task["timezone"])
        env["res.users"].with_context(active_test=False).search([]).write({"tz": task["timezone"]})
        env.ref("base.user_admin").write({"password": "admin", "lang": task["language"]})
    Registry.new(name, update_module=True, install_modules=task["modules"])


def install_addons(name, task):
    """Install the new addons and update the changed ones.

    Odoo loads an addon's demo data only if all it depends on has its own, and
    Odoo's own (American companies and the like) has no place here: the
    dependencies are flagged while ours are installed, and only flagged.
    """
    registry = Registry(name)
    with registry.cursor() as cursor:
        env = environment(registry, cursor)
        known = set(env["ir.module.module"].search([("state", "=", "installed")]).mapped("name"))
    install = [addon for addon in task["addons"] if addon not in known]
    update = [addon for addon in task["changed"] if addon in known]
    if missing := sorted(set(task["modules"]) - known):
        Registry.new(name, update_module=True, install_modules=missing)
    flagged = flag_demo(registry, task["addons"]) if task["demo"] else []
    config["overwrite_existing_translations"] = bool(update)  # a corrected translation is to be seen
    try:
        registry = Registry.new(name, update_module=True, install_modules=install, upgrade_modules=update)
    finally:
        with registry.cursor() as cursor:
            cursor.execute("UPDATE ir_module_module SET demo = FALSE WHERE id = ANY(%s)", [flagged])
    with registry.cursor() as cursor:
        env = environment(registry, cursor)
        for failure in env["ir.demo_failure"].search([]):
            print(f"DEMO FAILED {failure.module_id.name}: {failure.error}", flush=True)
        env["ir.config_parameter"].set_param(HASHES, json.dumps(task["hashes"]))


def flag_demo(registry, ours):
    """Say of all installed modules but ours that they have demo data; return their ids."""
    with registry.cursor() as cursor:
        cursor.execute(
            "UPDATE ir_module_module SET demo = TRUE"
            " WHERE state = 'installed' AND NOT demo AND name != ALL(%s) RETURNING id",
            [ours],
        )
        return [row[0] for row in cursor.fetchall()]


def main():
    """Read the arguments and do the task."""
    what, task = sys.argv[1], json.loads(sys.argv[2])
    config.parse_config(sys.argv[3:], setup_logging=True)
    (name,) = config["db_name"]
    {"odoo": make_odoo, "addons": install_addons}[what](name, task)


if __name__ == "__main__":
    main()
