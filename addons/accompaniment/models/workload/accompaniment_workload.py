"""Who has how much to do: days planned and used, by adviser and month."""

from collections import defaultdict
from datetime import date

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.calculation.common.spreadsheet import Sheet
from odoo.fields import Domain
from odoo.tools import float_compare, format_date

from ...calculation.mission.months import next_month


class AccompanimentWorkload(models.AbstractModel):
    """The table of the advisers' days in a year, for the screen and as a workbook."""

    _name = "accompaniment.workload"
    _description = "Workload of Advisers"

    @api.model
    @api.readonly
    def get_workload(self, year=False):
        """Return the table of a year for the current association: advisers × months.

        The number of queries does not depend on how many missions there are.

        :param year: number of the year; the present one where not given.
        :return: ``year``, ``capacity`` (days that one can give to missions in a month, 0: not said),
            ``months`` (name, first day, first day of the next one) and ``rows``: who, ``capacity`` of their
            own (``False``: as the association's), ``cells`` (planned and used days, missions planned, whether
            it is too much) and ``total``. ``undated`` are the days planned without any date: they stand in no
            year, so in each.
        """
        year = int(year or fields.Date.context_today(self).year)
        rows = self._get_rows(year)
        return {
            "year": year,
            "capacity": self.env.company.accompaniment_days_month,
            "months": [
                {
                    "name": format_date(self.env, month, date_format="LLL").capitalize(),
                    "from": fields.Date.to_string(month),
                    "to": fields.Date.to_string(next_month(month)),
                }
                for month in _months(year)
            ],
            "rows": rows,
        }

    def _get_rows(self, year):
        """Return the rows of the table of a year."""
        planned, undated = self._get_planned(year)
        used = self._get_used(year)
        # Their names alone are told: a referent may belong to another association.
        people = self.env["res.partner"].sudo().browse({who for who, _month in (*planned, *used)} | undated.keys())
        own = self._get_capacities(people)
        rows = []
        for person in people.sorted("display_name"):
            keys = [(person.id, month) for month in _months(year)]
            limit = own.get(person.id, self.env.company.accompaniment_days_month)
            cells = [self._prepare_cell(planned.get(key), used.get(key, 0.0), limit) for key in keys]
            row = self._prepare_row(person, cells, undated.get(person.id, 0.0))
            rows.append({**row, "capacity": own.get(person.id, False)})
        return rows

    @api.model
    def action_download(self, year=False):
        """Download the table of a year as a workbook: one tab for the days planned, one for those used."""
        workload = self.get_workload(year)
        title = (self.env.company.name, self.env._("Workload %(year)s", year=workload["year"]))
        months = [(month["name"], 9, "number") for month in workload["months"]]
        columns = [(self.env._("Worked by"), 30, "text"), *months, (self.env._("Year"), 9, "number")]
        sheets = [
            Sheet(
                label,
                columns,
                [
                    (row["name"], *(cell[field] for cell in row["cells"]), row["total"][field])
                    for row in workload["rows"]
                ],
                title=title,
            )
            for label, field in ((self.env._("Days planned"), "planned"), (self.env._("Days used"), "used"))
        ]
        return self.env["association.spreadsheet"]._download(title[1], sheets)

    def _get_capacities(self, people):
        """Return {id: days in a month} of those who do not have as many as the association says."""
        # The number of days alone is told, to whoever may read the workload; what they cost is not.
        costs = (
            self.env["accompaniment.day.cost"]
            .sudo()
            .search([("company_id", "=", self.env.company.id), ("partner_id", "in", people.ids)])
        )
        return {cost.partner_id.id: cost.days_month for cost in costs if cost.days_month is not False}

    # ---- planned ----

    def _get_planned(self, year):
        """Return the planned days of a year and those without a date.

        :return: {(id of who, first day of the month): [days, ids of the missions]} and {id of who: days}.
        """
        planned, undated = defaultdict(lambda: [0.0, set()]), defaultdict(float)
        phases = self._search_phases(year)
        referents = {user.id: user.partner_id.id for user in phases.mission_id.referent_id.sudo()}
        for phase, months in phases._spread_days().items():
            mission = phase.mission_id
            who = phase.intervener_id.id or referents[mission.referent_id.id]
            if not months:
                undated[who] += phase.days_planned
            for month, days in months.items():
                if month.year == year:
                    planned[who, month][0] += days
                    planned[who, month][1].add(mission.id)
        return planned, undated

    def _search_phases(self, year):
        """Return the phases that may touch a year, and those without a date."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        starts = (
            Domain("date_from", "<=", last)
            | Domain("date_to", "<=", last)
            | Domain("date_from", "=", False)
            & (Domain("mission_id.date_from", "=", False) | Domain("mission_id.date_from", "<=", last))
        )
        ends = (
            Domain("date_to", ">=", first)
            | Domain("date_from", ">=", first)
            | Domain("date_to", "=", False)
            & (Domain("mission_id.date_to", "=", False) | Domain("mission_id.date_to", ">=", first))
        )
        return self.env["accompaniment.phase"].search(
            Domain("company_id", "=", self.env.company.id)
            & Domain("mission_id.state", "!=", "cancelled")
            & Domain("days_planned", ">", 0)
            & starts
            & ends
        )

    # ---- used ----

    def _get_used(self, year):
        """Return {(id of who, first day of the month): days worked}."""
        rows = self.env["account.analytic.line"]._read_group(
            [
                ("company_id", "=", self.env.company.id),
                ("accompaniment_mission_id", "!=", False),
                ("date", ">=", date(year, 1, 1)),
                ("date", "<=", date(year, 12, 31)),
            ],
            ["intervener_id", "date:month"],
            ["unit_amount:sum"],
        )
        return {(partner.id, month): days for partner, month, days in rows}

    # ---- table ----

    def _prepare_cell(self, planned, used, capacity):
        days, missions = planned or (0.0, ())
        return {
            "planned": round(days, 2),
            "used": round(used, 2),
            "mission_ids": sorted(missions),
            "overload": bool(capacity) and float_compare(max(days, used), capacity, precision_digits=2) > 0,
        }

    def _prepare_row(self, person, cells, undated):
        return {
            "id": person.id,
            "name": person.display_name,
            "cells": cells,
            "undated": round(undated, 2),
            "total": {field: round(sum(cell[field] for cell in cells), 2) for field in ("planned", "used")},
        }


def _months(year):
    """Return the first days of the months of a year."""
    return [date(year, month, 1) for month in range(1, 13)]
