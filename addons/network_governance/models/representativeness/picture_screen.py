"""What the screen shows of a picture, as the values that it is sent."""

from .picture_words import PictureWords

#: How many of the longest in office are named.
LONGEST = 10


def show(env, picture):
    """Return a picture as the screen reads it."""
    words, company, situation = PictureWords(env, picture), env.company, picture.situation
    return {
        "company": company.name,
        "day": situation.day,
        "bodies": len(situation.bodies),
        "members": picture.members,
        "seated": picture.seated,
        "rate": picture.rate,
        "seats": {
            "all": situation.seats,
            "held": len(picture.held),
            "vacant": picture.vacant,
            "by_members": picture.by_members,
            "by_others": picture.by_others,
        },
        "never": len(picture.never),
        "dimensions": [words.describe(name, segments) for name, segments in picture.dimensions.items()],
        "absent": show_absent(words, picture),
        "thresholds": {"under": company.governance_under, "over": company.governance_over},
        **_show_persons(env, picture),
    }


def show_absent(words, picture):
    """Return the segments without a seat."""
    return [
        {"dimension": dimension, "label": words.name(dimension, segment), "members": segment.members}
        for dimension, segment in picture.absent
    ]


def _show_persons(env, picture):
    bodies, longest = picture.situation.bodies, picture.longest(LONGEST)
    people = {person for (_body, person), _years in longest} | set(picture.several)
    names = {person.id: person.name for person in env["res.partner"].sudo().browse(sorted(people))}
    return {
        "genders": {gender or "unknown": count for gender, count in picture.genders.items()},
        "persons": picture.persons,
        "years": {
            "average": picture.average_years,
            "longest": [
                {"name": names[person], "body": bodies[body], "years": years} for (body, person), years in longest
            ],
        },
        "several": [
            {
                "name": names[person],
                "seats": count,
                "bodies": ", ".join(sorted(bodies[m.body] for m in picture.held if m.person == person)),
            }
            for person, count in picture.several.items()
        ],
    }
