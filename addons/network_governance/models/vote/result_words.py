"""The result of a vote in a sentence for the minutes: its numbers, its majority, its margin."""


def say(resolution):
    """Return the sentence of a vote that is closed."""
    return _say_election(resolution) if resolution.kind == "election" else _say_decision(resolution)


def _say_numbers(resolution):
    return resolution.env._(
        "%(yes)s for, %(no)s against, %(blank)s blank, %(abstain)s abstaining, of %(present)s voices present or represented",
        yes=resolution.yes,
        no=resolution.no,
        blank=resolution.blank,
        abstain=resolution.abstain,
        present=resolution.present_voices,
    )


def _say_decision(resolution):
    env = resolution.env
    head = env._("Adopted") if resolution.result == "adopted" else env._("Refused")
    text = env._("%(head)s: %(numbers)s.", head=head, numbers=_say_numbers(resolution))
    return f"{text} {_say_majority(resolution)} {_say_margin(resolution)}".strip()


def _say_majority(resolution):
    env = resolution.env
    return env._(
        "Majority: %(rule)s; voices needed: %(needed)s.",
        rule=resolution._describe_rule().lower(),
        needed=resolution.needed,
    )


def _say_margin(resolution):
    """Return how close it was; where colleges decide, the voices of all do not say it."""
    env, margin = resolution.env, resolution.margin
    if resolution.by_college != "no":
        return ""
    if resolution.result == "adopted" and margin < 0:
        return env._("The chair's casting vote decided.")
    if margin == 0:
        return env._("Exactly as many as needed.")
    if margin > 0:
        return env._("1 voice more than needed.") if margin == 1 else env._("%s voices more than needed.", margin)
    return env._("1 voice was missing.") if margin == -1 else env._("%s voices were missing.", -margin)


def _say_election(resolution):
    env = resolution.env
    ranked = resolution.candidate_ids.sorted("voices", reverse=True)
    elected = [_say_candidate(one) for one in ranked if one.elected]
    others = [_say_candidate(one) for one in ranked if not one.elected]
    parts = [env._("Elected: %s.", ", ".join(elected)) if elected else env._("Nobody is elected.")]
    if others:
        parts.append(env._("Not elected: %s.", ", ".join(others)))
    tied = ranked.filtered("tied")
    if tied and not set(tied) <= set(ranked.filtered("elected")):
        names = ", ".join(tied.partner_id.mapped("name"))
        parts.append(env._("Equal for the last seat: %s: a further round decides.", names))
    parts.append(
        env._(
            "Voices cast: %(cast)s, blank: %(blank)s; voices needed to be elected: %(needed)s.",
            cast=resolution.yes,
            blank=resolution.blank,
            needed=resolution.needed,
        )
    )
    return " ".join(parts)


def _say_candidate(candidate):
    return candidate.env._("%(name)s (%(voices)s voices)", name=candidate.partner_id.name, voices=candidate.voices)
