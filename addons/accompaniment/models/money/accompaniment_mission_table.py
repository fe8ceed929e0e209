"""The funder's annual table: what the missions of one or more years were, and their totals."""

from datetime import date

from odoo import fields, models
from odoo.addons.coup_de_pousse_membership.calculation.common.spreadsheet import Sheet


class AccompanimentMission(models.Model):
    _inherit = "accompaniment.mission"

    def _download_funder_table(self, first, last):
        """Return the action that downloads the table of these missions as a workbook.

        :param first: first year that it is about.
        :param last: last one.
        """
        self.check_access("read")
        period = str(last) if first == last else f"{first}-{last}"
        title = (self.env.company.name, self.env._("Missions of accompaniment %(year)s", year=period))
        days = self._get_days_of_years(first, last)
        sheets = [
            Sheet(
                self.env._("Missions"),
                *self._get_table_missions(days, period),
                title=title,
                total=self.env._("Total"),
            )
        ]
        sheets += [
            Sheet(label, *self._get_table_totals(label, values, days, period), title=(*title, note), total=total)
            for label, values, note, total in self._get_table_groupings()
        ]
        return self.env["association.spreadsheet"]._download(self.env._("Accompaniment %(year)s", year=period), sheets)

    def _get_days_of_years(self, first, last):
        """Return {mission: days worked in these years}."""
        rows = self.env["account.analytic.line"]._read_group(
            [
                ("accompaniment_mission_id", "in", self.ids),
                ("date", ">=", date(first, 1, 1)),
                ("date", "<=", date(last, 12, 31)),
            ],
            ["accompaniment_mission_id"],
            ["unit_amount:sum"],
        )
        return dict(rows)

    def _get_money_label(self, label):
        return f"{label} ({self.env.company.currency_id.symbol})"

    def _get_table_missions(self, days, period):
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
            *self._get_figure_columns(period),
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
                *mission._get_figures(days),
            )
            for mission in self
        ]
        return columns, rows

    def _get_figure_columns(self, period):
        return [
            (self.env._("Beneficiaries"), 14, "integer"),
            (self.env._("Days planned"), 12, "number"),
            (self.env._("Days used"), 12, "number"),
            (self.env._("Days used in %(year)s", year=period), 14, "number"),
            (self._get_money_label(self.env._("Price")), 14, "money"),
            (self._get_money_label(self.env._("Invoiced")), 14, "money"),
        ]

    def _get_figures(self, days):
        """Return what adds up, of one mission or of several, in the order of the columns."""
        return (
            sum(self.mapped("beneficiary_count")),
            sum(self.mapped("days_planned")),
            sum(self.mapped("days_used")),
            sum(days.get(mission, 0.0) for mission in self),
            self.env.company.currency_id.round(sum(self.mapped("price"))),
            self.env.company.currency_id.round(sum(self.mapped("amount_invoiced"))),
        )

    def _get_table_groupings(self):
        """Return (label, names of the groups of a mission, note, label of the total) of each way to add up."""
        sizes = dict(self._fields["size"]._description_selection(self.env))
        total = self.env._("Total")
        several = self.env._("A mission with several themes counts in each: no total is drawn.")
        started = self.env._("By the year in which the mission started.")
        return [
            (self.env._("By scheme"), lambda mission: [mission.scheme_id.name], "", total),
            (self.env._("By territory"), lambda mission: [mission.territory_id.name], "", total),
            (self.env._("By theme"), lambda mission: mission.theme_ids.mapped("name") or [False], several, ""),
            (self.env._("By sector"), lambda mission: [mission.industry_id.name], "", total),
            (self.env._("By size"), lambda mission: [sizes.get(mission.size)], "", total),
            (self.env._("By year"), lambda mission: [str(mission.date_from.year)], started, total),
        ]

    def _get_table_totals(self, label, get_names, days, period):
        """Return the columns and rows of the totals of each group.

        :param get_names: function that gives the names of the groups in which a mission counts.
        """
        columns = [(label, 34, "text"), (self.env._("Missions"), 12, "integer"), *self._get_figure_columns(period)]
        groups = {}
        for mission in self:
            for name in get_names(mission):
                name = name or self.env._("Not said")
                groups.setdefault(name, []).append(mission.id)
        sizes = [size for _value, size in self._fields["size"]._description_selection(self.env)]
        ordered = sorted(groups.items(), key=lambda item: (sizes.index(item[0]) if item[0] in sizes else -1, item[0]))
        rows = [(name, len(ids), *self.browse(ids)._get_figures(days)) for name, ids in ordered]
        return columns, rows

    def _search_of_years(self, first, last, scheme=None):
        """Return the missions that were under way on some day of these years, of a scheme or of all."""
        domain = [
            ("company_id", "=", self.env.company.id),
            ("state", "!=", "cancelled"),
            ("date_from", "<=", fields.Date.to_date(f"{last}-12-31")),
            "|",
            ("date_to", "=", False),
            ("date_to", ">=", fields.Date.to_date(f"{first}-01-01")),
        ]
        return self.search(domain + ([("scheme_id", "in", scheme.ids)] if scheme else []), order="date_from, id")
