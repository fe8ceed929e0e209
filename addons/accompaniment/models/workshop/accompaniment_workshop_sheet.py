"""The sign-in sheet of a workshop, for a spreadsheet; its PDF is in ``report/``."""

from odoo import fields, models
from odoo.addons.coup_de_pousse_membership.calculation.common.spreadsheet import Sheet

#: Empty lines for those who come without having been convened.
SPARE_LINES = 8


class AccompanimentWorkshop(models.Model):
    _inherit = "accompaniment.workshop"

    def _get_day(self):
        """Return the day of the session where its reader is."""
        self.ensure_one()
        return fields.Datetime.context_timestamp(self, self.start).date()

    def _get_spare_lines(self):
        return range(SPARE_LINES)

    def action_sign_in_sheet(self):
        """Download the sign-in sheets as a workbook, one tab for each session."""
        self.check_access("read")
        columns = [
            (self.env._("Person"), 32, "text"),
            (self.env._("Organisation"), 32, "text"),
            (self.env._("Email"), 30, "text"),
            (self.env._("Status"), 12, "text"),
            (self.env._("Signature"), 30, "text"),
        ]
        sheets = [
            Sheet(
                f"{rank}. {workshop.name}",
                columns,
                workshop._get_sheet_rows(),
                title=(
                    workshop.mission_id.name,
                    workshop.display_name,
                    " ".join(filter(None, [workshop.place, workshop.track_id.name])),
                ),
            )
            for rank, workshop in enumerate(self, 1)
        ]
        return self.env["association.spreadsheet"]._download(self.env._("Sign-in sheet"), sheets)

    def _get_sheet_rows(self):
        self.ensure_one()
        statuses = dict(self.env["accompaniment.attendance"]._fields["status"]._description_selection(self.env))
        return [
            (
                line.partner_id.name,
                line.organisation_id.name if line.organisation_id != line.partner_id else "",
                line.partner_id.email,
                statuses[line.status] if line.status != "convened" else "",
                "",
            )
            for line in self.attendance_ids
        ]
