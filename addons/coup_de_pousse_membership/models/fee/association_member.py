"""What a member's file says for its fee, and what grids ask of its memberships."""

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..common.optional_number import OptionalMonetary
from ..register.association_membership import ADMITTED, LIVE


class AssociationMember(models.Model):
    _inherit = "association.member"

    tariff_id = fields.Many2one(
        "association.tariff",
        tracking=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Tariff that the member declares, where the grid has several. Empty: the ordinary one.",
    )
    chosen_amount = OptionalMonetary(
        tracking=True,
        help="Fee that the member chooses to pay, where the grid leaves the choice. Empty: the one "
        "that the grid suggests.",
    )

    # ---- what the memberships say, for whole recordsets ----

    def _latest_memberships(self):
        """Return {member: its latest membership that is neither refused nor cancelled}."""
        memberships = self.env["association.membership"].search(
            [
                ("member_id", "in", self.ids),
                *LIVE,
            ],
            order="date_from",
        )
        return {membership.member_id: membership for membership in memberships}

    def _with_live_membership(self, periods):
        """Return the members that already have a live membership over some days of their period.

        :param periods: (first day, last day) for each member, in the order of the recordset.
        """
        if not self:
            return self
        live = self._search_live_memberships(min(start for start, _end in periods), max(end for _start, end in periods))
        by_member = live.grouped("member_id")
        return self.browse(
            member.id
            for member, (start, end) in zip(self, periods, strict=True)
            if any(
                membership.date_from <= end and membership.last_day >= start for membership in by_member.get(member, ())
            )
        )

    def _get_current_ids(self, day):
        """Return the ids of those whose membership ran until the day before: what follows is a renewal."""
        eve = day - timedelta(days=1)
        domain = ADMITTED & Domain([("member_id", "in", self.ids), ("date_from", "<=", eve), ("last_day", ">=", eve)])
        [[member_ids]] = self.env["association.membership"]._read_group(domain, aggregates=["member_id:array_agg"])
        return set(member_ids or ())

    def _get_long_memberships(self):
        """Return {member id: (first day, last day) of each of its memberships of more than a year}."""
        memberships = self.env["association.membership"]
        query = memberships._search(ADMITTED & Domain("member_id", "in", self.ids))
        query.add_where(
            SQL(
                "%(end)s > %(start)s + INTERVAL '1 year'",
                start=SQL.identifier(query.table, "date_from"),
                end=SQL.identifier(query.table, "last_day"),
            )
        )
        columns = [
            memberships._field_to_sql(query.table, name, query) for name in ("member_id", "date_from", "last_day")
        ]
        long = defaultdict(tuple)
        for member_id, start, end in self.env.execute_query(query.select(*columns)):
            long[member_id] += ((start, end),)
        return long

    def _rejoining_dates(self):
        """Return {member id: day on which it joined last, after a gap or for the first time}."""
        memberships = self.env["association.membership"].search(
            [
                ("member_id", "in", self.ids),
                *ADMITTED,
            ],
            order="date_from",
        )
        joined = {}
        for member, chain in memberships.grouped("member_id").items():
            joined[member.id] = chain[0].date_from
            for earlier, later in pairwise(chain):
                if later.date_from > earlier.last_day + timedelta(days=1):
                    joined[member.id] = later.date_from
        return joined

    def _get_fees_under_each_grid(self):
        """Return one row per grid in force or past: what this member owes, or would have owed."""
        self.ensure_one()
        grids = self.env["association.fee.grid"].search(
            [("state", "!=", "draft"), ("company_id", "=", self.company_id.id)]
        )
        called = {grid: membership for membership in self.membership_ids for grid in membership.grid_id}
        rows = []
        for grid in grids:
            [quote] = grid._quote(self)
            rows.append(
                {
                    "grid_id": grid.id,
                    "amount": quote.total,
                    "called": called[grid].total if grid in called else 0.0,
                    "refused": bool(quote.problem),
                    "explanation": quote.sentence or quote.problem,
                }
            )
        return rows
