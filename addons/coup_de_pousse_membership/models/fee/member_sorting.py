"""Who can get a membership of a grid and which one, and why the others cannot."""


def sort_members(grid, members, date_from=None, date_to=None):
    """Return ({member: its quote}, {member: sentence that says why it can get none}).

    :param date_from: day from which new members join; the grid's first day by default.
    :param date_to: last day, if it is not the one that the grid gives; both days are then those of every membership.
    """
    env = grid.env
    quotes = grid._quote(members, date_from)
    if date_to:
        quotes = [quote._replace(date_from=date_from or grid.date_from, date_to=date_to) for quote in quotes]
    overlapping = members._with_live_membership([(quote.date_from, quote.date_to) for quote in quotes])
    accepted, refused = {}, {}
    for member, quote in zip(members, quotes, strict=True):
        if member.state == "left":
            refused[member] = env._("Has left: use “Joins again” on its file if it comes back.")
        elif member in overlapping:
            refused[member] = env._("Already has a membership over these days.")
        elif quote.problem:
            refused[member] = quote.problem
        else:
            accepted[member] = quote
    return accepted, refused


def prepare_membership(grid, member, quote, previous):
    """Return the values of the membership that a quote gives a member.

    :param previous: its latest membership, perhaps none.
    """
    renewed = previous.admission == "admitted"
    return {
        "member_id": member.id,
        "category_id": member.category_id.id,
        "tariff_id": member.tariff_id.id,
        "grid_id": grid.id,
        **quote.fee_values(),
        "date_from": quote.date_from,
        "date_to": quote.date_to,
        "previous_id": previous.id,
        # Who has been admitted once is a member: a renewal needs no new decision.
        "admission": "admitted" if renewed else "applied",
        "admission_decided_on": previous.admission_decided_on if renewed else False,
        "admission_body": previous.admission_body if renewed else False,
    }
