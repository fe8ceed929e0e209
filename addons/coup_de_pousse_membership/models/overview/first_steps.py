"""The steps that lead a new association to its first calls."""

OFFICE, TREASURER = (f"coup_de_pousse_membership.group_membership_{role}" for role in ("office", "treasurer"))


def get_first_steps(overview, has_members, has_grid):
    """Return the steps to the first calls, as the first screen shows them.

    :param overview: the ``association.overview`` model, in the environment of the reader.
    """
    return [*_get_preparing_steps(overview, has_members), *_get_calling_steps(overview, has_grid)]


def _get_preparing_steps(overview, has_members):
    env, step = overview.env, overview._prepare_step
    return [
        step(
            env._("Enter the account that fees are paid into"),
            env._(
                "Its IBAN stands on each call, in the mails and on the letters: without it nobody can pay by transfer."
            ),
            not env.company.membership_account_missing,
            TREASURER,
            env._("Enter the IBAN"),
            "action_membership_accounts",
        ),
        step(
            env._("Import your members"),
            env._("From a list in XLSX or CSV: you see what would be created before anything is."),
            has_members,
            OFFICE,
            env._("Import a list"),
            "action_association_member_import",
        ),
    ]


def _get_calling_steps(overview, has_grid):
    env, step = overview.env, overview._prepare_step
    return [
        step(
            env._("Write the fee grid, and record its vote"),
            env._("Who owes how much: a fixed fee, or bands by budget, employees…"),
            has_grid,
            TREASURER,
            env._("Open the grids"),
            "action_association_fee_grid",
        ),
        step(
            env._("Prepare the memberships, then issue the calls"),
            env._(
                "Select the members in their list, then Actions › Prepare memberships: you see "
                "each fee, and why a member gets none, before anything is written."
            ),
            False,
            OFFICE,
            env._("Open the members"),
            "action_association_member",
        ),
    ]
