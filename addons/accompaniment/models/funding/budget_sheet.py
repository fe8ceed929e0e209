"""The budget of a plan as a workbook: the lines of the Cerfa, charges beside products, with formulas."""

import io

import xlsxwriter


def make_workbook(plan):
    """Return the workbook as bytes."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    sides = dict(plan.env["funding.account"]._fields["side"]._description_selection(plan.env))
    for side, label in sides.items():
        _write_side(book, plan, side, label)
    book.close()
    return buffer.getvalue()


def _write_side(book, plan, side, label):
    """Write one side: each line of the form with what is on it, subtotals and total as formulas."""
    env, sheet = plan.env, book.add_worksheet(label)
    formats = {
        "bold": book.add_format({"bold": True}),
        "money": book.add_format({"num_format": "#,##0.00"}),
        "total": book.add_format({"bold": True, "num_format": "#,##0.00"}),
        "share": book.add_format({"num_format": "0%"}),
    }
    _write_head(sheet, plan, formats["bold"])
    lines = _get_rows(plan, side)
    row, tops = 3, []
    for top, children in _accounts(env, side):
        own = [line for account in (top, *children) for line in lines.get(account, ())]
        sheet.write_row(row, 0, [top.code, top.name], formats["bold"])
        sheet.write(row, 5, top.association_code or top.code)
        _write_sums(sheet, row, [f"SUM({{0}}{row + 2}:{{0}}{row + 1 + len(own)})"] if own else [], formats["total"])
        _write_comparison(sheet, row, formats)
        if not top.is_in_kind:
            tops.append(row)
        row += 1
        for code, label, chart, *amounts in own:
            sheet.write_row(row, 0, [code, label])
            sheet.write(row, 5, chart)
            sheet.write_row(row, 2, amounts, formats["money"])
            _write_comparison(sheet, row, formats)
            row += 1
    sheet.write(row + 1, 1, env._("Total"), formats["bold"])
    _write_sums(sheet, row + 1, [f"{{0}}{top + 1}" for top in tops], formats["total"])
    _write_comparison(sheet, row + 1, formats)


def _write_comparison(sheet, row, formats):
    """Write what actually came or went beside what was planned, as the financial report (Cerfa 15059) has it."""
    line = row + 1
    sheet.write_formula(row, 6, f"=E{line}-C{line}", formats["money"])
    sheet.write_formula(row, 7, f'=IF(C{line}=0,"",E{line}/C{line})', formats["share"])


def _get_rows(plan, side):
    """Return {line of the form: (its code, label, code of the association chart, planned, granted, actual) of each
    thing on it}, in kind included.
    """
    rows = {}
    for line in plan.line_ids.filtered(lambda line: line.side == side):
        amounts = (line.amount_planned, line.amount_granted, line.amount_actual)
        rows.setdefault(line.account_id, []).append((*_name(line.account_id, line.display_name), *amounts))
    for gift in plan.in_kind_ids:
        account = gift._get_account(side)
        rows.setdefault(account, []).append((*_name(account, gift.name), gift.amount, 0, 0))
    return rows


def _name(account, label):
    """Return the code of the form, the label, and the code of the association chart (ANC 2018-06)."""
    return account.code, label, account.association_code or account.code


def _write_head(sheet, plan, bold):
    env = plan.env
    columns = [
        env._("Line"),
        env._("Label"),
        env._("Planned"),
        env._("Granted"),
        env._("Actual"),
        env._("Association chart"),
        env._("Difference"),
        "%",
    ]
    sheet.write(0, 0, f"{plan.partner_id.name} – {plan.name}", bold)
    sheet.write_row(2, 0, columns, bold)
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 1, 52)
    sheet.set_column(2, 4, 14)
    sheet.set_column(5, 5, 18)
    sheet.set_column(6, 7, 12)
    sheet.freeze_panes(3, 0)


def _write_sums(sheet, row, parts, style):
    """Write in each column of amounts the sum of these parts, in which {0} stands for the column."""
    for column, letter in ((2, "C"), (3, "D"), (4, "E")):
        sheet.write_formula(row, column, "=" + ("+".join(part.format(letter) for part in parts) or "0"), style)


def _accounts(env, side):
    """Yield (subtotal of the form, its lines), in the form's order."""
    accounts = env["funding.account"].search([("side", "=", side)])
    for top in accounts.filtered(lambda account: not account.parent_id):
        yield top, accounts.filtered(lambda account, top=top: account.parent_id == top)
