"""What the statutes may object to in a mandate. It is said, not forbidden: the assembly decides."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class MandateFacts:
    """What is known of a mandate that runs today.

    :param conditions: what the seat asks: ``college``, ``territory``, ``categories``, ``up_to_date``.
    :param structure: of the structure represented: ``college``, ``territories`` (its own and those
        above), ``category``, ``up_to_date``; None where it is no member.
    :param seats: seats that the person holds in all.
    :param most: seats from which it is too many; 0 for no limit.
    :param seats_of_structure: seats that the structure holds on the same body.
    :param over_maximum: the college has more holders on the body than its composition allows.
    :param incompatible: names of the bodies on which the person may not sit as well.
    :param offices: offices that the person holds in the body.
    :param person_archived: the person's contact is archived.
    :param structure_archived: the structure's contact is archived.
    :param person_left: why the person has left the network, if they were a member themselves.
    :param structure_left: why the structure has left the network; None where it has not.
    """

    conditions: dict = field(default_factory=dict)
    structure: dict | None = None
    seats: int = 1
    most: int = 0
    seats_of_structure: int = 1
    over_maximum: bool = False
    incompatible: tuple = ()
    offices: tuple = ()
    person_archived: bool = False
    structure_archived: bool = False
    person_left: str | None = None
    structure_left: str | None = None


def objections(facts):
    """Return the codes of what may be objected, in the order in which they are told."""
    return [*_life_events(facts), *_unmet_conditions(facts), *_too_much(facts)]


def _life_events(facts):
    """What has happened to the person or to the structure, whatever the statutes say."""
    if facts.person_left == "deceased":
        yield "person_deceased"
    elif facts.person_archived:
        yield "person_archived"
    if facts.structure_left == "dissolved":
        yield "structure_dissolved"
    elif facts.structure_left:
        yield "structure_left"
    elif facts.structure_archived:
        yield "structure_archived"


def _unmet_conditions(facts):
    """What the seat asks of the structure, and is not so."""
    found = []
    wanted, structure = facts.conditions, facts.structure
    if structure is None:
        if any(wanted.values()):
            found.append("not_member")
    else:
        if wanted.get("college") and structure["college"] != wanted["college"]:
            found.append("college")
        if wanted.get("territory") and wanted["territory"] not in structure["territories"]:
            found.append("territory")
        if wanted.get("categories") and structure["category"] not in wanted["categories"]:
            found.append("category")
        if wanted.get("up_to_date") and not structure["up_to_date"]:
            found.append("not_up_to_date")
    return found


def _too_much(facts):
    """What is too much, or does not go together."""
    found = []
    if facts.seats_of_structure > 1:
        found.append("structure_twice")
    if facts.over_maximum:
        found.append("over_maximum")
    if facts.most and facts.seats > facts.most:
        found.append("too_many")
    if facts.incompatible:
        found.append("incompatible")
    if {"president", "treasurer"} <= set(facts.offices):
        found.append("president_treasurer")
    return found
