"""The funder's annual table: what the missions of one or more years were, and their totals."""

from collections import defaultdict
from datetime import date

from odoo.addons.coup_de_pousse_membership.calculation.common.amounts import split_float
from odoo.addons.coup_de_pousse_membership.calculation.common.spreadsheet import Sheet

from .accompaniment_cofunding import get_signed


class FunderTable:
    """A workbook: one line for each mission, then the totals of each way to group them.

    :param missions: recordset of ``accompaniment.mission``, in the order of the lines.
    :param first: first year that it is about.
    :param last: last one.
    """

    def __init__(self, missions, first, last):
        self.missions = missions
        self.env = missions.env
        self.years = range(first, last + 1)
        self.period = str(last) if first == last else f"{first}-{last}"
        self.days = self._get_days(date(first, 1, 1), date(last, 12, 31))
        self.sizes = dict(missions._fields["size"]._description_selection(self.env))

    def download(self):
        """Return the action that downloads the workbook."""
        title = (self.env.company.name, self.env._("Missions of accompaniment %(year)s", year=self.period))
        sheets = [Sheet(self.env._("Missions"), *self._get_lines(), title=title, total=self.env._("Total"))]
        sheets += [
            Sheet(label, *self._get_totals(label, get_names), title=(*title, note), total=total)
            for label, get_names, note, total in self._get_groupings()
        ]
        note = self.env._(
            "Missions by the year in which they started, days and amounts by the year in which they fall."
        )
        by_year = self.env._("By year")
        sheets.append(Sheet(by_year, *self._get_years(by_year), title=(*title, note), total=self.env._("Total")))
        by_cofunder = self.env._("By co-funder and year")
        note = self.env._(
            "The part of each co-funder by the year in which the days are planned, invoices by their date."
        )
        sheets.append(Sheet(by_cofunder, *self._get_cofunders(), title=(*title, note), total=self.env._("Total")))
        name = self.env._("Accompaniment %(year)s", year=self.period)
        return self.env["association.spreadsheet"]._download(name, sheets)

    def _get_days(self, first, last):
        """Return {mission: days worked in these years}."""
        rows = self.env["account.analytic.line"]._read_group(
            [("accompaniment_mission_id", "in", self.missions.ids), ("date", ">=", first), ("date", "<=", last)],
            ["accompaniment_mission_id"],
            ["unit_amount:sum"],
        )
        return dict(rows)

    # ---- one line for each mission ----

    def _get_lines(self):
        """Return the columns and the rows of the missions."""
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
            *self._get_figure_columns(),
        ]
        states = dict(self.missions._fields["state"]._description_selection(self.env))
        return columns, [self._get_line(mission, states) for mission in self.missions]

    def _get_line(self, mission, states):
        return (
            mission.name,
            mission.partner_id.name,
            mission.scheme_id.name,
            mission.territory_id.name,
            ", ".join(mission.theme_ids.mapped("name")),
            mission.industry_id.name,
            self.sizes.get(mission.size),
            mission.date_from,
            mission.date_to,
            states[mission.state],
            *self._get_figures(mission),
        )

    def _get_figure_columns(self):
        return [
            (self.env._("Beneficiaries"), 14, "integer"),
            (self.env._("Days planned"), 12, "number"),
            (self.env._("Days used"), 12, "number"),
            (self.env._("Days used in %(year)s", year=self.period), 14, "number"),
            (self._get_money_label(self.env._("Price")), 14, "money"),
            (self._get_money_label(self.env._("Invoiced")), 14, "money"),
        ]

    def _get_money_label(self, label):
        return f"{label} ({self.env.company.currency_id.symbol})"

    def _get_figures(self, missions):
        """Return what adds up, of one mission or of several, in the order of the columns."""
        currency = self.env.company.currency_id
        return (
            sum(missions.mapped("beneficiary_count")),
            sum(missions.mapped("days_planned")),
            sum(missions.mapped("days_used")),
            sum(self.days.get(mission, 0.0) for mission in missions),
            currency.round(sum(missions.mapped("price"))),
            currency.round(sum(missions.mapped("amount_invoiced"))),
        )

    # ---- totals ----

    def _get_groupings(self):
        """Return (label, names of the groups of a mission, note, label of the total) of each way to add up."""
        total = self.env._("Total")
        several = self.env._("A mission with several themes counts in each: no total is drawn.")
        return [
            (self.env._("By scheme"), lambda mission: [mission.scheme_id.name], "", total),
            (self.env._("By territory"), lambda mission: [mission.territory_id.name], "", total),
            (self.env._("By theme"), lambda mission: mission.theme_ids.mapped("name") or [False], several, ""),
            (self.env._("By sector"), lambda mission: [mission.industry_id.name], "", total),
            (self.env._("By size"), lambda mission: [self.sizes.get(mission.size)], "", total),
        ]

    def _get_totals(self, label, get_names):
        """Return the columns and rows of the totals of each group.

        :param get_names: function that gives the names of the groups in which a mission counts.
        """
        groups = {}
        for mission in self.missions:
            for name in get_names(mission):
                groups.setdefault(name or self.env._("Not said"), []).append(mission.id)
        sizes = list(self.sizes.values())
        ordered = sorted(groups.items(), key=lambda item: (sizes.index(item[0]) if item[0] in sizes else -1, item[0]))
        rows = [(name, len(ids), *self._get_figures(self.missions.browse(ids))) for name, ids in ordered]
        return self._get_total_columns(label), rows

    def _get_total_columns(self, label):
        return [(label, 34, "text"), (self.env._("Missions"), 12, "integer"), *self._get_figure_columns()]

    # ---- years: a mission over several gives each its part ----

    def _get_years(self, label):
        """Return the columns and rows of the totals of each year."""
        started, beneficiaries = defaultdict(int), defaultdict(int)
        for mission in self.missions:
            started[mission.date_from.year] += 1
            beneficiaries[mission.date_from.year] += mission.beneficiary_count
        planned, prices = self._get_planned_by_year()
        used, invoiced = self._get_used_by_year(), self._get_invoiced_by_year()
        rows = [
            (
                str(year),
                started[year],
                beneficiaries[year],
                round(planned[year], 2),
                round(used[year], 2),
                round(used[year], 2) if year in self.years else 0.0,
                self.env.company.currency_id.round(prices[year]),
                self.env.company.currency_id.round(invoiced[year]),
            )
            for year in sorted(started.keys() | planned.keys() | used.keys() | invoiced.keys())
        ]
        return self._get_total_columns(label), rows

    def _get_planned_by_year(self):
        """Return {year: days planned} and {year: price}: each mission's price is shared as its days are."""
        planned, prices = defaultdict(float), defaultdict(float)
        for mission, days in self._get_planned_days().items():
            for year, count in days.items():
                planned[year] += count
            for year, price in _share(mission.price, days, mission).items():
                prices[year] += price
        return planned, prices

    def _get_planned_days(self):
        """Return {mission: {year: days planned}}."""
        months = self.missions.phase_ids._spread_days()
        found = {}
        for mission in self.missions:
            days = found.setdefault(mission, defaultdict(float))
            for phase in mission.phase_ids:
                for month, count in (months[phase] or {mission.date_from: phase.days_planned}).items():
                    days[month.year] += count
        return found

    def _get_used_by_year(self):
        rows = self.env["account.analytic.line"]._read_group(
            [("accompaniment_mission_id", "in", self.missions.ids)], ["date:year"], ["unit_amount:sum"]
        )
        return defaultdict(float, {day.year: days for day, days in rows})

    def _get_invoiced_by_year(self):
        invoiced = defaultdict(float)
        for (_partner, year), amount in self._get_invoiced().items():
            invoiced[year] += amount
        return invoiced

    def _get_invoiced(self):
        """Return {(co-funder, year): what posted invoices asked of it}, credit notes deducted."""
        rows = (
            self.env["account.move.line"]
            .sudo()
            ._read_group(
                [("cofunding_id", "in", self.missions.cofunding_ids.ids), ("parent_state", "=", "posted")],
                ["cofunding_id", "move_id"],
                ["price_subtotal:sum"],
            )
        )
        invoiced = defaultdict(float)
        for cofunding, move, subtotal in rows:
            invoiced[cofunding.partner_id, (move.invoice_date or move.date).year] += get_signed(move, subtotal)
        return invoiced

    # ---- who pays, year by year ----

    def _get_cofunders(self):
        """Return the columns and rows of what each co-funder pays in each year."""
        parts, missions = self._get_parts()
        invoiced = {
            (partner.with_env(self.env), year): total for (partner, year), total in self._get_invoiced().items()
        }
        currency = self.env.company.currency_id
        rows = [
            (
                partner.name,
                str(year),
                len(missions[partner, year]),
                currency.round(parts[partner, year]),
                currency.round(invoiced.get((partner, year), 0.0)),
            )
            for partner, year in sorted(
                parts.keys() | invoiced.keys(), key=lambda key: (key[0]._get_sorting_name(), key[0].id, key[1])
            )
        ]
        columns = [
            (self.env._("Co-funder"), 34, "text"),
            (self.env._("Year"), 8, "text"),
            (self.env._("Missions"), 12, "integer"),
            (self._get_money_label(self.env._("Part")), 14, "money"),
            (self._get_money_label(self.env._("Invoiced")), 14, "money"),
        ]
        return columns, rows

    def _get_parts(self):
        """Return {(co-funder, year): its part} and {(co-funder, year): ids of its missions}."""
        parts, missions = defaultdict(float), defaultdict(set)
        for mission, days in self._get_planned_days().items():
            for cofunding in mission.cofunding_ids:
                for year, amount in _share(cofunding.amount, days, mission).items():
                    parts[cofunding.partner_id, year] += amount
                    missions[cofunding.partner_id, year].add(mission.id)
        return parts, missions


def _share(amount, days, mission):
    """Return {year: part of an amount}, shared as the planned days of a mission are."""
    weights = days if any(days.values()) else {mission.date_from.year: 1}
    parts = split_float(amount, weights.values(), mission.currency_id.rounding)
    return dict(zip(weights, parts, strict=True))
