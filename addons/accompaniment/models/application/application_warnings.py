"""What an adviser is warned of on an application: thresholds of the law, rivals, de minimis aid."""

from odoo import fields
from odoo.tools import format_amount

from ...calculation.application import de_minimis
from .application_stages import ASKED


def find(application):
    """Return the sentences to be read on an application."""
    day = application.decided_on or fields.Date.context_today(application)
    thresholds = application.env["funding.threshold"]._get_on(day)
    found = (
        _find_agreement(application, thresholds.get("agreement")),
        _find_audit(application, thresholds.get("audit"), day),
        _find_de_minimis(application, thresholds.get("de_minimis"), day),
        _find_rivals(application),
    )
    return [sentence for sentence in found if sentence]


def _find_agreement(application, threshold):
    amount = application.amount_granted or application.amount_asked
    if not threshold or amount <= threshold or application.agreement_on or not application.account_id.is_public:
        return None
    return application.env._(
        "Above %(threshold)s an agreement with the authority is compulsory: have it signed, and enter the day.",
        threshold=_show(application, threshold),
    )


def _find_audit(application, threshold, day):
    """Public grants of one year above the threshold: accounts are published, and an auditor is named."""
    lines = application.env["funding.line"].search(
        [
            ("plan_id.partner_id", "=", application.partner_id.id),
            ("plan_id.date_from", "<=", day),
            ("plan_id.date_to", ">=", day),
            ("account_id.is_public", "=", True),
            ("application_id", "!=", application._origin.id),
        ]
    )
    own = application.amount_granted if application.account_id.is_public else 0
    total = sum(lines.mapped("amount_granted")) + own
    if not threshold or total <= threshold:
        return None
    return application.env._(
        "%(organisation)s has %(total)s of public grants this year, above %(threshold)s: its accounts have to be "
        "published and audited.",
        organisation=application.partner_id.name,
        total=_show(application, total),
        threshold=_show(application, threshold),
    )


def _find_de_minimis(application, ceiling, day):
    if not (ceiling and application.is_de_minimis and application.partner_id):
        return None
    others = application.search(
        [
            ("partner_id", "in", application.partner_id._get_group().ids),
            ("is_de_minimis", "=", True),
            ("id", "!=", application._origin.id),
            ("amount_granted", ">", 0),
        ]
    )
    grants = [(one.decided_on or one.create_date.date(), one.amount_granted) for one in others]
    total = de_minimis.used(grants, day) + (application.amount_granted or application.amount_asked)
    if total <= ceiling * 0.8:
        return None
    return application.env._(
        "De minimis aid over three years, with the organisations of its group: %(total)s of %(ceiling)s at most.",
        total=_show(application, total),
        ceiling=_show(application, ceiling),
    )


def _find_rivals(application):
    """Other organisations that ask the same funder for the same programme or call, over the same time."""
    if not application.funder_id:
        return None
    domain = [
        ("funder_id", "=", application.funder_id.id),
        ("programme_id", "=", application.programme_id.id),
        ("partner_id", "!=", application.partner_id.id),
        ("id", "!=", application._origin.id),
        ("stage", "in", ASKED),
    ]
    if application.date_from and application.date_to:
        domain += [("date_from", "<=", application.date_to), ("date_to", ">=", application.date_from)]
    rivals = application.search(domain, limit=6)
    if not rivals or application.stage not in ASKED:
        return None
    return application.env._(
        "%(funder)s is asked for the same by: %(names)s. Talk to each other first; a joint application may be better.",
        funder=application.funder_id.name,
        names=", ".join(f"{one.partner_id.name} ({one.name})" for one in rivals[:5]),
    )


def _show(application, amount):
    return format_amount(application.env, amount, application.currency_id)
