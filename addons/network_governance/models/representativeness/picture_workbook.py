"""The workbook of a picture: its figures, one sheet for each dimension, the trend, the holders."""

from collections import Counter

from odoo.addons.coup_de_pousse_membership.calculation.common.spreadsheet import Sheet

from ...calculation.representativeness import representativeness as rules
from .picture_words import PictureWords, get_genders, get_marks, get_names


class PictureWorkbook:
    """Builds the sheets.

    :param env: the environment of the user, in the association of the picture.
    :param picture: a :class:`~.picture.Picture`.
    :param trend: the points of the trend, the oldest first.
    :param title: the lines above each sheet.
    """

    def __init__(self, env, picture, trend, title):
        self.env = env
        self.picture = picture
        self.trend = trend
        self.title = title
        self.words = PictureWords(env, picture)

    def build(self):
        """Return all sheets."""
        dimensions = [self.words.describe(name, segments) for name, segments in self.picture.dimensions.items()]
        return [
            self._build_summary(),
            *map(self._build_dimension, dimensions),
            self._build_trend(),
            self._build_holders(),
            self._build_never(),
        ]

    def _sheet(self, name, columns, rows):
        return Sheet(name, columns, rows, self.title)

    def _build_summary(self):
        columns = [
            (self.env._("Figure"), 40, "text"),
            (self.env._("Value"), 14, "number"),
            (self.env._("Share"), 14, "share"),
        ]
        return self._sheet(
            self.env._("Summary"), columns, [*self._list_members(), *self._list_seats(), *self._list_persons()]
        )

    def _list_members(self):
        picture = self.picture
        never = len(picture.never)
        return [
            (self.env._("Member structures"), picture.members, None),
            (self.env._("Member structures seated"), picture.seated, picture.rate),
            (self.env._("Members never represented"), never, rules.rate(never, picture.members)),
            (self.env._("Segments without a seat"), len(picture.absent), None),
        ]

    def _list_seats(self):
        picture, seats, held = self.picture, self.picture.situation.seats, len(self.picture.held)
        return [
            (self.env._("Seats"), seats, None),
            (self.env._("Seats held"), held, rules.rate(held, seats)),
            (self.env._("Vacant seats"), picture.vacant, rules.rate(picture.vacant, seats)),
            (self.env._("Seats held for members"), picture.by_members, rules.rate(picture.by_members, held)),
            (self.env._("Seats held for others"), picture.by_others, rules.rate(picture.by_others, held)),
        ]

    def _list_persons(self):
        picture = self.picture
        genders = [
            (label, picture.genders[gender], rules.rate(picture.genders[gender], picture.persons))
            for gender, label in get_genders(self.env).items()
            if gender in picture.genders
        ]
        return [
            (self.env._("Holders"), picture.persons, None),
            *genders,
            (self.env._("Holders of several seats"), len(picture.several), None),
            (self.env._("Average length of office (years)"), picture.average_years, None),
        ]

    def _build_dimension(self, dimension):
        marks = get_marks(self.env)
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
        return self._sheet(dimension["label"], columns, rows)

    def _build_trend(self):
        columns = [
            (self.env._("Day"), 14, "date"),
            (self.env._("Member structures"), 14, "integer"),
            (self.env._("Member structures seated"), 14, "integer"),
            (self.env._("Share seated"), 14, "share"),
        ]
        rows = [(point["day"], point["members"], point["seated"], point["rate"]) for point in self.trend]
        return self._sheet(self.env._("Trend"), columns, rows)

    def _build_holders(self):
        """Who holds which seat, for whom, and for how long; the longest first."""
        held, years, genders = self.picture.held, self.picture.years, get_genders(self.env)
        seats = Counter(mandate.person for mandate in held)
        names = get_names(self.env, "res.partner", {m.person for m in held} | {m.structure for m in held})
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
                self.picture.situation.bodies[mandate.body],
                names.get(mandate.structure),
                genders[mandate.gender or None],
                years[mandate.body, mandate.person],
                seats[mandate.person],
            )
            for mandate in sorted(held, key=lambda m: -years[m.body, m.person])
        ]
        return self._sheet(self.env._("Holders"), columns, rows)

    def _build_never(self):
        names = get_names(self.env, "res.partner", set(self.picture.never))
        columns = [(self.env._("Members never represented"), 60, "text")]
        return self._sheet(columns[0][0], columns, [(name,) for name in sorted(names.values())])
