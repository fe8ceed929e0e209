"""What is due in funding: deadlines, papers that expire, instalments that do not come, reports."""

from dateutil.relativedelta import relativedelta
from odoo import fields

#: Days ahead that the cards look.
AHEAD = 30


def get_funding_cards(overview, today):
    """Return the cards of funding, those of the user's own missions where the first screen shows these."""
    last = fields.Date.to_string(today + relativedelta(days=AHEAD))
    return [
        _deadline_card(overview, last),
        _instalment_card(overview),
        _report_card(overview, last),
        _paper_card(overview),
    ]


def _own(overview, prefix):
    """Return the terms that keep the organisations of the user's missions, or none where all are shown."""
    if not overview.env.context.get("accompaniment_mine"):
        return []
    missions = f"{prefix}participation_ids.mission_id"
    return [
        "|",
        (f"{missions}.referent_id", "=", overview.env.uid),
        (f"{missions}.adviser_ids", "in", [overview.env.uid]),
    ]


def _deadline_card(overview, last):
    env = overview.env
    mine = [("writer_id", "=", env.uid)] if env.context.get("accompaniment_mine") else []
    return overview._count_card(
        "funding_deadlines",
        "funding.deadline",
        overview._here(("done_on", "=", False), ("date", "<=", last), *mine),
        (env._("deadline"), env._("deadlines")),
        icon="fa-calendar-check-o",
        tone="warning",
        title=env._("Deadlines of funders"),
        sentence=env._("overdue, or due within %(days)s days", days=AHEAD),
    )


def _instalment_card(overview):
    env = overview.env
    return overview._metric_card(
        "instalments_overdue",
        (env._("instalment"), env._("instalments")),
        *_own(overview, "plan_id.partner_id."),
        name="funding_overdue",
        icon="fa-hourglass-half",
        tone="danger",
        title=env._("Instalments overdue"),
        sentence=env._("expected more than 60 days ago: write to the funder"),
    )


def _report_card(overview, last):
    env = overview.env
    domain = [("report_due_on", "<=", last), ("report_sent_on", "=", False), ("state", "in", ("voted", "closed"))]
    return overview._count_card(
        "funding_reports",
        "funding.plan",
        overview._here(*domain, *_own(overview, "partner_id.")),
        (env._("report"), env._("reports")),
        icon="fa-file-text-o",
        tone="warning",
        title=env._("Financial reports due"),
        sentence=env._("six months after the year's end, not sent yet"),
    )


def _paper_card(overview):
    env = overview.env
    return overview._count_card(
        "funding_papers",
        "funding.paper",
        overview._here(("is_expiring", "=", True), *_own(overview, "partner_id.")),
        (env._("paper"), env._("papers")),
        icon="fa-paperclip",
        title=env._("Papers about to expire"),
        sentence=env._("which the next applications will ask for"),
    )
