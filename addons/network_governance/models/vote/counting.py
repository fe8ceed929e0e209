"""Counting a vote, and what follows from an election."""

from odoo.exceptions import UserError
from odoo.tools import format_date

from ...calculation.vote import ballots, election, majority


def count(resolution):
    """Return the values of the result of a vote."""
    convened = resolution.meeting_id._get_convened_voices()
    count_votes = _count_by_name if resolution.ballot == "names" else _count_totals
    totals = count_votes(resolution, convened)
    whole = (
        majority.Count(*(sum(parts) for parts in zip(*totals.values(), strict=True))) if totals else majority.Count()
    )
    whole = whole._replace(all=max(resolution.convened_voices, whole.present))
    values = {"yes": whole.yes, "no": whole.no, "blank": whole.blank, "abstain": whole.abstain}
    if resolution.kind == "election":
        return {**values, **_elect(resolution, whole)}
    return {**values, **_decide(resolution, totals, whole, convened)}


def _count_by_name(resolution, convened):
    """Return {college: :class:`majority.Count`} of a vote by name; what was not cast is an abstention."""
    totals = {}
    for college, electors in resolution.elector_ids.grouped("college_id").items():
        electorate = {elector.id: elector.voices for elector in electors}
        cast = [
            ballots.Ballot(elector.id, {choice: elector[choice] for choice in ballots.CHOICES}) for elector in electors
        ]
        totals[college] = ballots.total(cast, electorate, convened.get(college.id, 0))
    return totals


def _count_totals(resolution, convened):
    """Return {college: :class:`majority.Count`} of the totals that were entered."""
    env = resolution.env
    totals = {}
    for tally in resolution.tally_ids:
        count = majority.Count(
            tally.yes,
            tally.no,
            tally.blank,
            tally.abstain,
            tally.voices,
            convened.get(tally.college_id.id, tally.voices),
        )
        if ballots.objection_to_totals(count):
            raise UserError(
                env._(
                    "The totals%(college)s add up to %(sum)s voices, and there are %(voices)s: count again.",
                    college=f" ({tally.college_id.name})" if tally.college_id else "",
                    sum=count.yes + count.no + count.blank + count.abstain,
                    voices=tally.voices,
                )
            )
        silent = tally.voices - count.yes - count.no - count.blank - count.abstain
        totals[tally.college_id] = count._replace(abstain=count.abstain + silent)
    entered = any(count.yes + count.no + count.blank for count in totals.values())
    if not (entered or resolution.kind == "election" or any(resolution.tally_ids.mapped("abstain"))):
        raise UserError(env._("Enter the totals of “%s” before you close it.", resolution.name))
    return totals


def _decide(resolution, totals, whole, convened):
    rule = resolution._get_rule()
    if rule.base == "all":
        # A college of which nobody came has its say by its absence.
        for college in resolution.env["association.college"].browse([one for one in convened if one]):
            totals.setdefault(college, majority.Count(all=convened[college.id]))
    casting = resolution.casting_vote if resolution.casting else None
    outcome = majority.decide(rule, whole, casting)
    adopted = outcome.adopted
    if rule.colleges == "each":
        adopted, _results = majority.decide_each(
            rule, {college.id: count for college, count in totals.items() if college}, casting
        )
    elif rule.colleges == "weighted":
        own = {college.id: count for college, count in totals.items() if college and college.weight > 0}
        weights = {college.id: str(college.weight) for college in totals if college}
        adopted, _part, _share = majority.decide_weighted(rule, own, weights)
    return {
        "result": "adopted" if adopted else "refused",
        "needed": outcome.needed,
        "margin": outcome.margin,
    }


def _elect(resolution, whole):
    env = resolution.env
    candidates = [
        election.Candidate(candidate.id, candidate.voices, candidate.since) for candidate in resolution.candidate_ids
    ]
    if election.objection(candidates, resolution.seats, resolution.present_voices):
        raise UserError(
            env._(
                "There are %(voices)s voices for %(seats)s seats: no candidate can have more voices than that, nor all "
                "together more than one for each seat. Count again.",
                voices=resolution.present_voices,
                seats=resolution.seats,
            )
        )
    if not whole.yes:
        whole = whole._replace(yes=_count_valid(resolution, whole))
    seed = f"{resolution.id}/{resolution.opened_at}"
    outcome = election.elect(candidates, resolution.seats, resolution._get_rule(), whole, tie=resolution.tie, seed=seed)
    elected = resolution.candidate_ids.filtered(lambda candidate: candidate.id in outcome.elected)
    elected.sudo().elected = True
    resolution.candidate_ids.filtered(lambda candidate: candidate.id in outcome.tied).sudo().tied = True
    missing = resolution.seats - len(elected)
    result = "tied" if outcome.tied and missing else ("elected" if elected else "refused")
    lowest = min(elected.mapped("voices"), default=0)
    return {"result": result, "needed": outcome.needed, "margin": lowest - outcome.needed, "yes": whole.yes}


def _count_valid(resolution, whole):
    """Return the voices that name somebody, where they were not entered.

    :raise UserError: if the result depends on them, and the candidates' voices do not say them.
    """
    env, voices = resolution.env, sum(resolution.candidate_ids.mapped("voices"))
    if not voices:
        raise UserError(env._("Enter the voices of the candidates of “%s” before you close it.", resolution.name))
    if resolution.seats == 1:
        return voices
    if resolution.base in ("expressed", "cast"):
        raise UserError(env._("Enter in “Totals” how many voices name somebody: the majority is a part of them."))
    return max(whole.present - whole.blank, 0)


def seat(resolution):
    """Give mandates to those elected, on the free seats of the body; return them."""
    _refuse_seating(resolution)
    elected = resolution.candidate_ids.filtered("elected").sorted("voices", reverse=True)
    day, body = resolution.decided_on, resolution.body_id
    free = body._get_free_seats(day)
    chosen = _choose_seats(elected, free)
    if len(chosen) < len(elected):
        raise UserError(
            resolution.env._(
                "%(elected)s people are elected, and %(body)s has %(free)s free seats on %(day)s: end the mandates that they "
                "follow, or create the seats.",
                elected=len(elected),
                body=body.name,
                free=len(free),
                day=format_date(resolution.env, day),
            )
        )
    vals_list = [_prepare_mandate(candidate, own_seat, day) for candidate, own_seat in chosen]
    return resolution.env["governance.mandate"]._create_with_facts(vals_list)


def _prepare_mandate(candidate, own_seat, day):
    return {
        "seat_id": own_seat.id,
        "partner_id": candidate.partner_id.id,
        "organisation_id": candidate.structure_id.id,
        "date_from": day,
        "designation": "elected",
        "resolution_id": candidate.resolution_id.id,
    }


def _refuse_seating(resolution):
    """Raise a UserError where an election gives no mandates, or has given them."""
    env = resolution.env
    if resolution.state != "closed" or not any(resolution.candidate_ids.mapped("elected")):
        raise UserError(env._("Nobody is elected yet by “%s”.", resolution.name))
    if resolution.mandate_ids:
        raise UserError(env._("The mandates of “%s” are given already.", resolution.name))
    if not resolution.body_id:
        raise UserError(env._("Write in “Elects to” the body on which they are to sit."))


def _choose_seats(elected, free):
    """Return [(candidate, seat)]: a seat of the candidate's own college first."""
    chosen = []
    for candidate in elected:
        own = free.filtered(
            lambda one, candidate=candidate: not candidate.college_id or one.college_id == candidate.college_id
        )
        seat = own[:1]
        if seat:
            free -= seat
            chosen.append((candidate, seat))
    return chosen
