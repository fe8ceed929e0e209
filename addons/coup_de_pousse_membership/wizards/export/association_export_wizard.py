"""The dialog that downloads a register as a workbook."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ...models.export.changes_sheet import make_changes_sheet
from ...models.export.electoral_list import make_electoral_list
from ...models.export.memberships_sheet import make_memberships_sheet
from ...models.receipt.receipts_sheet import make_receipts_sheet
from ...models.register.members_sheet import make_members_sheet
from ...models.reminder.calls_sheet import make_calls_sheet

#: Registers of a day, of a year, between two days.
BY_DAY, BY_YEAR, BY_PERIOD = {"electors"}, {"memberships", "receipts"}, {"changes"}


class AssociationExportWizard(models.TransientModel):
    _name = "association.export.wizard"
    _description = "Registers as Excel Files"
    _rec_name = "kind"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", default=lambda self: self.env.company, required=True)
    kind = fields.Selection(selection="_selection_kind", string="Register", default="members", required=True)
    day = fields.Date(default=fields.Date.context_today, help="Who has a vote is worked out for that day.")
    year = fields.Integer(default=lambda self: fields.Date.context_today(self).year)
    date_from = fields.Date(string="From", default=lambda self: fields.Date.context_today(self).replace(month=1, day=1))
    date_to = fields.Date(string="To", default=fields.Date.context_today)

    _year_plausible = models.Constraint("CHECK (year BETWEEN 1900 AND 2200)", "Write the year with four digits.")

    @api.model
    def _selection_kind(self):
        """Return the registers that the user may read."""
        kinds = {
            "members": self.env._("Members, with addresses and correspondents"),
            "memberships": self.env._("Memberships of a year"),
            "electors": self.env._("Electoral list by college"),
            "changes": self.env._("Journal of changes"),
        }
        if self.env["association.tax.receipt"].has_access("read"):
            kinds["late"] = self.env._("Who is late, with phone and e-mail")
            kinds["receipts"] = self.env._("Tax receipts of a year")
        return list(kinds.items())

    @api.constrains("date_from", "date_to")
    def _check_days(self):
        for wizard in self:
            if wizard.kind in BY_PERIOD and wizard.date_from > wizard.date_to:
                raise ValidationError(self.env._("The period ends before it begins: correct one of its two days."))

    def action_export(self):
        """Download the register."""
        self.ensure_one()
        if self.kind not in dict(self._selection_kind()):
            self.env["association.tax.receipt"].check_access("read")
        title = self._get_title()
        sheets = getattr(self, f"_make_{self.kind}")((self.company_id.name, title))
        return self.env["association.spreadsheet"]._download(title, sheets)

    def _get_title(self):
        """Return what the file is called."""
        label = dict(self._selection_kind())[self.kind]
        if self.kind in BY_YEAR:
            return f"{label} – {self.year}"
        if self.kind in BY_PERIOD:
            days = [self._show_day(day) for day in (self.date_from, self.date_to)]
            return f"{label} – {' – '.join(days)}"
        day = self.day if self.kind in BY_DAY else fields.Date.context_today(self)
        return f"{label} – {self._show_day(day)}"

    def _show_day(self, day):
        """Return a day as the name of a file may hold it."""
        return format_date(self.env, day, date_format="d MMMM y")

    # ---- the sheets of each ----

    def _make_members(self, _title):
        domain = [("company_id", "=", self.company_id.id), ("state", "not in", ("none", "left", "refused"))]
        return [make_members_sheet(self.env["association.member"].search(domain))]

    def _make_memberships(self, title):
        return [make_memberships_sheet(self.company_id, self.year, title)]

    def _make_electors(self, title):
        return make_electoral_list(self.company_id, self.day, title)

    def _make_changes(self, title):
        return [make_changes_sheet(self.company_id, self.date_from, self.date_to, title)]

    def _make_late(self, _title):
        overdue = self.env["association.metric"]._get("calls_overdue")._get_domain()
        return [
            make_calls_sheet(self.env["account.move"].search(overdue & Domain("company_id", "=", self.company_id.id)))
        ]

    def _make_receipts(self, title):
        domain = [("company_id", "=", self.company_id.id), ("year", "=", self.year)]
        return [make_receipts_sheet(self.env["association.tax.receipt"].search(domain, order="name"), title)]
