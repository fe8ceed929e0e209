"""The page for the assembly, and the workbook."""

from odoo import models
from odoo.tools import format_date

from odoo.addons.coup_de_pousse_membership.calculation.spreadsheet import Sheet



class GovernanceRepresentativeness(models.TransientModel):
    _inherit = "governance.representativeness"

    def _get_title(self):
        return self.env._("Representativeness on %s", format_date(self.env, self.day, date_format="d MMMM y"))

    def _get_scope_label(self):
        self.ensure_one()
        if self.scope == "body":
            return self.body_id.name
        return dict(self._fields["scope"]._description_selection(self.env))[self.scope]

    def _get_marks(self):
        return {
            "absent": self.env._("Absent"),
            "under": self.env._("Under-represented"),
            "fair": self.env._("Fair"),
            "over": self.env._("Over-represented"),
        }

    def _get_document(self):
        """Return the picture and the trend of the record's day, for the report."""
        self.ensure_one()
        self._check_reader()
        own = self.with_company(self.company_id)
        choice = (self.day, self.scope, self.body_id.id)
        return {
            "picture": own.get_picture(*choice),
            "trend": own.get_trend(*choice),
            "marks": self._get_marks(),
            "genders": dict(self.env["res.partner"]._fields["gender"]._description_selection(self.env)),
        }

    def _format_percent(self, value, digits=1):
        """Return a share as people read it: 12,5 %."""
        if value is None:
            return "–"
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        text = f"{100 * value:.{digits}f}".replace(".", lang.decimal_point or ".")
        return f"{text}\N{NO-BREAK SPACE}%"

    def _format_number(self, value, digits=2):
        if value is None:
            return "–"
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        return f"{value:.{digits}f}".replace(".", lang.decimal_point or ".")

    def _format_day(self, day):
        return format_date(self.env, day)

    def _export(self):
        document = self._get_document()
        picture, title = document["picture"], (self.company_id.name, f"{self._get_title()} – {self._get_scope_label()}")
        sheets = [self._get_key_sheet(picture, title)]
        sheets += [self._get_dimension_sheet(dimension, title) for dimension in picture["dimensions"]]
        sheets.append(self._get_trend_sheet(document["trend"], title))
        return self.env["association.spreadsheet"]._download(self._get_title(), sheets)

    def _get_key_sheet(self, picture, title):
        seats = picture["seats"]
        rows = [
            (self.env._("Member structures"), picture["members"]),
            (self.env._("Member structures seated"), picture["seated"]),
            (self.env._("Share seated (%)"), round(100 * (picture["rate"] or 0), 2)),
            (self.env._("Members never represented"), picture["never"]),
            (self.env._("Seats"), seats["all"]),
            (self.env._("Seats held"), seats["held"]),
            (self.env._("Vacant seats"), seats["vacant"]),
            (self.env._("Seats held for members"), seats["by_members"]),
            (self.env._("Seats held for others"), seats["by_others"]),
        ]
        columns = [(self.env._("Figure"), 40, "text"), (self.env._("Value"), 14, "number")]
        return Sheet(self.env._("Summary"), columns, rows, title)

    def _get_dimension_sheet(self, dimension, title):
        marks = self._get_marks()
        columns = [
            (dimension["label"], 40, "text"),
            (self.env._("Members"), 12, "integer"),
            (self.env._("Share of the members (%)"), 14, "number"),
            (self.env._("Seats"), 10, "integer"),
            (self.env._("Share of the seats (%)"), 14, "number"),
            (self.env._("Structures seated"), 12, "integer"),
            (self.env._("Seats in proportion"), 14, "number"),
            (self.env._("Ratio"), 10, "number"),
            (self.env._("Mark"), 20, "text"),
        ]
        rows = [
            (
                segment["label"],
                segment["members"],
                round(100 * segment["members_share"], 2),
                segment["seats"],
                round(100 * segment["seats_share"], 2),
                segment["seated"],
                round(segment["expected"], 2),
                None if segment["ratio"] is None else round(segment["ratio"], 2),
                marks.get(segment["mark"]),
            )
            for segment in dimension["segments"]
        ]
        return Sheet(dimension["label"], columns, rows, title)

    def _get_trend_sheet(self, trend, title):
        columns = [
            (self.env._("Day"), 14, "date"),
            (self.env._("Member structures"), 14, "integer"),
            (self.env._("Member structures seated"), 14, "integer"),
            (self.env._("Share seated (%)"), 14, "number"),
        ]
        rows = [
            (point["day"], point["members"], point["seated"], round(100 * (point["rate"] or 0), 2)) for point in trend
        ]
        return Sheet(self.env._("Trend"), columns, rows, title)
