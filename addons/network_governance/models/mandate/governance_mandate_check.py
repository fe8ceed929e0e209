"""What the statutes may object to in the mandates that run: too many, incompatible, conditions not met."""

from collections import Counter, defaultdict

from odoo import api, fields, models

from ...calculation.mandate.mandate_checks import Facts, objections


class GovernanceMandate(models.Model):
    _inherit = "governance.mandate"

    warning = fields.Text(
        compute="_compute_warning", help="What the statutes may object to in this mandate, as of today."
    )

    def _compute_warning(self):
        sentences = self._get_objection_sentences()
        found = self._get_objections()
        for mandate in self:
            mandate.warning = "\n".join(sentences[code] for code in found.get(mandate, ())) or False

    def _get_objection_sentences(self):
        return {
            "not_member": self.env._("The seat is reserved, and the structure is no member of the network."),
            "college": self.env._("The structure votes in another college than the one of the seat."),
            "territory": self.env._("The structure lies outside the territory to which the seat is reserved."),
            "category": self.env._("The structure is not of a category to which the seat is reserved."),
            "not_up_to_date": self.env._("The structure is not up to date with its fee, as the seat demands."),
            "structure_twice": self.env._("The structure holds several seats of this body."),
            "over_maximum": self.env._("The college has more holders than the composition of the body allows."),
            "too_many": self.env._("The person holds more seats than the settings allow."),
            "incompatible": self.env._("The person sits on a body that is incompatible with this one."),
            "president_treasurer": self.env._("The same person is president and treasurer."),
        }

    def _get_objections(self):
        """Return {mandate: codes of what may be objected} of the titular mandates that run.

        A fixed number of queries, however many mandates.
        """
        own = self.filtered(lambda mandate: mandate.is_current and mandate.role == "titular")
        if not own:
            return {}
        running = self.sudo().search(
            [
                ("company_id", "in", own.company_id.ids),
                ("role", "=", "titular"),
                *self._on_day_domain(fields.Date.context_today(self)),
            ]
        )
        bodies_of = defaultdict(lambda: self.env["governance.body"])
        for mandate in running:
            bodies_of[mandate.partner_id] |= mandate.body_id
        seats = Counter(mandate.partner_id.id for mandate in running)
        twice = Counter((m.body_id.id, m.organisation_id.id) for m in running if m.organisation_id)
        over = self._get_colleges_over_maximum(running)
        structures = own._get_structure_facts()
        found = {}
        for mandate in own:
            body = mandate.body_id
            incompatible = (body.incompatible_ids | body.incompatible_back_ids) & bodies_of[mandate.partner_id]
            facts = Facts(
                conditions=mandate._get_conditions(),
                structure=structures.get((mandate.company_id.id, mandate.organisation_id.id)),
                seats=seats[mandate.partner_id.id],
                most=mandate.company_id.governance_most_seats,
                seats_of_structure=twice[mandate.body_id.id, mandate.organisation_id.id],
                over_maximum=(mandate.body_id.id, mandate.seat_id.college_id.id) in over,
                incompatible=tuple(incompatible.mapped("name")),
                offices=tuple(mandate._get_current_offices()),
            )
            if codes := objections(facts):
                found[mandate] = codes
        return found

    @api.model
    def _get_colleges_over_maximum(self, running):
        """Return the (body id, college id) that have more holders than their composition allows."""
        held = Counter((mandate.body_id.id, mandate.seat_id.college_id.id) for mandate in running)
        lines = running.body_id.composition_ids.filtered("maximum")
        return {
            (line.body_id.id, line.college_id.id)
            for line in lines
            if held[line.body_id.id, line.college_id.id] > line.maximum
        }

    def _get_conditions(self):
        self.ensure_one()
        seat = self.seat_id
        return {
            "college": seat.college_id.id,
            "territory": seat.territory_id.id,
            "categories": tuple(seat.category_ids.ids),
            "up_to_date": seat.up_to_date,
        }

    def _get_current_offices(self):
        today = fields.Date.context_today(self)
        return [
            office.office
            for office in self.office_ids
            if office.date_from <= today and (not office.last_day or office.last_day >= today)
        ]

    def _get_structure_facts(self):
        """Return {(company id, structure id): what the checks need to know of it} of those that are members."""
        members = (
            self.env["association.member"]
            .sudo()
            .search([("partner_id", "in", self.organisation_id.ids), ("company_id", "in", self.company_id.ids)])
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
            if member.state in ("member", "unpaid")
        }
