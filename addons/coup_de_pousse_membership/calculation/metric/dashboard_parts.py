"""What a dashboard is made of: its figures, its words, and the names of its filters."""

from dataclasses import dataclass, field

#: Ids of the filters, and what each filters by.
PERIOD, TERRITORY, CATEGORY = "period", "territory", "category"
#: The one sheet.
SHEET = "dashboard"


@dataclass(frozen=True)
class Figure:
    """One figure, or the chart that shows it by something.

    :param measure: ``__count``, or a field and how it is put together, ``amount:sum``.
    :param formula: of other figures; then there is no model.
    :param matching: {filter: (path of the field that it filters, its type)}.
    :param better: ``up``, ``down`` or ``none``: which change is for the better.
    :param card: whether it has a card at the top.
    :param chart: ``bar``, ``line``, ``running`` (a line that adds up), ``pie``, ``waterfall``, or empty.
    :param menu: the menu that a click on its card opens.
    """

    code: str
    label: str
    meaning: str = ""
    model: str = ""
    domain: list = field(default_factory=list)
    measure: str = "__count"
    formula: str = ""
    matching: dict = field(default_factory=dict)
    unit: str = "count"
    better: str = "up"
    card: bool = False
    chart: str = ""
    group_by: tuple = ()
    menu: str = ""
    action: str = ""

    def match(self, offset=0):
        """Return how the filters reach the figure's records, as a spreadsheet writes it.

        :param offset: -1 for the same days of the year before.
        """
        return {
            name: {"chain": chain, "type": kind, **({"offset": offset} if name == PERIOD else {})}
            for name, (chain, kind) in self.matching.items()
        }

    @property
    def opens(self):
        """Return the action in which the records open, where one is chosen."""
        return {"actionXmlId": self.action} if self.action else {}


@dataclass(frozen=True)
class Words:
    """What stands around the figures, in the reader's language; ``money``: how amounts are written."""

    title: str
    figure: str
    value: str
    before: str
    change: str
    meaning: str
    since: str
    period: str
    territory: str
    category: str
    money: str = "#,##0[$ €]"
