"""The funder's annual table: what a year's missions were, by scheme, territory and theme."""

from odoo import fields, models
from odoo.addons.coup_de_pousse_membership.calculation.spreadsheet import Sheet


class AccompanimentMission(models.Model):
    _inherit = "accompaniment.mission"

    def _download_funder_table(self, year):
        """Return the action that downloads the table of these missions as a workbook.

        :param year: the year that it is about, for its titles.
        """
        self.check_access("read")
        title = (self.env.company.name, self.env._("Missions of accompaniment %(year)s", year=year))
        sheets = [Sheet(self.env._("Missions"), *self._get_table_missions(), title=title)]
        for label, field in (
            (self.env._("By scheme"), "scheme_id"),
            (self.env._("By territory"), "territory_id"),
            (self.env._("By theme"), "theme_ids"),
        ):
            sheets.append(Sheet(label, *self._get_table_totals(label, field), title=title))
        return self.env["association.spreadsheet"]._download(self.env._("Accompaniment %(year)s", year=year), sheets)

    def _get_table_missions(self):
        states = dict(self._fields["state"]._description_selection(self.env))
        sizes = dict(self._fields["size"]._description_selection(self.env))
        columns = [
            (self.env._("Mission"), 40, "text"),
            (self.env._("Beneficiary"), 32, "text"),
            (self.env._("Scheme"), 18, "text"),
            (self.env._("Territory"), 22, "text"),
            (self.env._("Themes"), 30, "text"),
            (self.env._("Sector"), 22, "text"),
            (self.env._("Size"), 18, "text"),
            (self.env._("Starts on"), 12, "date"),
            (self.env._("Ends on"), 12, "date"),
            (self.env._("Step"), 14, "text"),
            (self.env._("Beneficiaries"), 13, "integer"),
            (self.env._("Days planned"), 12, "number"),
            (self.env._("Days used"), 12, "number"),
            (self.env._("Price"), 14, "money"),
        ]
        rows = [
            (
                mission.name,
                mission.partner_id.name,
                mission.scheme_id.name,
                mission.territory_id.name,
                ", ".join(mission.theme_ids.mapped("name")),
                mission.industry_id.name,
                sizes.get(mission.size),
                mission.date_from,
                mission.date_to,
                states[mission.state],
                mission.beneficiary_count,
                mission.days_planned,
                mission.days_used,
                mission.price,
            )
            for mission in self
        ]
        return columns, rows

    def _get_table_totals(self, label, field):
        """Return the columns and rows of the totals by one field; by theme a mission counts in each of its own."""
        columns = [
            (label, 34, "text"),
            (self.env._("Missions"), 12, "integer"),
            (self.env._("Beneficiaries"), 14, "integer"),
            (self.env._("Days planned"), 14, "number"),
            (self.env._("Days used"), 14, "number"),
            (self.env._("Price"), 16, "money"),
        ]
        groups = {}
        for mission in self:
            for value in mission[field] or [mission[field]]:
                groups.setdefault(value.name or self.env._("Not said"), []).append(mission)
        rows = [
            (
                name,
                len(missions),
                sum(mission.beneficiary_count for mission in missions),
                sum(mission.days_planned for mission in missions),
                sum(mission.days_used for mission in missions),
                sum(mission.price for mission in missions),
            )
            for name, missions in sorted(groups.items())
        ]
        return columns, rows

    def _search_of_year(self, year, scheme=None):
        """Return the missions that were under way on some day of a year, of a scheme or of all."""
        domain = [
            ("company_id", "=", self.env.company.id),
            ("state", "!=", "cancelled"),
            ("date_from", "<=", fields.Date.to_date(f"{year}-12-31")),
            "|",
            ("date_to", "=", False),
            ("date_to", ">=", fields.Date.to_date(f"{year}-01-01")),
        ]
        return self.search(domain + ([("scheme_id", "in", scheme.ids)] if scheme else []), order="date_from, id")
