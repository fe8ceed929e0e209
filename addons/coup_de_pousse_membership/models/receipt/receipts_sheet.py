"""Tax receipts as a sheet: number, donor, amount."""

from ...calculation.common.spreadsheet import Sheet


def make_receipts_sheet(receipts, title=()):
    """Return the sheet of receipts, in their order; what is cancelled is listed, and counts for nothing.

    :param title: lines of text above the header.
    """
    env = receipts.env
    columns = [
        (env._("Receipt number"), 14, "text"),
        (env._("Issued on"), 12, "date"),
        (env._("Kind"), 26, "text"),
        (env._("Donor"), 36, "text"),
        (env._("State"), 14, "text"),
        (env._("Replaces"), 14, "text"),
        (env._("Amount"), 14, "money"),
    ]
    kinds, states = (dict(receipts._fields[name]._description_selection(env)) for name in ("kind", "state"))
    rows = [
        (
            receipt.name,
            receipt.issued_on,
            kinds[receipt.kind],
            receipt.partner_id.name,
            states[receipt.state],
            receipt.replaces_id.name,
            0.0 if receipt.state == "cancelled" else receipt.amount,
        )
        for receipt in receipts
    ]
    return Sheet(env._("Receipts"), columns, rows, title, total=env._("Total"))
