"""The electoral list at a day: who has a vote in which college, who speaks for each, and who has none and why."""

from odoo.fields import Domain

from ...calculation.common.spreadsheet import Sheet
from ...calculation.register.membership_state import MEMBERS
from ..common.dated_records import on_day

#: Who votes for a member, the first that there is.
SPEAKERS = ("delegate", "president")


def make_electoral_list(company, day, title):
    """Return the sheets of the electoral list: a summary, then a sheet for each college.

    A member that is up to date on the day has a vote; one that has not paid yet is listed without.

    :param title: lines of text above each header.
    """
    env = company.env
    members = env["association.member"].with_context(active_test=False).search([("company_id", "=", company.id)])
    entries = {member: entry for member, entry in members._register_at(day).items() if entry.state in MEMBERS}
    members.partner_id.fetch(["complete_name", "company_registry", "city"])
    speakers = _find_speakers(env, [member.id for member in entries], day)
    colleges = {}
    for member, entry in sorted(entries.items(), key=lambda item: item[0].partner_id._get_sorting_name()):
        colleges.setdefault(entry.college, []).append(_make_row(env, member, entry, speakers.get(member.id)))
    ordered = sorted(colleges.items(), key=lambda item: (not item[0], item[0].sequence, item[0].id))
    return [
        _make_summary(env, ordered, title),
        *(_make_college(env, college, rows, title) for college, rows in ordered),
    ]


def _find_speakers(env, member_ids, day):
    """Return {member id: the person who votes for it on a day}."""
    domain = Domain([("member_id", "in", member_ids), ("role", "in", SPEAKERS)]) & Domain(on_day(day))
    found = {}
    lines = env["association.correspondent"].search(domain)
    for line in sorted(lines, key=lambda line: SPEAKERS.index(line.role)):
        found.setdefault(line.member_id.id, line.partner_id)
    return found


def _make_row(env, member, entry, speaker):
    votes = entry.state == "member"
    partner = member.partner_id
    return [
        member.number,
        partner.complete_name,
        partner.company_registry,
        partner.city,
        speaker.name if speaker else None,
        entry.since,
        env._("Yes") if votes else env._("No"),
        None if votes else env._("Not up to date with its fee"),
        None,
    ]


def _make_college(env, college, rows, title):
    columns = [
        (env._("Member number"), 12, "text"),
        (env._("Member"), 44, "text"),
        (env._("SIREN / SIRET"), 18, "text"),
        (env._("City"), 22, "text"),
        (env._("Who votes for it"), 28, "text"),
        (env._("Member since"), 14, "date"),
        (env._("Has a vote"), 10, "text"),
        (env._("Why not"), 28, "text"),
        (env._("Signature"), 24, "text"),
    ]
    return Sheet(_name(env, college), columns, rows, title)


def _make_summary(env, colleges, title):
    yes = env._("Yes")
    columns = [
        (env._("College"), 40, "text"),
        (env._("Weight of a vote"), 14, "number"),
        (env._("Have a vote"), 14, "integer"),
        (env._("Not up to date"), 14, "integer"),
    ]
    rows = []
    for college, lines in colleges:
        voters = sum(line[6] == yes for line in lines)
        rows.append([_name(env, college), college.weight if college else 1, voters, len(lines) - voters])
    return Sheet(env._("Electoral list"), columns, rows, title)


def _name(env, college):
    return college.name or env._("Without a college")
