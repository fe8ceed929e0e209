"""Who is in the way of new mandates: the database refuses them as well, but without any name."""

from odoo.addons.coup_de_pousse_membership.models.common.dated_records import show_day
from odoo.exceptions import ValidationError


def refuse_overlaps(mandates, vals_list):
    """Raise a sentence that names who holds the seat, or where the person sits already.

    :param mandates: an empty recordset of mandates.
    :param vals_list: the values of the new ones.
    """
    drafts = [mandates.new(vals) for vals in vals_list if vals.get("role", "titular") == "titular"]
    try:
        _refuse(mandates, [draft for draft in drafts if draft.date_from])
    finally:
        _forget_drafts(mandates.env)


def _refuse(mandates, drafts):
    seats = mandates.seat_id.union(*(draft.seat_id._origin for draft in drafts))
    others = mandates.search([("role", "=", "titular"), ("body_id", "in", seats.body_id.ids)]) if seats else mandates
    by_seat, by_person = others.grouped("seat_id"), others.grouped(lambda m: (m.body_id, m.partner_id))
    for draft in drafts:
        seat, person = draft.seat_id._origin, draft.partner_id._origin
        for other in by_seat.get(seat, ()):
            if draft._meets(other):
                raise ValidationError(_explain_seat_taken(draft, other))
        for other in by_person.get((seat.body_id, person), ()):
            if draft._meets(other):
                raise ValidationError(_explain_sits_twice(draft, other))


def _forget_drafts(env):
    """Take what was only a draft out of the lists of mandates that are in the cache."""
    for model, names in (
        ("governance.seat", ["mandate_ids"]),
        ("governance.body", ["mandate_ids"]),
        ("res.partner", ["mandate_ids", "representation_ids"]),
    ):
        env[model].invalidate_model(names, flush=False)


def _explain_seat_taken(draft, other):
    env = draft.env
    return env._(
        "%(seat)s is held by %(holder)s from %(first)s to %(last)s: %(person)s cannot hold it on the same days. "
        "End that mandate first, or record a replacement.",
        seat=draft.seat_id._origin.display_name,
        holder=other.partner_id.name,
        first=show_day(env, other.date_from),
        last=show_day(env, other.last_day),
        person=draft.partner_id.name,
    )


def _explain_sits_twice(draft, other):
    env = draft.env
    return env._(
        "%(person)s already sits on %(body)s (%(seat)s) from %(first)s to %(last)s: nobody holds two seats of one "
        "body at once. Choose another person, or other days.",
        person=draft.partner_id.name,
        body=draft.body_id.name,
        seat=other.seat_id.with_context(governance_in_body=True).display_name,
        first=show_day(env, other.date_from),
        last=show_day(env, other.last_day),
    )
