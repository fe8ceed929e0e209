"""The day for which a screen asks."""

from odoo import fields
from odoo.exceptions import UserError


def read_day(model, day):
    """Return a day given as text; today if none is.

    :param model: a model, in the environment of the user.
    :raise UserError: if the text is no day.
    """
    try:
        return fields.Date.to_date(day) or fields.Date.context_today(model)
    except ValueError:
        raise UserError(model.env._("“%s” is no day. Write it as 2026-01-31.", day))
