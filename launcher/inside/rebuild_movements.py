"""Make the movements of members anew from all memberships, and say whether they had kept up.

usage: ./cdp shell < launcher/inside/rebuild_movements.py
"""

from odoo.tools import SQL

KEPT = SQL("SELECT membership_id, kind, date, change, amount, since FROM association_movement ORDER BY 1, 2")


def rebuild(env):
    """Rebuild the movements; return (how many there are, whether they had kept up)."""
    movements = env["association.movement"]
    movements._bring_up_to_date()
    before = env.execute_query(KEPT)
    movements._rebuild()
    after = env.execute_query(KEPT)
    env.cr.commit()
    return len(after), before == after


number, kept_up = rebuild(env)  # noqa: F821 - given by the shell
print(f"{number:,} movements; they had {'' if kept_up else 'not '}kept up.")
