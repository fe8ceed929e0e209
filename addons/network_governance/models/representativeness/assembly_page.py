"""What the page for the assembly shows of a picture: one page or two, however large the network."""

from odoo.tools import format_date

from ...calculation.representativeness import representativeness as rules
from .picture_screen import show_absent
from .picture_words import PictureWords, get_genders, get_marks

#: Segments of a dimension that the page tells one by one; the others are added up.
MOST_SEGMENTS = 8
#: Segments without a seat that the page names.
MOST_ABSENT = 12


class AssemblyPage:
    """What the template of the page reads.

    :param env: the environment of the user, in the association of the picture.
    :param picture: a :class:`~.picture.Picture`.
    :param trend: the points of the trend, the oldest first.
    """

    def __init__(self, env, picture, trend):
        self.env = env
        self.company = env.company
        self.picture = picture
        self.words = PictureWords(env, picture)
        self.marks = get_marks(env)
        self.trend = trend
        absent = show_absent(self.words, picture)
        self.absent, self.absent_more = absent[:MOST_ABSENT], len(absent[MOST_ABSENT:])

    @property
    def dimensions(self):
        """Where all members are alike, a dimension says nothing."""
        under, over = self.company.governance_under, self.company.governance_over
        return [
            self.words.describe(name, rules.fold(segments, MOST_SEGMENTS, under, over))
            for name, segments in self.picture.dimensions.items()
            if len(segments) > 1
        ]

    @property
    def genders(self):
        found = self.picture.genders
        return [f"{label} {found[gender]}" for gender, label in get_genders(self.env).items() if gender in found]

    # ---- pictures ----

    def bar(self, share, dimension):
        """Return the width of the bar of a share, in % of the longest one of its dimension."""
        longest = max(max(s["members_share"], s["seats_share"]) for s in dimension["segments"])
        return round(100 * share / longest) if longest else 0

    @property
    def curve(self):
        """The points of the trend in a picture of 100 × 100, its top at the highest share; None for less than two."""
        if len(self.trend) < 2:
            return None
        highest = max(point["rate"] or 0 for point in self.trend) or 1
        step = 100 / (len(self.trend) - 1)
        return [(rank * step, 100 - 100 * (point["rate"] or 0) / highest) for rank, point in enumerate(self.trend)]

    # ---- as people read it ----

    def percent(self, value, digits=1):
        """Return a share as people read it: 12,5 %."""
        if value is None:
            return "–"
        return f"{self.number(100 * value, digits)}\N{NO-BREAK SPACE}%"

    def number(self, value, digits=2):
        if value is None:
            return "–"
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        return f"{value:.{digits}f}".replace(".", lang.decimal_point or ".")

    def day(self, day):
        return format_date(self.env, day)
