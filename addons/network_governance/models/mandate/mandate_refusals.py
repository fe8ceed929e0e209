"""What contradicts new or changed mandates: the database refuses it as well, but names nobody."""

from odoo.addons.coup_de_pousse_membership.models.common.dated_records import show_day
from odoo.exceptions import ValidationError

#: Fields whose change may contradict something.
CHECKED_FIELDS = frozenset(("seat_id", "partner_id", "role", "date_from", "term_date", "stays", "ended_on"))


def refuse_new(mandates, vals_list):
    """Raise a sentence that names who cannot be given a mandate, and who is in the way.

    :param mandates: an empty recordset of mandates.
    :param vals_list: the values of the new ones.
    """
    _refuse(mandates, [mandates.new(vals) for vals in vals_list])


def refuse_changed(mandates, vals):
    """Raise a sentence that names whose mandate cannot change so, and who is in the way."""
    if CHECKED_FIELDS & vals.keys():
        _refuse(mandates, [mandate.new(vals, origin=mandate) for mandate in mandates])


def _refuse(mandates, drafts):
    try:
        drafts = [draft for draft in drafts if draft.date_from]
        for draft in drafts:
            _refuse_disorder(draft)
        _refuse_overlaps(mandates, [draft for draft in drafts if draft.role == "titular"])
    finally:
        _forget_drafts(mandates.env)


def _refuse_disorder(draft):
    """Raise a sentence if the days of a mandate are not in order."""
    env, term, ended = draft.env, draft.term_date, draft.ended_on
    days = {"person": draft.partner_id.name, "first": show_day(env, draft.date_from)}
    if term and term < draft.date_from:
        raise ValidationError(
            env._(
                "%(person)s: the term, %(term)s, comes before the start, %(first)s. Correct one of the two.",
                term=show_day(env, term),
                **days,
            )
        )
    if ended and ended < draft.date_from:
        raise ValidationError(
            env._(
                "%(person)s: the mandate would end on %(ended)s, before its start, %(first)s. Check “Ended on”.",
                ended=show_day(env, ended),
                **days,
            )
        )
    if ended and term and ended > term and not draft.stays:
        raise ValidationError(
            env._(
                "%(person)s does not stay until replaced: the mandate ends at its term, %(term)s, at the latest, and "
                "not on %(ended)s.",
                person=draft.partner_id.name,
                term=show_day(env, term),
                ended=show_day(env, ended),
            )
        )


def _refuse_overlaps(mandates, drafts):
    seats = mandates.seat_id.browse().union(*(draft.seat_id._origin for draft in drafts))
    if not seats:
        return
    others = mandates.search(
        [("role", "=", "titular"), ("body_id", "in", seats.body_id.ids), ("id", "not in", mandates.ids)]
    )
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
