"""What a funding plan says in words and tables: its warnings, its versions side by side."""

from dateutil.relativedelta import relativedelta
from markupsafe import Markup
from odoo.addons.coup_de_pousse_membership.models.common.shown_numbers import show_percent
from odoo.tools import format_amount, format_date, formatLang

#: Years of which the trend is shown.
TREND_YEARS = 5


def find_warnings(plan):
    """Return the sentences that the thresholds of the settings call for."""
    env, company = plan.env, plan.company_id
    found = []
    if plan.total_products and plan.first_share > company.funding_first_share:
        found.append(
            env._(
                "%(funder)s pays %(share)s of all products, above %(limit)s: what if it stops?",
                funder=plan.first_funder,
                share=show_percent(env, plan.first_share),
                limit=show_percent(env, company.funding_first_share),
            )
        )
    if plan.total_products and plan.concentration > company.funding_concentration:
        found.append(
            env._(
                "The funds come from few: concentration %(value)s, above %(limit)s.",
                value=formatLang(env, plan.concentration, digits=2),
                limit=formatLang(env, company.funding_concentration, digits=2),
            )
        )
    if plan.total_charges and plan.months_covered < company.funding_months:
        found.append(
            env._(
                "What is granted pays %(months)s months of charges, below %(limit)s.",
                months=formatLang(env, plan.months_covered, digits=1),
                limit=formatLang(env, company.funding_months, digits=1),
            )
        )
    return found


def show_trend(plan):
    """Return the table of the organisation's plans of the five years up to this one; empty where it has one alone."""
    plans = plan.search(
        [
            ("partner_id", "=", plan.partner_id.id),
            ("project", "=", plan.project),
            ("date_to", "<=", plan.date_to),
            ("date_to", ">", plan.date_to - relativedelta(years=TREND_YEARS)),
        ],
        order="date_from",
    )
    if len(plans) < 2:
        return False
    rows = [(label, map(_cell, shown)) for label, shown in _list_trend(plans)]
    return _show_table(["", *(one.date_from.year for one in plans)], rows)


def _list_trend(plans):
    """Return (label, what stands in each year's column) of the rows of the trend."""
    env = plans.env
    return [
        (env._("Products"), [format_amount(env, one.total_products, one.currency_id) for one in plans]),
        (env._("Granted"), [format_amount(env, one.secured, one.currency_id) for one in plans]),
        (env._("First funder"), [f"{one.first_funder or '–'} {show_percent(env, one.first_share)}" for one in plans]),
        (env._("Own resources"), [show_percent(env, one.own_share) for one in plans]),
        (env._("Concentration"), [formatLang(env, one.concentration, digits=2) for one in plans]),
    ]


def show_subtotals(plan):
    """Return the subtotals of the form, charges beside products, of the lines as they stand on the screen."""
    env = plan.env
    sides = dict(env["funding.account"]._fields["side"]._description_selection(env))
    columns = []
    for side, lines in (("charge", plan._get_charges()), ("product", plan._get_products())):
        sums = {}
        for line in lines:
            top = line.account_id.parent_id or line.account_id
            sums[top] = sums.get(top, 0) + line.amount_planned
        rows = [
            (top.display_name, [_cell(format_amount(env, amount, plan.currency_id))])
            for top, amount in sorted(sums.items(), key=lambda item: (item[0].sequence, item[0].id))
        ]
        columns.append(Markup('<div class="col-md-6"><h4>%s</h4>%s</div>') % (sides[side], _show_table([], rows)))
    return Markup('<div class="row">%s</div>') % Markup("").join(columns)


def show_versions(plan):
    """Return the table of the planned amounts by line of the form: one column for each version, the last one now."""
    env = plan.env
    kinds = dict(env["funding.version"]._fields["kind"]._description_selection(env))
    columns = [
        (f"{kinds[version.kind]} ({format_date(env, version.made_on)})", version.amounts)
        for version in plan.version_ids
    ]
    columns.append((env._("Now"), {str(key): amount for key, amount in plan._get_amounts().items()}))
    names = {name for _label, amounts in columns for name in amounts}
    accounts = env["funding.account"].browse(map(int, names)).exists().sorted()
    rows = [
        (account.display_name, _list_cells(plan, account, [amounts for _label, amounts in columns]))
        for account in accounts
    ]
    return _show_table([env._("Line"), *(label for label, _amounts in columns)], rows)


def _list_cells(plan, account, versions):
    """Return the cells of a line of the form, one for each version; what differs from the version before is bold."""
    cells, before = [], None
    for amounts in versions:
        amount = amounts.get(str(account.id), 0)
        changed = before is not None and plan.currency_id.compare_amounts(amount, before)
        shown = format_amount(plan.env, amount, plan.currency_id) if amount else "–"
        cells.append(_cell(shown, is_bold=changed))
        before = amount
    return cells


def _show_table(head, rows):
    """Return a table whose first column holds labels, and whose others hold figures.

    :param head: what stands above the columns, perhaps nothing.
    :param rows: list of (label, cells), see :func:`_cell`.
    """
    labels = Markup("").join(
        Markup('<th class="%s">%s</th>') % ("text-end" if rank else "", label) for rank, label in enumerate(head)
    )
    body = Markup("").join(Markup("<tr><td>%s</td>%s</tr>") % (label, Markup("").join(cells)) for label, cells in rows)
    return Markup('<table class="table table-sm"><thead><tr>%s</tr></thead><tbody>%s</tbody></table>') % (labels, body)


def _cell(shown, is_bold=False):
    return Markup('<td class="text-end%s">%s</td>') % (" fw-bold" if is_bold else "", shown)
