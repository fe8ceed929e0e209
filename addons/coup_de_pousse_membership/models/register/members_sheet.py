"""The members as a workbook to take away: who they are, where to write and whom to call, what they owe."""

from ...calculation.common.spreadsheet import Sheet
from ..common.record_sheet import make_sheet

#: Columns: field, width in characters, kind.
COLUMNS = [
    ("number", 12, "text"),
    ("partner_id", 40, "text"),
    ("state", 14, "text"),
    ("category_id", 20, "text"),
    ("college_id", 18, "text"),
    ("territory_id", 22, "text"),
    ("since", 12, "date"),
    ("amount_due", 12, "money"),
    ("street", 34, "text"),
    ("street2", 20, "text"),
    ("zip", 10, "text"),
    ("city", 24, "text"),
    ("country_id", 12, "text"),
    ("email", 30, "text"),
    ("phone", 18, "text"),
    ("company_registry", 16, "text"),
    ("rna", 14, "text"),
]
#: Roles whose holder has columns of their own.
ROLES = ("president", "billing")


def make_members_sheet(members):
    """Return the sheet of members, by name, with today's president and who receives the calls."""
    env = members.env
    members.partner_id.fetch(["complete_name"])
    members = members.sorted(lambda member: member.partner_id._get_sorting_name())
    sheet = make_sheet(members, env._("Members"), COLUMNS)
    roles = dict(env["association.correspondent"]._fields["role"]._description_selection(env))
    columns = list(sheet.columns)
    for role in ROLES:
        columns += [
            (roles[role], 26, "text"),
            (env._("%s: e-mail", roles[role]), 30, "text"),
            (env._("%s: phone", roles[role]), 18, "text"),
        ]
    holders = {
        (line.member_id, line.role): line.partner_id
        for line in members.correspondent_ids
        if line.is_current and line.role in ROLES
    }
    nobody = env["res.partner"]
    rows = []
    for member, row in zip(members, sheet.rows, strict=True):
        people = [holders.get((member, role), nobody) for role in ROLES]
        rows.append([*row, *(value or None for one in people for value in (one.name, one.email, one.phone))])
    return Sheet(sheet.name, columns, rows, total=env._("Total"))
