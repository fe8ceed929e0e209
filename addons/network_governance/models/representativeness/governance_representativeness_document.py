"""The page for the assembly, and the workbook."""

from collections import Counter

from odoo import models
from odoo.addons.coup_de_pousse_membership.calculation.common.spreadsheet import Sheet
from odoo.tools import format_date

from ...calculation.representativeness import representativeness as rules

#: Segments of a dimension that the page tells one by one; the others are added up.
MOST_SEGMENTS = 8
#: Segments without a seat that the page names.
MOST_ABSENT = 12


class GovernanceRepresentativeness(models.TransientModel):
    _inherit = "governance.representativeness"

    def _get_title(self):
        return self.env._("Representativeness on %s", format_date(self.env, self.day, date_format="d MMMM y"))

    def _get_scope_label(self):
        self.ensure_one()
        if self.scope == "body":
            return self.body_id.name
        if self.scope == "branch":
            return self.env._("%s and the bodies under it", self.body_id.name)
        return dict(self._fields["scope"]._description_selection(self.env))[self.scope]

    def _get_marks(self):
        return {
            "absent": self.env._("Absent"),
            "under": self.env._("Under-represented"),
            "fair": self.env._("Fair"),
            "over": self.env._("Over-represented"),
        }

    def _get_genders(self):
        return {
            "female": self.env._("Women"),
            "male": self.env._("Men"),
            "other": self.env._("Other"),
            "unknown": self.env._("Not known"),
        }

    def _read_situation(self):
        """Return (situation, picture, trend) of the record's day, in its association."""
        self.ensure_one()
        self._check_reader()
        own = self.with_company(self.company_id)
        choice = (self.day, self.scope, self.body_id.id)
        situation = own._get_situation(*choice)
        return situation, own._prepare_picture(situation), own.get_trend(*choice)

    # ---- the page ----

    def _get_document(self):
        """Return what the page for the assembly shows; it fits on a page or two, however large the network."""
        _situation, picture, trend = self._read_situation()
        return {
            "picture": picture,
            # Where all members are alike, a dimension says nothing.
            "dimensions": [self._fold(d) for d in picture["dimensions"] if len(d["segments"]) > 1],
            "absent": picture["absent"][:MOST_ABSENT],
            "absent_more": len(picture["absent"][MOST_ABSENT:]),
            # Twice a year is enough on paper.
            "trend": trend[::2],
            "marks": self._get_marks(),
            "genders": [
                f"{label} {picture['genders'][gender]}"
                for gender, label in self._get_genders().items()
                if gender in picture["genders"]
            ],
        }

    def _fold(self, dimension):
        company, others = self.company_id, {"label": self.env._("Others")}
        found = rules.fold(dimension["segments"], MOST_SEGMENTS, company.governance_under, company.governance_over)
        return {**dimension, "segments": [{**others, **segment} for segment in found]}

    def _format_percent(self, value, digits=1):
        """Return a share as people read it: 12,5 %."""
        if value is None:
            return "–"
        return f"{self._format_number(100 * value, digits)}\N{NO-BREAK SPACE}%"

    def _format_number(self, value, digits=2):
        if value is None:
            return "–"
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        return f"{value:.{digits}f}".replace(".", lang.decimal_point or ".")

    def _format_day(self, day):
        return format_date(self.env, day)

    # ---- the workbook ----

    def _export(self):
        situation, picture, trend = self._read_situation()
        title = (self.company_id.name, f"{self._get_title()} – {self._get_scope_label()}")
        sheets = [
            self._get_key_sheet(picture, title),
            *(self._get_dimension_sheet(dimension, title) for dimension in picture["dimensions"]),
            self._get_trend_sheet(trend, title),
            self._get_holders_sheet(situation, title),
            self._get_never_sheet(situation, title),
        ]
        return self.env["association.spreadsheet"]._download(self._get_title(), sheets)

    def _get_key_sheet(self, picture, title):
        seats, genders = picture["seats"], picture["genders"]
        rows = [
            (self.env._("Member structures"), picture["members"], None),
            (self.env._("Member structures seated"), picture["seated"], picture["rate"]),
            (
                self.env._("Members never represented"),
                picture["never"],
                rules.rate(picture["never"], picture["members"]),
            ),
            (self.env._("Segments without a seat"), len(picture["absent"]), None),
            (self.env._("Seats"), seats["all"], None),
            (self.env._("Seats held"), seats["held"], rules.rate(seats["held"], seats["all"])),
            (self.env._("Vacant seats"), seats["vacant"], rules.rate(seats["vacant"], seats["all"])),
            (self.env._("Seats held for members"), seats["by_members"], rules.rate(seats["by_members"], seats["held"])),
            (self.env._("Seats held for others"), seats["by_others"], rules.rate(seats["by_others"], seats["held"])),
            (self.env._("Holders"), picture["persons"], None),
            *(
                (label, genders[gender], rules.rate(genders[gender], picture["persons"]))
                for gender, label in self._get_genders().items()
                if gender in genders
            ),
            (self.env._("Holders of several seats"), len(picture["several"]), None),
            (self.env._("Average length of office (years)"), picture["years"]["average"], None),
        ]
        columns = [
            (self.env._("Figure"), 40, "text"),
            (self.env._("Value"), 14, "number"),
            (self.env._("Share"), 14, "share"),
        ]
        return Sheet(self.env._("Summary"), columns, rows, title)

    def _get_dimension_sheet(self, dimension, title):
        marks = self._get_marks()
        columns = [
            (dimension["label"], 40, "text"),
            (self.env._("Members"), 12, "integer"),
            (self.env._("Share of the members"), 14, "share"),
            (self.env._("Seats"), 10, "integer"),
            (self.env._("Share of the seats"), 14, "share"),
            (self.env._("Structures seated"), 12, "integer"),
            (self.env._("Seats in proportion"), 14, "ratio"),
            (self.env._("Ratio"), 10, "ratio"),
            (self.env._("Mark"), 20, "text"),
        ]
        names = ("label", "members", "members_share", "seats", "seats_share", "seated", "expected", "ratio")
        rows = [(*(segment[name] for name in names), marks.get(segment["mark"])) for segment in dimension["segments"]]
        return Sheet(dimension["label"], columns, rows, title)

    def _get_trend_sheet(self, trend, title):
        columns = [
            (self.env._("Day"), 14, "date"),
            (self.env._("Member structures"), 14, "integer"),
            (self.env._("Member structures seated"), 14, "integer"),
            (self.env._("Share seated"), 14, "share"),
        ]
        rows = [(point["day"], point["members"], point["seated"], point["rate"]) for point in trend]
        return Sheet(self.env._("Trend"), columns, rows, title)

    def _get_holders_sheet(self, situation, title):
        """Who holds which seat, for whom, and for how long; the longest first."""
        held, genders = situation.held, self._get_genders()
        years = rules.years_in_office(situation.mandates, held, situation.day)
        seats = Counter(mandate.person for mandate in held)
        names = self._names("res.partner", {m.person for m in held} | {m.structure for m in held})
        columns = [
            (self.env._("Person"), 40, "text"),
            (self.env._("Body"), 36, "text"),
            (self.env._("Speaks for"), 40, "text"),
            (self.env._("Gender"), 12, "text"),
            (self.env._("Years in office"), 12, "ratio"),
            (self.env._("Seats of the person"), 12, "integer"),
        ]
        rows = [
            (
                names[mandate.person],
                situation.bodies[mandate.body],
                names.get(mandate.structure),
                genders[mandate.gender or "unknown"],
                years[mandate.body, mandate.person],
                seats[mandate.person],
            )
            for mandate in sorted(held, key=lambda m: -years[m.body, m.person])
        ]
        return Sheet(self.env._("Holders"), columns, rows, title)

    def _get_never_sheet(self, situation, title):
        ids = rules.never_represented(situation.members, situation.mandates, situation.day)
        names = self._names("res.partner", set(ids))
        columns = [(self.env._("Members never represented"), 60, "text")]
        return Sheet(columns[0][0], columns, [(name,) for name in sorted(names.values())], title)
