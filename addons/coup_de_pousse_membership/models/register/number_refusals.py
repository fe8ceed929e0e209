"""Why a number of an organisation is refused, as sentences: what is wrong, where, how to correct it."""

from ...calculation.register import identifiers
from ...calculation.register.identifiers import Part, Reason


def registry_refusal(env, number, name=""):
    """Return why a SIREN or SIRET is refused.

    :param number: as typed or imported
    :param name: whose number it is, to find it again in a long list
    :return: a sentence (what, where, how to correct it), or False if it is possible
    """
    problem = identifiers.registry_problem(number)
    if not problem:
        return False
    return env._(
        "SIREN / SIRET “%(number)s” %(of_whom)sis impossible: %(reason)s",
        number=number,
        of_whom=env._("of “%(name)s” ", name=name) if name else "",
        reason=_registry_reason(env, problem),
    )


def _registry_reason(env, problem):
    """Return what is wrong with a SIREN or SIRET, and how to correct it."""
    number = problem.number
    if problem.reason is Reason.RNA:
        return env._("it is an RNA number. Move it to the field “RNA number”.")
    if problem.reason is Reason.CHARACTERS:
        return env._(
            "“%(found)s”, character %(position)s, is not a digit. Give the 9 digits"
            " of the SIREN or the 14 of the SIRET; a VAT number (FR…) belongs in"
            " the field for tax numbers.",
            found=problem.found,
            position=problem.position,
        )
    if problem.reason is Reason.LENGTH:
        return env._(
            "it has %(count)s digits, where a SIREN has 9 and a SIRET 14. Complete"
            " it; a spreadsheet may have dropped a leading zero.",
            count=len(number),
        )
    if problem.reason is Reason.ZEROS and problem.part is Part.ESTABLISHMENT:
        return env._("no establishment has the number 00000: a spreadsheet has rounded it. Write the SIRET again.")
    if problem.reason is Reason.ZEROS:
        return env._("a SIREN is never all zeros. Leave the number empty until it is known.")
    return _check_digit_reason(env, problem)


def _check_digit_reason(env, problem):
    """Return which digits are to be compared with the official directory."""
    siren = problem.number[: identifiers.SIREN_LENGTH]
    if problem.part is Part.ESTABLISHMENT:
        return env._(
            "its SIREN, %(siren)s, is possible, but the last five digits,"
            " %(digits)s, do not agree with it. Compare them with the official"
            " directory (annuaire-entreprises.data.gouv.fr), or give the SIREN"
            " alone.",
            siren=siren,
            digits=problem.number[identifiers.SIREN_LENGTH :],
        )
    return env._(
        "the check digit of the SIREN %(siren)s does not agree, so one of its nine"
        " digits is wrong or two are swapped. Compare them with the official"
        " directory (annuaire-entreprises.data.gouv.fr).",
        siren=siren,
    )


def rna_refusal(env, number):
    """Return why an RNA number is refused, as :func:`registry_refusal` does."""
    problem = identifiers.rna_problem(number)
    if not problem:
        return False
    if identifiers.registry_problem(number) is None:
        return env._(
            "RNA number “%(number)s” is impossible: it is a SIREN or SIRET. Move it to the field for that.",
            number=number,
        )
    if problem.reason is Reason.LENGTH:
        return env._(
            "RNA number “%(number)s” is impossible: it has %(count)s characters"
            " instead of 10, W and nine others. Compare it with the receipt of the"
            " declaration, or leave it empty.",
            number=number,
            count=len(problem.number),
        )
    return env._(
        "RNA number “%(number)s” is impossible: “%(found)s” cannot be its character"
        " %(position)s. It is written like W442001234: compare it with the receipt"
        " of the declaration, or leave it empty.",
        number=number,
        found=problem.found,
        position=problem.position,
    )
