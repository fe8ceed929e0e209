"""The register as it stood at a past day. The rules are in ``calculation/register/register.py``."""

from collections import namedtuple

from odoo import models
from odoo.tools import remove_accents

from ...calculation.register.register import member_at

#: What the register says of a member at a day.
Entry = namedtuple("Entry", "state membership category college since left_on reason")


class AssociationMember(models.Model):
    _inherit = "association.member"

    def _get_sorting_name(self):
        """Return the name as a directory sorts it: “Épicerie” among the E."""
        return remove_accents(self.partner_id.complete_name or "").lower()

    def _states_at(self, day):
        """Return {member: its state at a day}, from the facts as they stood that day.

        A fixed number of queries, however many members.
        """
        return {member: entry.state for member, entry in self._register_at(day).items()}

    def _register_at(self, day):
        """Return {member: :class:`Entry`} at a day: state, category and college that day."""
        members = self.sudo()
        memberships = self.env["association.membership"].sudo().search_fetch([("member_id", "in", self.ids)])
        calls = memberships._get_calls_at(day)
        by_member = memberships.grouped("member_id")
        entries = {}
        for member in members:
            own = by_member.get(member, memberships.browse())
            entries[member.with_env(self.env)] = member._get_entry_at(day, own, calls)
        return entries

    def _get_entry_at(self, day, memberships, calls):
        facts = [membership._get_facts_at(calls.get(membership.id, ())) for membership in memberships]
        departures = [(departure.left_on, departure.returned_on or None) for departure in self.departure_ids]
        state, index = member_at(facts, departures, day)
        membership = memberships[index] if index is not None else memberships.browse()
        category = membership.category_id or self.category_id
        # The member's own college, unless it has changed category since.
        college = self.college_id if category == self.category_id else category.college_id
        left = self.departure_ids.filtered(lambda departure: departure.left_on < day)[:1]
        left = left if state == "left" else left.browse()
        since = self.since if self.since and self.since <= day else False
        return Entry(
            state,
            membership.with_env(self.env),
            category.with_env(self.env),
            college.with_env(self.env),
            since,
            left.left_on,
            left.reason,
        )
