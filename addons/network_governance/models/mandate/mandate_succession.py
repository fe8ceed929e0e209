"""Who follows whom on a seat: a successor ends who was kept in place, a replacement takes the rest of a term."""

from datetime import timedelta

from odoo import fields
from odoo.addons.coup_de_pousse_membership.models.common.dated_records import show_day
from odoo.exceptions import UserError


def end_kept(mandates, vals_list):
    """End, the day before, the mandates that only lasted for want of a successor.

    :param mandates: an empty recordset of mandates.
    :param vals_list: the values of the new ones.
    """
    starts = {
        vals["seat_id"]: fields.Date.to_date(vals.get("date_from")) or fields.Date.context_today(mandates)
        for vals in vals_list
        if vals.get("seat_id") and vals.get("role", "titular") == "titular"
    }
    if not starts:
        return
    kept = mandates.search(
        [
            ("seat_id", "in", list(starts)),
            ("role", "=", "titular"),
            ("stays", "=", True),
            ("ended_on", "=", False),
            ("term_date", "!=", False),
        ]
    )
    for mandate in kept:
        start = starts[mandate.seat_id.id]
        if mandate.date_from <= mandate.term_date < start:
            mandate.write({"ended_on": start - timedelta(days=1), "end_reason": "replaced"})


def replace(mandate, day, reason, vals):
    """End a mandate the day before, and give its seat to somebody else until the same term.

    :param day: first day of the successor.
    :param vals: the successor's values: ``partner_id``, ``organisation_id``, ``designation``.
    :return: the successor's mandate.
    """
    _check_replaceable(mandate, day)
    mandate.write({"ended_on": day - timedelta(days=1), "end_reason": reason})
    return mandate._create_with_facts(
        [
            {
                **vals,
                "seat_id": mandate.seat_id.id,
                "role": mandate.role,
                "date_from": day,
                "term_date": mandate.term_date,
                "stays": mandate.stays,
                "replaces_id": mandate.id,
            }
        ]
    )


def _check_replaceable(mandate, day):
    """Raise a sentence if nobody can follow from a day, within the mandate and its term."""
    env, person = mandate.env, mandate.partner_id.name
    if day <= mandate.date_from or (mandate.last_day and mandate.last_day < day):
        raise UserError(
            env._(
                "%(person)s sits from %(first)s to %(last)s: a replacement on %(day)s is not within these days, "
                "after the first. Choose another day.",
                person=person,
                first=show_day(env, mandate.date_from),
                last=show_day(env, mandate.last_day),
                day=show_day(env, day),
            )
        )
    if mandate.term_date and mandate.term_date < day:
        raise UserError(
            env._(
                "The term of %(person)s was on %(term)s: nobody replaces for a term that is over. Give the seat a "
                "new mandate instead; it ends this one.",
                person=person,
                term=show_day(env, mandate.term_date),
            )
        )
