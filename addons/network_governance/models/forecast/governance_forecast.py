"""The forecast of the coming months: terms, vacant seats, bodies under their minimum."""

from collections import Counter, namedtuple

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.calculation.common.spreadsheet import Sheet
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...calculation.body.common_days import common_days
from ...calculation.forecast import forecast as rules

MONTHS_AHEAD = (1, 60)
Due = namedtuple("Due", "body day count")


class GovernanceForecast(models.TransientModel):
    _name = "governance.forecast"
    _description = "Forecast of the Bodies"
    _rec_name = "day"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    day = fields.Date(string="From", required=True, default=fields.Date.context_today)
    months = fields.Integer(string="Months ahead", required=True, default=24)
    body_id = fields.Many2one(
        "governance.body", help="Empty: all bodies.", domain="[('company_id', '=', company_id)]", check_company=True
    )
    line_ids = fields.One2many("governance.forecast.line", "forecast_id")

    @api.constrains("months")
    def _check_months(self):
        least, most = MONTHS_AHEAD
        for forecast in self:
            if not least <= forecast.months <= most:
                raise UserError(
                    self.env._("A forecast looks from %(least)s to %(most)s months ahead.", least=least, most=most)
                )

    def action_show(self):
        """Work out what is to come, and open it as a list and a calendar."""
        self.ensure_one()
        self._fill()
        action = self.env["ir.actions.act_window"]._for_xml_id("network_governance.action_governance_forecast_line")
        title = self._get_title()
        return {**action, "name": title, "display_name": title, "domain": [("forecast_id", "=", self.id)]}

    def action_export(self):
        self.ensure_one()
        self._fill()
        kinds = dict(self.env["governance.forecast.line"]._fields["kind"]._description_selection(self.env))
        columns = [
            (self.env._("Day"), 14, "date"),
            (self.env._("What"), 28, "text"),
            (self.env._("Body"), 36, "text"),
            (self.env._("Seat"), 30, "text"),
            (self.env._("Holder"), 36, "text"),
            (self.env._("Details"), 60, "text"),
        ]
        rows = [
            (
                line.day,
                kinds[line.kind],
                line.body_id.name,
                line.seat_id.with_context(governance_in_body=True).display_name,
                line.mandate_id.partner_id.name,
                line.sentence,
            )
            for line in self.line_ids
        ]
        sheet = Sheet(self.env._("Forecast"), columns, rows, (self.company_id.name, self._get_title()))
        return self.env["association.spreadsheet"]._download(self._get_title(), [sheet])

    def _get_title(self):
        end = format_date(self.env, self._get_end(), date_format="MMMM y")
        return self.env._("Forecast until %s", end)

    def _get_end(self):
        return self.day + relativedelta(months=self.months)

    # ---- what is foreseen ----

    def _fill(self):
        self.line_ids.unlink()
        events = self._foresee(self.company_id, self.day, self._get_end(), self.body_id)
        renewals = self._get_renewals(events)
        lines = [self._prepare_line(event) for event in events]
        lines += [
            {
                "forecast_id": self.id,
                "day": renewal.day,
                "kind": "renewal",
                "body_id": renewal.body.id,
                "sentence": self.env._("%s seats of this third are to be renewed", renewal.count),
            }
            for renewal in renewals
        ]
        self.env["governance.forecast.line"].create(sorted(lines, key=lambda line: (line["day"], line["kind"])))

    def _prepare_line(self, event):
        return {
            "forecast_id": self.id,
            "day": event.day,
            "kind": event.kind,
            "body_id": event.body,
            "seat_id": event.seat,
            "mandate_id": event.mandate,
            "sentence": self._explain(event),
        }

    def _explain(self, event):
        college = self.env["association.college"].sudo().browse(event.college or ())
        if event.kind == rules.MINIMUM and college:
            return self.env._(
                "%(count)s holders in the college “%(college)s”, at least %(least)s are needed",
                count=event.count,
                college=college.name,
                least=event.least,
            )
        if event.kind == rules.MINIMUM:
            return self.env._("%(count)s holders, at least %(least)s are needed", count=event.count, least=event.least)
        sentences = {
            rules.TERM: self.env._("The mandate reaches its term"),
            rules.KEPT: self.env._("Past its term: the holder stays until replaced"),
            rules.VACANT: self.env._("Nobody holds the seat from this day"),
        }
        return sentences[event.kind]

    @api.model
    def _get_renewals(self, events):
        """Return the renewals by thirds among the events: one per body and term."""
        counts = Counter((event.body, event.day) for event in events if event.kind == rules.TERM)
        bodies = self.env["governance.body"].browse({body for body, _day in counts})
        by_thirds = {body.id: body for body in bodies if body.renewal == "thirds"}
        return [Due(by_thirds[body], day, count) for (body, day), count in counts.items() if body in by_thirds]

    @api.model
    def _foresee(self, company, start, end, body=False):
        """Return the events of the bodies of an association between two days; a fixed number of queries."""
        bodies = self.env["governance.body"].search_fetch(
            [
                ("company_id", "=", company.id),
                ("id", "=", body.id) if body else ("id", "!=", 0),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", start),
            ],
            ["date_from", "date_to", "renewal"],
        )
        seats = self._get_seats(bodies, start)
        holdings = self._get_holdings(seats, start)
        return rules.foresee(seats, holdings, self._get_minimums(bodies), start, end)

    @api.model
    def _get_seats(self, bodies, start):
        rows = self.env["governance.seat"].search_read(
            [("body_id", "in", bodies.ids), "|", ("date_to", "=", False), ("date_to", ">=", start)],
            ["body_id", "college_id", "date_from", "date_to"],
            load=None,
        )
        days = {body.id: (body.date_from, body.date_to) for body in bodies}
        return [
            rules.Seat(
                row["id"],
                row["body_id"],
                row["college_id"] or None,
                *common_days(row["date_from"], row["date_to"], *days[row["body_id"]]),
            )
            for row in rows
        ]

    @api.model
    def _get_holdings(self, seats, start):
        rows = self.env["governance.mandate"].search_read(
            [
                ("seat_id", "in", [seat.id for seat in seats]),
                ("role", "=", "titular"),
                "|",
                ("last_day", "=", False),
                ("last_day", ">=", start),
            ],
            ["seat_id", "date_from", "term_date", "last_day"],
            load=None,
        )
        return [
            rules.Holding(
                row["id"], row["seat_id"], row["date_from"], row["term_date"] or None, row["last_day"] or None
            )
            for row in rows
        ]

    @api.model
    def _get_minimums(self, bodies):
        """Return {(body, college or None): least number of holders} of the compositions.

        A line without a college asks for holders of any; the whole body needs the sum of its lines.
        """
        minimums = Counter()
        lines = self.env["governance.composition"].search([("body_id", "in", bodies.ids), ("minimum", ">", 0)])
        for line in lines:
            minimums[line.body_id.id, line.college_id.id or None] += line.minimum
        return minimums
