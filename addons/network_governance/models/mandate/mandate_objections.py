"""What is read of the mandates that run, for what the statutes may object to in each of them.

The rules themselves are plain Python, in ``calculation/mandate/mandate_checks.py``.
"""

from collections import Counter, defaultdict

from odoo import fields
from odoo.addons.coup_de_pousse_membership.calculation.register.membership_state import MEMBERS

from ...calculation.mandate.mandate_checks import MandateFacts, objections


class MandateObjections:
    """Reads what the checks need to know of many mandates at once: a fixed number of queries.

    :param mandates: the mandates that are checked; those that are no titular ones, or do not run today, are
        left out.
    """

    def __init__(self, mandates):
        self.today = fields.Date.context_today(mandates)
        self.own = mandates.filtered(lambda mandate: mandate.is_current and mandate.role == "titular")
        self.running = self._search_running()
        self.bodies_of = defaultdict(lambda: self.own.env["governance.body"])
        for mandate in self.running:
            self.bodies_of[mandate.partner_id] |= mandate.body_id
        self.seats = Counter(mandate.partner_id.id for mandate in self.running)
        self.twice = Counter((m.body_id.id, m.organisation_id.id) for m in self.running if m.organisation_id)
        self.over = self._find_colleges_over_maximum()
        self.structures = self._read_structures() if self.own else {}
        self.departures = self._read_departures() if self.own else {}

    def find(self):
        """Return {mandate: codes of what may be objected}."""
        found = {mandate: objections(self._read_facts(mandate)) for mandate in self.own}
        return {mandate: codes for mandate, codes in found.items() if codes}

    def _search_running(self):
        """Return all titular mandates of the same associations, whoever may read them."""
        companies = self.own.company_id
        return self.own.sudo().search([("company_id", "in", companies.ids), *self.own._titular_domain(self.today)])

    def _read_facts(self, mandate):
        body = mandate.body_id
        incompatible = (body.incompatible_ids | body.incompatible_back_ids) & self.bodies_of[mandate.partner_id]
        return MandateFacts(
            conditions=_read_conditions(mandate.seat_id),
            structure=self.structures.get((mandate.company_id.id, mandate.organisation_id.id)),
            seats=self.seats[mandate.partner_id.id],
            most=mandate.company_id.governance_most_seats,
            seats_of_structure=self.twice[body.id, mandate.organisation_id.id],
            over_maximum=(body.id, mandate.seat_id.college_id.id) in self.over,
            incompatible=tuple(incompatible.mapped("name")),
            offices=tuple(mandate.office_ids._filtered_on_day(self.today).mapped("office")),
            person_archived=not mandate.partner_id.active,
            structure_archived=bool(mandate.organisation_id) and not mandate.organisation_id.active,
            person_left=self.departures.get((mandate.company_id.id, mandate.partner_id.id)),
            structure_left=self.departures.get((mandate.company_id.id, mandate.organisation_id.id)),
        )

    def _find_colleges_over_maximum(self):
        """Return the (body id, college id) that have more holders than their composition allows."""
        held = Counter((mandate.body_id.id, mandate.seat_id.college_id.id) for mandate in self.running)
        return {
            (line.body_id.id, line.college_id.id)
            for line in self.running.body_id.composition_ids.filtered("maximum")
            if held[line.body_id.id, line.college_id.id] > line.maximum
        }

    def _read_structures(self):
        """Return {(company id, structure id): what the checks need to know of it} of those that are members."""
        members = (
            self.own.env["association.member"]
            .sudo()
            .search([("partner_id", "in", self.own.organisation_id.ids), ("company_id", "in", self.own.company_id.ids)])
        )
        above = members.territory_id._with_all_above()
        return {
            (member.company_id.id, member.partner_id.id): {
                "college": member.college_id.id,
                "category": member.category_id.id,
                "territories": above.get(member.territory_id, frozenset()),
                "up_to_date": member.state == "member",
            }
            for member in members
            if member.state in MEMBERS
        }

    def _read_departures(self):
        """Return {(company id, contact id): why it has left} of the contacts that are no members any more."""
        departures = (
            self.own.env["association.member.departure"]
            .sudo()
            .search(
                [
                    ("member_id.partner_id", "in", (self.own.partner_id | self.own.organisation_id).ids),
                    ("member_id.company_id", "in", self.own.company_id.ids),
                    ("left_on", "<", self.today),
                    "|",
                    ("returned_on", "=", False),
                    ("returned_on", ">", self.today),
                ]
            )
        )
        return {
            (departure.member_id.company_id.id, departure.member_id.partner_id.id): departure.reason
            for departure in departures
        }


def _read_conditions(seat):
    return {
        "college": seat.college_id.id,
        "territory": seat.territory_id.id,
        "categories": tuple(seat.category_ids.ids),
        "up_to_date": seat.up_to_date,
    }


def name_objections(mandate):
    """Return {code: sentence} of all that may be objected to a mandate."""
    env, person, structure = mandate.env, mandate.partner_id.name, mandate.organisation_id.name
    return {
        "person_deceased": env._("%s has died: end the mandate, and have the seat filled.", person),
        "person_archived": env._("%s is archived among the contacts: end the mandate, or restore the contact.", person),
        "structure_dissolved": env._("%s is dissolved: nobody can speak for it any more.", structure),
        "structure_left": env._("%s has left the network.", structure),
        "structure_archived": env._(
            "%s is archived among the contacts: end the mandate, or restore the contact.", structure
        ),
        "not_member": env._("The seat is reserved, and the structure is no member of the network."),
        "college": env._("The structure votes in another college than the one of the seat."),
        "territory": env._("The structure lies outside the territory to which the seat is reserved."),
        "category": env._("The structure is not of a category to which the seat is reserved."),
        "not_up_to_date": env._("The structure is not up to date with its fee, as the seat demands."),
        "structure_twice": env._("The structure holds several seats of this body."),
        "over_maximum": env._("The college has more holders than the composition of the body allows."),
        "too_many": env._("The person holds more seats than the settings allow."),
        "incompatible": env._("The person sits on a body that is incompatible with this one."),
        "president_treasurer": env._("The same person is president and treasurer."),
    }
