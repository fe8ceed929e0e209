"""Whether the fees still owed of a list may be called."""

from odoo.exceptions import UserError


def check_balances(record):
    """Refuse to issue calls without the right to, or without their date.

    :param record: the import.
    """
    if record.open_balances != "call":
        return
    if not record.env.user.has_group("coup_de_pousse_membership.group_membership_treasurer"):
        raise UserError(
            record.env._(
                "Only a treasurer may call the fees still owed: ask one to press “Import”, or choose “Keep as a note”."
            )
        )
    if not record.balances_on:
        raise UserError(record.env._("Give the date of the calls for the fees still owed."))
