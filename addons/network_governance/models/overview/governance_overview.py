"""What the app opens on: what needs doing, and how the bodies stand."""

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...calculation.forecast import forecast
from ...calculation.representativeness import representativeness

MODULE = "network_governance"
#: Days ahead of the last day to convene from which a meeting is on the first screen.
CONVENE_DAYS = 14
DIRECTOR, SECRETARY = (f"{MODULE}.group_governance_{role}" for role in ("director", "secretary"))


class GovernanceOverview(models.AbstractModel):
    _name = "governance.overview"
    _inherit = "association.overview.mixin"
    _description = "What Needs Doing in Governance"
    _overview_module = MODULE

    @api.model
    @api.readonly
    def get_overview(self):
        """Return what the overview shows to the present user, for the current association.

        The number of queries does not depend on how many seats there are. A card that would say 0 is
        left out.

        :return: ``cards`` (what needs doing), ``bodies`` (seats and holders of each), ``rate`` (member
            structures seated) and ``steps`` (how to start, as long as nobody sits).
        :raise AccessError: if the user has no role in governance.
        """
        if not (self.env.user.has_group(DIRECTOR) or self.env.user.has_group(SECRETARY)):
            raise AccessError(
                self.env._(
                    "The overview of governance is for the governance secretary and the director: ask an "
                    "administrator for one of these roles."
                )
            )
        today = fields.Date.context_today(self)
        bodies = self.env["governance.body"].search(self._here())
        return {
            "company": self.env.company.name,
            "cards": [card for card in self._get_cards(today) if card["count"]],
            "bodies": self._get_bodies(bodies),
            "rate": self._get_rate(today),
            "steps": self._get_steps(bodies),
        }

    # ---- what needs doing ----

    def _get_cards(self, today):
        """Return the cards, the most urgent first."""
        return [
            self._card_late(today),
            self._card_under_way(),
            self._card_to_convene(today),
            self._card_minutes(),
            self._card_rhythms(),
            self._card_minimum(today),
            self._card_vacant(),
            self._card_kept(),
            self._card_ending(today),
            self._card_declarations(today),
            self._card_draws(),
            self._card_warnings(today),
        ]

    def _meeting_unit(self):
        return self.env._("meeting"), self.env._("meetings")

    def _mandate_unit(self):
        return self.env._("mandate"), self.env._("mandates")

    def _body_unit(self):
        return self.env._("body"), self.env._("bodies")

    def _declaration_unit(self):
        return self.env._("declaration"), self.env._("declarations")

    def _card_late(self, today):
        return self._count_card(
            "late",
            "governance.declaration",
            self._here(("state", "=", "todo"), ("deadline", "<", fields.Date.to_string(today))),
            self._declaration_unit(),
            icon="fa-exclamation-triangle",
            tone="danger",
            title=self.env._("Late declarations"),
            sentence=self.env._("of officers, more than three months after the change"),
        )

    def _card_under_way(self):
        return self._count_card(
            "under_way",
            "governance.meeting",
            self._here(("state", "=", "open")),
            self._meeting_unit(),
            icon="fa-play-circle",
            tone="warning",
            title=self.env._("Meetings under way"),
            sentence=self.env._("opened, and not closed yet"),
        )

    def _card_to_convene(self, today):
        soon = fields.Date.to_string(today + relativedelta(days=CONVENE_DAYS))
        return self._count_card(
            "to_convene",
            "governance.meeting",
            self._here(("state", "=", "draft"), ("notice_on", "<=", soon)),
            self._meeting_unit(),
            icon="fa-envelope-o",
            title=self.env._("Meetings to convene"),
            sentence=self.env._("whose notice begins within %(days)s days", days=CONVENE_DAYS),
        )

    def _card_minutes(self):
        return self._count_card(
            "minutes",
            "governance.meeting",
            self._here(("state", "=", "closed"), ("minutes_ids", "=", False)),
            self._meeting_unit(),
            icon="fa-pencil-square-o",
            title=self.env._("Minutes to write"),
            sentence=self.env._("held, and without minutes"),
        )

    def _card_rhythms(self):
        late = self.env["governance.body"].search(self._here(("is_rhythm_late", "=", True)))
        return self._prepare_card(
            "rhythms",
            "action_governance_body",
            [("id", "in", late.ids)],
            len(late),
            self._body_unit(),
            icon="fa-clock-o",
            tone="warning",
            title=self.env._("Rhythms not kept"),
            sentence=self.env._("that should have met by now"),
        )

    def _card_declarations(self, today):
        domain = self._here(
            ("state", "!=", "done"),
            "|",
            ("state", "=", "declared"),
            ("deadline", ">=", fields.Date.to_string(today)),
        )
        return self._count_card(
            "declarations",
            "governance.declaration",
            domain,
            self._declaration_unit(),
            icon="fa-bullhorn",
            title=self.env._("Changes to declare"),
            sentence=self.env._("to be made, or whose receipt is to be attached"),
        )

    def _card_minimum(self, today):
        events = self.env["governance.forecast"]._foresee(self.env.company, today, today)
        ids = sorted({event.body for event in events if event.kind == forecast.MINIMUM})
        return self._prepare_card(
            "minimum",
            "action_governance_body",
            [("id", "in", ids)],
            len(ids),
            self._body_unit(),
            icon="fa-users",
            tone="danger",
            title=self.env._("Under their minimum"),
            sentence=self.env._("with fewer holders than their composition demands"),
        )

    def _card_vacant(self):
        return self._metric_card(
            "seats_vacant",
            (self.env._("seat"), self.env._("seats")),
            name="vacant",
            icon="fa-user-o",
            title=self.env._("Vacant seats"),
            sentence=self.env._("without a titular holder today"),
        )

    def _card_kept(self):
        return self._metric_card(
            "terms_past",
            self._mandate_unit(),
            name="kept",
            icon="fa-hourglass-end",
            tone="warning",
            title=self.env._("Past their term"),
            sentence=self.env._("whose holders stay until replaced"),
        )

    def _card_ending(self, today):
        months = self.env.company.governance_reminder_months
        domain = self._here(
            ("role", "=", "titular"),
            ("ended_on", "=", False),
            ("term_date", ">=", fields.Date.to_string(today)),
            ("term_date", "<=", fields.Date.to_string(today + relativedelta(months=months))),
        )
        return self._count_card(
            "ending",
            "governance.mandate",
            domain,
            self._mandate_unit(),
            icon="fa-calendar-times-o",
            title=self.env._("Terms ending"),
            sentence=self.env._("that reach their term within %(months)s months", months=months),
        )

    def _card_draws(self):
        domain = self._here(
            ("renewal", "=", "thirds"),
            ("mandate_ids", "!=", False),
            ("draw_ids", "not any", [("state", "=", "recorded")]),
        )
        return self._count_card(
            "draws",
            "governance.body",
            domain,
            self._body_unit(),
            icon="fa-random",
            title=self.env._("Lots to draw"),
            sentence=self.env._("renewed by thirds, whose first thirds are not drawn"),
        )

    def _card_warnings(self, today):
        mandates = self.env["governance.mandate"].search(
            self._here(("role", "=", "titular"), *self.env["governance.mandate"]._on_day_domain(today))
        )
        ids = sorted(mandate.id for mandate in mandates._get_objections())
        return self._prepare_card(
            "warnings",
            "action_governance_mandate_review",
            [("id", "in", ids)],
            len(ids),
            self._mandate_unit(),
            icon="fa-balance-scale",
            tone="warning",
            title=self.env._("Mandates to look at"),
            sentence=self.env._("too many, incompatible, or against the conditions of the seat"),
        )

    # ---- how the bodies stand ----

    def _get_bodies(self, bodies):
        """Return the seats of each body: those that lack most holders first, then in the usual order."""
        kinds = dict(bodies._fields["kind"]._description_selection(self.env))
        return [
            {
                "id": body.id,
                "name": body.name,
                "kind": kinds[body.kind],
                "seats": body.seat_count,
                "held": body.held_count,
            }
            for body in bodies.sorted(lambda body: body.held_count - body.seat_count)
            if body.seat_count
        ]

    def _get_rate(self, today):
        """Return how many member structures there are, and how many of them sit on a decision body."""
        model = self.env["governance.representativeness"]
        bodies = model._get_bodies(today, "decision", False)
        held = representativeness.held_on(model._get_mandates(bodies, today), today)
        members, seated = self.env["association.member"]._count_members_on(
            self.env.company,
            today,
            model._counts_structures_only(),
            {mandate.structure for mandate in held if mandate.structure},
        )
        return {"members": members, "seated": seated, "rate": representativeness.rate(seated, members)}

    # ---- how to start ----

    def _get_steps(self, bodies):
        """Return the three steps to a first board, as long as nobody holds a mandate."""
        if self.env["governance.mandate"].search_count(self._here(), limit=1):
            return []
        return [
            self._prepare_step(
                self.env._("Describe your bodies"),
                self.env._("Assembly, board, bureau, committees: level, functions, seats by college, term."),
                bool(bodies),
                SECRETARY,
                self.env._("Open the bodies"),
                "action_governance_body",
            ),
            self._prepare_step(
                self.env._("Seat the holders"),
                self.env._("On a body: “Create the seats”, then “Seat holders”: who sits, for which structure."),
                False,
                SECRETARY,
                self.env._("Open the bodies"),
                "action_governance_body",
            ),
            self._prepare_step(
                self.env._("Read the representativeness"),
                self.env._("Which share of your members sits, and who is missing."),
                False,
                SECRETARY,
                self.env._("Open"),
                "action_representativeness",
            ),
        ]
