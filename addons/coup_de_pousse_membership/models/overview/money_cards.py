"""What waits with money and letters: payments to confirm, cheques to deposit, gifts to book, letters to post, jobs that fail."""

from ast import literal_eval

from ..letter.association_reminder_log import UNREACHED

TREASURER = "coup_de_pousse_membership.group_membership_treasurer"
MANAGER = "coup_de_pousse_membership.group_membership_manager"


def get_payment_cards(overview):
    """Return the cards of the money that came in and is not where it belongs yet."""
    payment = (overview.env._("payment"), overview.env._("payments"))
    return [
        *_get_bank_cards(overview, payment),
        _surplus_card(overview, payment),
        *([_cheque_card(overview), _gift_card(overview)] if overview.env.user.has_group(TREASURER) else []),
    ]


def _get_bank_cards(overview, unit):
    env = overview.env
    return [
        overview._count_card(
            "payments_to_confirm",
            "association.payment.import.line",
            overview._here(("state", "=", "todo"), ("import_id.state", "=", "previewed")),
            unit,
            amount="amount:sum",
            icon="fa-check-square-o",
            title=env._("Payments to confirm"),
            sentence=env._("read in the bank's files, not matched yet"),
        ),
        overview._count_card(
            "payments_to_identify",
            "association.payment.import.line",
            overview._here(("state", "=", "suspense")),
            unit,
            amount="amount:sum",
            action="action_association_payment_suspense",
            icon="fa-question-circle-o",
            title=env._("Payments to identify"),
            sentence=env._("booked, and nobody knows yet what they pay"),
        ),
    ]


def _cheque_card(overview):
    env = overview.env
    return overview._count_card(
        "cheques",
        "association.cheque",
        overview._here(("state", "=", "received"), ("deposit_id", "=", False)),
        (env._("cheque"), env._("cheques")),
        amount="amount:sum",
        icon="fa-pencil-square-o",
        title=env._("Cheques to deposit"),
        sentence=env._("received, not taken to the bank yet"),
    )


def _gift_card(overview):
    env = overview.env
    return overview._count_card(
        "gifts",
        "association.gift",
        overview._here(("state", "=", "draft")),
        (env._("gift"), env._("gifts")),
        amount="amount:sum",
        icon="fa-heart-o",
        title=env._("Gifts to be booked"),
        sentence=env._("noted, not in the books yet: no tax receipt without that"),
    )


def _surplus_card(overview, unit):
    """Return the card of the payments of which a part is left over: those that their list shows."""
    env = overview.env
    surplus = env["ir.actions.act_window"]._for_xml_id("coup_de_pousse_membership.action_association_surplus")
    domain = overview._here(*literal_eval(surplus["domain"]))
    card = overview._count_card(
        "surplus",
        surplus["res_model"],
        domain,
        unit,
        amount="amount_residual:sum",
        action="action_association_surplus",
        icon="fa-plus-circle",
        title=env._("Overpayments"),
        sentence=env._("left on the payers' accounts: to give back, or to set off"),
    )
    card["amount"] = abs(card["amount"])
    return card


def get_letter_cards(overview):
    """Return the cards of the letters about calls still to be paid: those to post, and those that did not go."""
    env = overview.env
    unpaid = ("move_id.payment_state", "in", ("not_paid", "partial"))
    letter = (env._("letter"), env._("letters"))
    return [
        overview._count_card(
            "letters_to_post",
            "association.reminder.log",
            overview._here(("state", "=", "to_post"), unpaid),
            letter,
            icon="fa-envelope-o",
            title=env._("Letters to post"),
            sentence=env._("to print and post: their addressee has no e-mail"),
        ),
        overview._count_card(
            "mails_failed",
            "association.reminder.log",
            overview._here(("state", "in", [state for state in UNREACHED if state != "to_post"]), unpaid),
            (env._("mail"), env._("mails")),
            icon="fa-exclamation-circle",
            tone="warning",
            title=env._("Mails that reached nobody"),
            sentence=env._("come back or refused: correct the address, and send again"),
        ),
    ]


def get_job_card(overview):
    """Return the card of the background jobs whose last run failed, for the administrator; None for others."""
    env = overview.env
    if not env.user.has_group(MANAGER):
        return None
    return overview._count_card(
        "jobs_failed",
        "ir.cron",
        [("failure_count", ">", 0), ("active", "in", (True, False))],
        (env._("job"), env._("jobs")),
        action="action_membership_failed_job",
        icon="fa-cogs",
        tone="danger",
        title=env._("Background jobs that fail"),
        sentence=env._("what they do (mails, reminders, states) waits until somebody looks into it"),
    )
