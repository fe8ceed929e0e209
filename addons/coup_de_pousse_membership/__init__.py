from . import controllers
from . import demo
from . import models
from . import wizards


def _post_init_hook(env):
    """Give the companies that already keep accounts what the calls for fees need."""
    env["res.company"].search([])._ensure_membership_accounting()
