"""Who may vote, with which voices: frozen when a vote is opened."""

from collections import Counter

from odoo.exceptions import UserError
from odoo.tools import SQL

from ...calculation.vote import belenios
from ..meeting.door import say_quorum

INSERT = """
    INSERT INTO governance_elector
           (resolution_id, company_id, attendance_id, partner_id, structure_id, sort_name, college_id, voices,
            proxies, ballot, yes, no, blank, abstain, "left", create_uid, create_date, write_uid, write_date)
    SELECT %(vote)s, line.company_id, line.id, line.partner_id, line.structure_id, line.sort_name, part.college,
           part.voices, part.proxies, %(ballot)s, 0, 0, 0, 0, part.voices, %(uid)s, NOW(), %(uid)s, NOW()
      FROM UNNEST(%(lines)s::int[], %(colleges)s::int[], %(voices)s::int[], %(proxies)s::int[])
           part(line, college, voices, proxies)
      JOIN governance_attendance line ON line.id = part.line
"""


def is_at_distance(resolution):
    """Return whether all who were convened vote, there or not."""
    return resolution.ballot == "server" or resolution.meeting_id.mode == "writing"


def refuse(resolution):
    """Raise a UserError where a vote would not hold; return the quorum in words."""
    meeting, env = resolution.meeting_id, resolution.env
    if meeting.state != "open":
        raise UserError(env._("“%s” is not under way: open the meeting before its votes.", meeting.name))
    if meeting.body_id.kind == "assembly" and not (resolution.item_id and not resolution.item_id.is_late):
        raise UserError(
            env._(
                "“%s” was not on the agenda that was sent: an assembly votes on what it was convened for. Choose the point of "
                "the agenda that it belongs to.",
                resolution.name,
            )
        )
    if resolution.ballot == "secret" and not resolution.teller_ids:
        raise UserError(env._("A secret vote is counted by tellers: name them first."))
    if resolution.kind == "election" and not resolution.candidate_ids:
        raise UserError(env._("Write the candidates of “%s” before the vote is opened.", resolution.name))
    if is_at_distance(resolution):
        return env._("All who were convened may vote.")
    numbers = meeting._get_numbers()
    sentence = say_quorum(env, numbers)
    if not numbers.reached:
        raise UserError(
            env._("%s Nothing can be voted: wait for others to come, or convene again as the statutes say.", sentence)
        )
    return sentence


def freeze(resolution):
    """Write the electorate of a vote and the totals to be entered; return the voices present and convened."""
    meeting = resolution.meeting_id
    roll = meeting._read_roll()
    college_of = {one.unit: one.college for one in roll}
    voices, by_proxy = Counter(), Counter()
    for part in meeting._get_voting_parts(roll, is_at_distance(resolution)):
        key = (part.holder, college_of[part.unit])
        voices[key] += part.voices
        by_proxy[key] += part.proxy is not None
    _insert_electors(resolution, [(*key, count, by_proxy[key]) for key, count in voices.items() if count])
    _prepare_totals(resolution, voices)
    return {
        "present_voices": sum(voices.values()),
        "convened_voices": sum(meeting._get_convened_voices(roll).values()),
    }


def _insert_electors(resolution, rows):
    """Write thousands of electors in one query; people wait for it.

    :param rows: (id of the line, id of the college or False, voices, proxies) of each.
    """
    env = resolution.env
    env.flush_all()
    lines, colleges, voices, proxies = (list(column) for column in zip(*rows, strict=True)) if rows else ([],) * 4
    values = {
        "vote": resolution.id,
        "ballot": resolution.ballot,
        "uid": env.uid,
        "lines": lines,
        "colleges": [college or None for college in colleges],
        "voices": voices,
        "proxies": proxies,
    }
    env.cr.execute(SQL(INSERT, **values))
    env.invalidate_all()


def _prepare_totals(resolution, voices):
    """Make the lines in which totals are entered: one, or one for each college that has a say of its own."""
    if resolution.ballot == "names":
        return
    by_college = Counter()
    for (_holder, college), count in voices.items():
        by_college[college if resolution.rule_id.by_college != "no" else False] += count
    resolution.env["governance.tally"].sudo().create(
        [
            {"resolution_id": resolution.id, "college_id": college, "voices": count}
            for college, count in (by_college or {False: 0}).items()
        ]
    )


def export(resolution):
    """Return the action that downloads the electors as the voting server reads them."""
    env = resolution.env
    resolution.check_access("read")
    voters = [
        belenios.Voter(
            elector.attendance_id._get_address(),
            str(elector.id),
            elector.voices,
        )
        for elector in resolution.elector_ids
    ]
    refused = belenios.objections_to_voters(voters)
    if refused:
        electors = resolution.elector_ids.filtered(lambda elector: str(elector.id) in refused)
        raise UserError(
            env._(
                "The voting server writes to each elector at an address of its own: correct, or give one to: %s.",
                ", ".join(electors[:10].mapped("display_name")),
            )
        )
    content = belenios.write_voters(voters).encode()
    return env["association.spreadsheet"]._download_file(env._("Electors – %s.txt", resolution.name), content)
