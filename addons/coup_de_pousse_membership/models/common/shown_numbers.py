"""Numbers as people read them."""

from odoo.tools import formatLang


def show_percent(env, share, digits=0):
    """Return a share as people read it: 27 %."""
    return f"{formatLang(env, 100 * share, digits=digits)}\N{NO-BREAK SPACE}%"
