"""The fees of all members under several grids, and what the screen says of them."""

from collections import defaultdict
from functools import cached_property
from itertools import pairwise

from dateutil.relativedelta import relativedelta
from odoo import fields
from odoo.fields import Domain
from odoo.tools import format_amount, formatLang

from ...calculation.common.amounts import decimal
from ...calculation.simulator.simulation import CHANGE_BOUNDS, Levers, compare, sum_by_group
from ..common.shown_numbers import show_percent
from ..fee.quote_writer import QuoteWriter
from ..fee.quoting import Quoting
from ..register.association_membership import ADMITTED

#: By what the revenue is divided.
GROUPS = ("category_id", "size", "territory_id")
#: A member that was one within these months is counted: in January, most of the calls are not made yet.
MONTHS = 12


class Simulator:
    """Quotes the members under the grid in force and the drafts of a simulation, and compares them.

    :param simulation: an ``association.fee.simulation``, saved or still being typed.
    """

    def __init__(self, simulation):
        self.simulation, self.env = simulation, simulation.env
        self.reference = simulation.reference_grid_id._origin
        self.drafts = (simulation.grid_ids._origin - self.reference).sorted("id")
        self.grids = self.reference + self.drafts
        self.currency = self.reference.currency_id

    # ---- what is worked out ----

    @cached_property
    def members(self):
        """The members of the last twelve months, without those who left or have said that they will."""
        since = fields.Date.context_today(self.simulation) - relativedelta(months=MONTHS)
        domain = (
            Domain("company_id", "=", self.reference.company_id.id)
            & Domain("left_on", "=", False)
            & Domain("state", "!=", "refused")
            & Domain("membership_ids", "any", ADMITTED & Domain("last_day", ">=", since))
        )
        return self.env["association.member"].search_fetch(domain, ["partner_id", *GROUPS], order="id")

    @cached_property
    def answers(self):
        """{grid: [(member id, period, case, answer)]}, the drafts as they are written, without the levers."""
        last_known = self.simulation.last_known_figures or None
        return {grid: Quoting(grid, self.members, grid.date_from, last_known).answers() for grid in self.grids}

    @cached_property
    def outcomes(self):
        """{grid: what it would do}, the levers applied to the drafts alone."""
        fees = {
            grid: {member_id: answer.amount for member_id, _span, _case, answer in answers}
            for grid, answers in self.answers.items()
        }
        before = fees[self.reference]
        figures = self._read_discount_figures() if self.levers.discount_below is not None else {}
        return {
            grid: compare(before, fees[grid], figures, Levers() if grid == self.reference else self.levers)
            for grid in self.grids
        }

    @cached_property
    def levers(self):
        """What is tried on top of the drafts."""
        simulation = self.simulation
        rise = decimal(simulation.most_rise)
        return Levers(
            discount=decimal(simulation.discount) / 100,
            discount_below=decimal(simulation.discount_below) if simulation.discount else None,
            cap=decimal(simulation.cap),
            most_rise=None if rise is None else rise / 100,
        )

    def _read_discount_figures(self):
        """Return {member id: the last known figure that decides the discount}."""
        year = max(self.grids.mapped("figures_year"))
        rows = self.env["association.annual.figures"]._read_known(
            self.members.partner_id.ids, [self.basis], year, earlier=True
        )
        known = {partner_id: figures[self.basis] for partner_id, _year, figures in rows if figures}
        return {member.id: known[member.partner_id.id] for member in self.members if member.partner_id.id in known}

    @property
    def basis(self):
        """The figure that decides the discount."""
        return self.simulation.discount_basis or "budget"

    @cached_property
    def group_names(self):
        """{field of :data:`GROUPS`: {member id: name of its group}}."""
        return {group_by: self._name_groups(group_by) for group_by in GROUPS}

    def _name_groups(self, group_by):
        field = self.members._fields[group_by]
        unknown = self.env._("Not known")
        if field.type == "selection":
            labels = dict(field._description_selection(self.env))
            return {member.id: labels.get(member[group_by], unknown) for member in self.members}
        return {member.id: member[group_by].display_name or unknown for member in self.members}

    def list_groups(self, group_by):
        """Return [(name, number of members, [sum under each grid])], the groups that bring in most first."""
        names = self.group_names[group_by]
        sums = [sum_by_group(outcome.fees, names) for outcome in self.outcomes.values()]
        rows = [(name, count, [by_group[name][1] for by_group in sums]) for name, (count, _sum) in sums[0].items()]
        return sorted(rows, key=lambda row: (-row[2][0], row[0]))

    def class_names(self):
        """Return what the classes of changes are called, in their order."""
        low, *_others, high = CHANGE_BOUNDS
        pairs = list(pairwise(CHANGE_BOUNDS))
        between = [
            self.env._("%(lower)s to %(upper)s %%", lower=self._sign(lower), upper=self._sign(upper))
            for lower, upper in pairs
        ]
        middle = CHANGE_BOUNDS.index(0)
        return [
            self.env._("Below %s %%", self._sign(low)),
            *between[:middle],
            self.env._("Unchanged"),
            *between[middle:],
            self.env._("%s %% and more", self._sign(high)),
        ]

    def _sign(self, number):
        return f"{'+' if number > 0 else ''}{formatLang(self.env, number, digits=0)}"

    # ---- what the screen shows ----

    def describe(self):
        """Return all that the screen shows, its amounts already written as they are read."""
        return {
            "members": len(self.members),
            "classes": self.class_names(),
            "grids": [self._describe_grid(grid) for grid in self.grids],
            "groups": [
                {
                    "label": self.members._fields[group_by]._description_string(self.env),
                    "rows": [
                        {"name": name, "count": count, "sums": [self.money(total) for total in totals]}
                        for name, count, totals in self.list_groups(group_by)
                    ],
                }
                for group_by in GROUPS
            ],
        }

    def _describe_grid(self, grid):
        outcome, before = self.outcomes[grid], self.outcomes[self.reference]
        gained = outcome.revenue - before.revenue
        return {
            "id": grid.id,
            "name": grid.display_name,
            "reference": grid == self.reference,
            "revenue": float(outcome.revenue),
            "revenue_text": self.money(outcome.revenue),
            "gained": float(gained),
            "gained_text": self.change(gained, before.revenue),
            "average": self.money(outcome.revenue / outcome.known) if outcome.known else "–",
            "known": outcome.known,
            "problems": self._count_problems(grid),
            "holes": (grid.review or {}).get("holes", []),
            "more": {"count": outcome.more[0], "sum": self.signed(outcome.more[1])},
            "less": {"count": outcome.less[0], "sum": self.signed(outcome.less[1])},
            "same": outcome.same,
            "classes": outcome.classes,
            "largest": [self._describe_change(change) for change in outcome.largest],
        }

    def _describe_change(self, change):
        return {
            "id": change.key,
            "name": self.env["association.member"].browse(change.key).display_name,
            "before": self.money(change.before),
            "after": self.money(change.after),
            "change": self.change(change.difference, change.before),
            "rise": change.difference > 0,
        }

    def _count_problems(self, grid):
        """Return why fees could not be worked out, and for whom: [{why, the members' ids}], the most frequent first."""
        members = defaultdict(list)
        for member_id, sentence in self.problems(grid).items():
            if sentence:
                members[sentence].append(member_id)
        return [{"why": why, "ids": ids} for why, ids in sorted(members.items(), key=lambda item: -len(item[1]))]

    def problems(self, grid):
        """Return {member id: why its fee under a grid could not be worked out, or None}."""
        writer = QuoteWriter(grid)
        return {
            member_id: writer.problem(answer, case) if answer.problem else None
            for member_id, _span, case, answer in self.answers[grid]
        }

    def money(self, amount):
        """Return an amount as people read it."""
        return format_amount(self.env, float(amount), self.currency)

    def signed(self, amount):
        """Return a difference as people read it, with its sign."""
        return f"{'+' if amount > 0 else ''}{self.money(amount)}"

    def change(self, difference, before):
        """Return a difference with its share of what it was: “+1,200 € (+3.4 %)”."""
        if not before or not difference:
            return self.signed(difference)
        sign = "+" if difference > 0 else ""
        return f"{self.signed(difference)} ({sign}{show_percent(self.env, float(difference / before), digits=1)})"
