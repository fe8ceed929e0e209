"""The dialog that shows, prints and exports the register as it stood at a day."""

from collections import Counter
from datetime import date

from odoo import api, fields, models
from odoo.tools import format_date

from ...calculation.common.spreadsheet import Sheet
from ...calculation.register.membership_state import MEMBERS
from ...models.common.record_sheet import make_sheet
from ...models.register.association_member import END_REASONS, MEMBER_STATES

#: Whom the register lists.
SCOPES = {
    "members": MEMBERS,
    "rights": ("member",),
    "known": tuple(state for state, _label in MEMBER_STATES if state != "none"),
}
#: What the workbook says of each.
COLUMNS = [
    ("partner_id", 40, "text"),
    ("company_registry", 18, "text"),
    ("city", 20, "text"),
    ("territory_id", 24, "text"),
    ("category_id", 24, "text"),
    ("college_id", 24, "text"),
    ("state", 16, "text"),
    ("since", 14, "date"),
    ("left_on", 14, "date"),
    ("reason", 24, "text"),
]


class AssociationRegisterWizard(models.TransientModel):
    _name = "association.register.wizard"
    _description = "Register at a Date"
    _rec_name = "day"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", default=lambda self: self.env.company, required=True)
    day = fields.Date(required=True, default=lambda self: self._default_day())
    scope = fields.Selection(
        [
            ("members", "Members: up to date or to be paid"),
            ("rights", "Members up to date only"),
            ("known", "Everybody known that day: applicants, former members, who has left"),
        ],
        string="Whom to list",
        default="members",
        required=True,
    )
    line_ids = fields.One2many("association.register.line", "wizard_id")

    @api.model
    def _default_day(self):
        return date(fields.Date.context_today(self).year - 1, 12, 31)

    def action_show(self):
        """Open the list of members as it stood on the day."""
        self._fill()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "coup_de_pousse_membership.action_association_register_line"
        )
        title = self._get_title()
        return {**action, "name": title, "display_name": title, "domain": [("wizard_id", "=", self.id)]}

    def action_print(self):
        self._fill()
        report = self.env.ref("coup_de_pousse_membership.report_register")
        return report.report_action(self, config=False)

    def action_export(self):
        self._fill()
        title = self._get_title()
        sheets = [
            make_sheet(self.line_ids, self.env._("Members"), COLUMNS, (self.company_id.name, title)),
            *(
                Sheet(label, [(label, 40, "text"), (self.env._("Members"), 12, "integer")], rows)
                for label, rows in self._get_counts()
            ),
        ]
        return self.env["association.spreadsheet"]._download(title, sheets)

    def _fill(self):
        """Compute the lines anew: facts may have been completed since."""
        self.ensure_one()
        self.line_ids.unlink()
        members = (
            self.env["association.member"]
            .with_context(active_test=False)
            .search([("company_id", "=", self.company_id.id)])
        )
        entries = members._register_at(self.day)
        self.env["association.register.line"].create(
            [
                {
                    "wizard_id": self.id,
                    "member_id": member.id,
                    "partner_id": member.partner_id.id,
                    "territory_id": member.territory_id.id,
                    "state": entry.state,
                    "membership_id": entry.membership.id,
                    "category_id": entry.category.id,
                    "college_id": entry.college.id,
                    "since": entry.since,
                    "left_on": entry.left_on,
                    "reason": entry.reason,
                }
                for member, entry in sorted(entries.items(), key=lambda item: item[0].partner_id._get_sorting_name())
                if entry.state in SCOPES[self.scope]
            ]
        )

    def _get_title(self):
        return self.env._("Register at %s", format_date(self.env, self.day, date_format="d MMMM y"))

    def _get_counts(self):
        """Return [(what is counted, [(name, how many), …, total])], for the foot of the register."""
        counts = []
        for name in ("state", "category_id", "college_id"):
            if name == "state":
                labels = dict(self.line_ids._fields["state"]._description_selection(self.env))
                found = Counter(labels[line.state] for line in self.line_ids)
            else:
                found = Counter(line[name].name or self.env._("None") for line in self.line_ids)
            rows = [*found.most_common(), (self.env._("Total"), len(self.line_ids))]
            counts.append((self.line_ids._fields[name]._description_string(self.env), rows))
        return counts


class AssociationRegisterLine(models.TransientModel):
    _name = "association.register.line"
    _description = "Line of the Register at a Date"
    _inherit = ["association.dialog"]
    _order = "id"  # made in the order of the names, accents left aside
    _rec_name = "partner_id"

    wizard_id = fields.Many2one("association.register.wizard", required=True, ondelete="cascade", index=True)
    member_id = fields.Many2one("association.member", required=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", string="Organisation or person")
    city = fields.Char(related="partner_id.city")
    company_registry = fields.Char(related="partner_id.company_registry", string="SIREN / SIRET")
    territory_id = fields.Many2one("association.territory")
    membership_id = fields.Many2one("association.membership")
    state = fields.Selection(MEMBER_STATES)
    category_id = fields.Many2one("association.category")
    college_id = fields.Many2one("association.college")
    since = fields.Date(string="Member since")
    left_on = fields.Date(string="Left on")
    reason = fields.Selection(END_REASONS, string="Reason for leaving")

    def action_view_member(self):
        self.ensure_one()
        return self.member_id._get_records_action(context={})

    def action_export(self):
        return self.wizard_id[:1].action_export()

    def action_print(self):
        return self.wizard_id[:1].action_print()
