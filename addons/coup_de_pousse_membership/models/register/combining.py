"""Two records of one thing become one: what only one of them knows is kept, what they contradict is asked."""

from itertools import pairwise

from odoo.exceptions import UserError

from .association_membership import LIVE


def combine(kept, others, names):
    """Write into a record what it does not know and others do, and delete the others.

    :param kept: the record that stays.
    :param others: records of the same thing.
    :param names: fields that may contradict each other; empty or as by default, a field says nothing.
    :raise UserError: naming both values, where two records say different things.
    """
    found = {}
    for other in others:
        for name in names:
            if not _says_something(other, name):
                continue
            if _says_something(kept, name) and kept[name] != other[name]:
                _refuse(kept, name, kept[name], other[name])
            if name in found and found[name] != other[name]:
                _refuse(kept, name, found[name], other[name])
            if not _says_something(kept, name):
                found[name] = other[name]
    if found:
        kept.write({name: kept._fields[name].convert_to_write(value, kept) for name, value in found.items()})
    others.unlink()


def _says_something(record, name):
    field, value = record._fields[name], record[name]
    if value is False or value == "" or (field.relational and not value):
        return False
    return not (field.type == "selection" and field.default and value == field.default(record))


def _refuse(record, name, one, other):
    env, field = record.env, record._fields[name]
    label = field._description_string(env)
    if not record.sudo(False).has_access("read"):
        raise UserError(
            env._(
                "The two contacts differ in “%(field)s” (%(kind)s), which you may not read. Ask who keeps it to correct "
                "the wrong one, then merge the contacts.",
                field=label,
                kind=env["ir.model"]._get(record._name).name,
            )
        )
    raise UserError(
        env._(
            "%(record)s: “%(field)s” is %(one)s for one of the two contacts and %(other)s for the other. Correct the "
            "wrong one, then merge the contacts.",
            record=record.display_name,
            field=label,
            one=field.convert_to_export(one, record),
            other=field.convert_to_export(other, record),
        )
    )


def combine_files(partners, kept_partner):
    """Keep one member's file per association before contacts become one.

    :raise UserError: if the files contradict each other, since one of them has to go first.
    """
    members = partners.env["association.member"].with_context(active_test=False)
    files = members.search([("partner_id", "in", partners.ids)])
    for same_company in files.grouped("company_id").values():
        same_company = same_company.sorted(lambda file: file.partner_id != kept_partner)
        if len(same_company) > 1:
            _absorb(same_company[0], same_company[1:])


def _absorb(kept, others):
    """Take over what belongs to other files of the same association, and delete them."""
    kept._prepare_absorption(others)
    _check_no_overlap(kept | others)
    joined = [day for day in (kept | others).mapped("since") if day]
    others.membership_ids._write_facts({"member_id": kept.id})
    kept.write(
        {
            "since": min(joined, default=False),
            "active": kept.active or any(others.mapped("active")),
            "category_id": kept.category_id.id or others.category_id[:1].id,
        }
    )
    for other in others:
        kept.message_post(
            body=kept.env._(
                "The file of %(name)s (number %(number)s) was merged into this one.",
                name=other.display_name,
                number=other.number,
            )
        )
    kept.env.flush_all()
    others.unlink()


def _check_no_overlap(members):
    """Check that no two of these members' files have live memberships over the same days.

    :raise UserError: naming both, since one of them has to go before the files become one.
    """
    live = members.membership_ids.filtered_domain(LIVE)
    for earlier, later in pairwise(live.sorted("date_from")):
        if later.date_from <= earlier.last_day:
            raise UserError(
                members.env._(
                    "These contacts cannot be merged: %(one)s and %(other)s are both members "
                    "over the same days (%(first)s, %(second)s). Cancel one of the two "
                    "memberships first (credit note, or refusal of the application).",
                    one=earlier.member_id.display_name,
                    other=later.member_id.display_name,
                    first=earlier.display_name,
                    second=later.display_name,
                )
            )
