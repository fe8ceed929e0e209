"""What the app opens on: what needs doing, for one adviser or for all."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .funding_cards import get_funding_cards

MODULE = "accompaniment"
ADVISER, COORDINATOR = (f"{MODULE}.group_accompaniment_{role}" for role in ("adviser", "coordinator"))
DIRECTOR = "coup_de_pousse_membership.group_membership_director"
OPEN = ("prepared", "running")
#: Days during which the workshops to come are shown.
COMING_DAYS = 14
#: Days left from which a mission is nearly used up.
NEARLY = 1.0
#: Months after its end from which an effect that nobody looked at is shown: the first review's.
UNSEEN_MONTHS = 6
#: Months after its end during which a mission's margin and its case sheet are still looked at.
RECENT_MONTHS = 12


class AccompanimentOverview(models.AbstractModel):
    _name = "accompaniment.overview"
    _inherit = "association.overview.mixin"
    _description = "What Needs Doing in Accompaniment"
    _overview_module = MODULE

    @api.model
    @api.readonly
    def get_overview(self, mine=None):
        """Return what the overview shows to the present user, for the current association.

        The number of queries does not depend on how many missions there are. A card that would say 0 is
        left out, and so is one that is not for the user.

        :param mine: only the missions that the user leads, and the requests that they or nobody follow;
            where not given, so for an adviser, and not for the coordinator and the director.
        :return: ``cards`` (what needs doing), ``panels`` (how the missions stand), ``steps`` (how to
            start, as long as there is no mission), ``mine``, and ``chooses`` (whether the user may be an
            adviser, and so has missions of their own).
        :raise AccessError: if the user has no role in accompaniment.
        """
        adviser, coordinator, director = map(self.env.user.has_group, (ADVISER, COORDINATOR, DIRECTOR))
        self._check_role(adviser or director)
        mine = bool(adviser and (not (coordinator or director) if mine is None else mine))
        overview = self.with_context(accompaniment_mine=mine)
        today = fields.Date.context_today(self)
        cards = overview._get_cards(today)
        if coordinator or director:
            cards += overview._get_money_cards(today)
        return {
            "company": self.env.company.name,
            "currency_id": self.env.company.currency_id.id,
            "mine": mine,
            "chooses": adviser,
            "cards": [card for card in cards if card["count"]],
            "panels": overview._get_panels(today),
            "steps": [] if self._has_missions() else self._get_steps(),
        }

    def _check_role(self, has_role):
        if not has_role:
            raise AccessError(
                self.env._(
                    "The overview of accompaniment is for the advisers, the coordinator and the director: ask "
                    "an administrator for one of these roles."
                )
            )

    # ---- whose ----

    def _own(self, prefix=""):
        """Return the terms that keep what the user leads, or none where all are shown."""
        if not self.env.context.get("accompaniment_mine"):
            return []
        return ["|", (f"{prefix}referent_id", "=", self.env.uid), (f"{prefix}adviser_ids", "in", [self.env.uid])]

    def _missions(self, *terms):
        return self._here(*terms, *self._own())

    def _parts(self, *terms):
        """Return a domain on what belongs to missions."""
        return self._here(*terms, *self._own("mission_id."))

    # ---- what needs doing ----

    def _get_cards(self, today):
        """Return the cards, the most urgent first."""
        return [
            *self._get_request_cards(fields.Date.to_string(today)),
            self._card_actions(fields.Date.to_string(today)),
            *self._get_workshop_cards(),
            *self._get_mission_cards(fields.Date.to_string(today)),
            self._card_reviews(),
            self._card_effects(today),
            *get_funding_cards(self, today),
            *self._get_closed_cards(today),
        ]

    def _open_requests(self):
        """Return the domain of the requests that are neither oriented nor turned into a mission."""
        domain = [
            ("request_kind", "=", "accompaniment"),
            ("company_id", "in", [self.env.company.id, False]),
            ("mission_ids", "=", False),
            ("stage_id.is_won", "=", False),
        ]
        if self.env.context.get("accompaniment_mine"):
            domain.append(("user_id", "in", [self.env.uid, False]))
        return domain

    def _get_request_cards(self, today):
        domain = self._open_requests()
        waiting = [*domain, ("answered_on", "=", False)]
        return [
            self._card_requests(
                "answers_late",
                [*waiting, ("answer_due_on", "<", today)],
                icon="fa-exclamation-triangle",
                tone="danger",
                title=self.env._("Answers overdue"),
                sentence=self.env._("past the day on which a first answer was due"),
            ),
            self._card_requests(
                "requests",
                [*waiting, "|", ("answer_due_on", ">=", today), ("answer_due_on", "=", False)],
                icon="fa-inbox",
                title=self.env._("Requests to triage"),
                sentence=self.env._("waiting for their first answer"),
            ),
            self._card_requests(
                "requests_open",
                [*domain, ("answered_on", "!=", False)],
                icon="fa-random",
                title=self.env._("Requests to decide"),
                sentence=self.env._("studied, neither oriented nor turned into a mission"),
            ),
        ]

    def _card_requests(self, name, domain, **values):
        unit = (self.env._("request"), self.env._("requests"))
        return self._count_card(name, "crm.lead", domain, unit, action="action_accompaniment_request", **values)

    def _card_actions(self, today):
        return self._count_card(
            "actions",
            "association.commitment",
            self._parts(("mission_id", "!=", False), ("ladder", "!=", "done"), ("deadline", "<", today)),
            (self.env._("action"), self.env._("actions")),
            action="action_accompaniment_commitment",
            icon="fa-flag",
            tone="danger",
            title=self.env._("Actions overdue"),
            sentence=self.env._("of the action plans, past their deadline"),
        )

    def _get_workshop_cards(self):
        now = fields.Datetime.now()
        moment, horizon = map(fields.Datetime.to_string, (now, now + timedelta(days=COMING_DAYS)))
        past = [("start", "<", moment), ("mission_id.state", "in", OPEN), ("state", "!=", "cancelled")]
        return [
            self._card_workshops(
                "attendance",
                [*past, "|", ("state", "=", "planned"), ("present_count", "=", 0)],
                icon="fa-check-square-o",
                tone="warning",
                title=self.env._("Workshops to record"),
                sentence=self.env._("held, whose attendance is not entered"),
            ),
            self._card_workshops(
                "workshops",
                [("state", "=", "planned"), ("start", ">=", moment), ("start", "<=", horizon)],
                icon="fa-calendar",
                title=self.env._("Workshops to come"),
                sentence=self.env._("in the next %(days)s days", days=COMING_DAYS),
            ),
        ]

    def _card_workshops(self, name, terms, **values):
        unit = (self.env._("workshop"), self.env._("workshops"))
        return self._count_card(name, "accompaniment.workshop", self._parts(*terms), unit, **values)

    def _card_missions(self, name, terms, **values):
        unit = (self.env._("mission"), self.env._("missions"))
        return self._count_card(name, "accompaniment.mission", self._missions(*terms), unit, **values)

    def _get_mission_cards(self, today):
        """Return the cards of the missions that are not closed."""
        return [
            *self._get_day_cards(),
            *self._get_date_cards(today),
            *self._get_people_cards(),
            *self._get_gap_cards(today),
        ]

    def _get_people_cards(self):
        """Return the cards of the missions that have lost somebody: who leads them, or whom they help."""
        gone = self.env["res.partner"]._get_gone_domain()
        helped = Domain("partner_id", "any", gone) | Domain("participant_ids.partner_id", "any", gone)
        return [
            self._card_missions(
                "leaderless",
                [("state", "in", OPEN), ("referent_id.active", "=", False)],
                icon="fa-user-times",
                tone="danger",
                title=self.env._("Missions without a referent"),
                sentence=self.env._("whose referent's account is archived: give them to somebody else"),
            ),
            self._card_missions(
                "gone",
                [("state", "in", OPEN), *helped],
                icon="fa-chain-broken",
                tone="warning",
                title=self.env._("Participants that are gone"),
                sentence=self.env._("with an organisation that is archived or dissolved"),
            ),
        ]

    def _get_day_cards(self):
        """Return the cards of the missions whose days run out."""
        few_left = [("days_planned", ">", NEARLY), ("days_left", ">=", 0), ("days_left", "<=", NEARLY)]
        return [
            self._card_missions(
                "overrun",
                [("state", "in", OPEN), ("days_left", "<", 0)],
                icon="fa-tachometer",
                tone="danger",
                title=self.env._("Days exceeded"),
                sentence=self.env._("with more days used than planned"),
            ),
            self._card_missions(
                "nearly",
                [("state", "=", "running"), *few_left],
                icon="fa-battery-quarter",
                tone="warning",
                title=self.env._("Days nearly used up"),
                sentence=self.env._("with no more than one day left"),
            ),
        ]

    def _get_date_cards(self, today):
        """Return the cards of the missions whose first or last day has passed."""
        return [
            self._card_missions(
                "to_start",
                [("state", "=", "prepared"), ("date_from", "<", today)],
                icon="fa-play",
                title=self.env._("Missions to start"),
                sentence=self.env._("in preparation, past their first day"),
            ),
            self._card_missions(
                "to_close",
                [("state", "=", "running"), ("date_to", "<", today)],
                icon="fa-hourglass-end",
                title=self.env._("Missions to close"),
                sentence=self.env._("under way, past their last day"),
            ),
        ]

    def _get_gap_cards(self, today):
        """Return the cards of the missions in which something is to be entered."""
        silent_phase = [("date_to", "<", today), ("days_planned", ">", 0), ("days_used", "=", 0)]
        return [
            self._card_missions(
                "phases",
                [("state", "=", "running"), ("phase_ids", "any", silent_phase)],
                icon="fa-clock-o",
                title=self.env._("Late phases"),
                sentence=self.env._("with a phase that is over, without any day entered"),
            ),
            self._card_missions(
                "no_phase",
                [("state", "in", OPEN), ("phase_ids", "=", False)],
                icon="fa-list-ol",
                title=self.env._("Without phases"),
                sentence=self.env._("whose days are not planned"),
            ),
            self._card_missions(
                "surveys",
                [("state", "in", OPEN), ("diagnostic_ids", "any", [("state", "=", "open")])],
                icon="fa-bar-chart",
                title=self.env._("Diagnoses open"),
                sentence=self.env._("whose answers are coming in: remind, then close"),
            ),
        ]

    def _card_reviews(self):
        return self._count_card(
            "reviews",
            "accompaniment.review",
            self._parts(("state", "=", "proposed"), ("months", ">", 0)),
            (self.env._("review"), self.env._("reviews")),
            icon="fa-eye",
            title=self.env._("Reviews to answer"),
            sentence=self.env._("of effects, whose day has come"),
        )

    def _card_effects(self, today):
        day = fields.Date.to_string(today - relativedelta(months=UNSEEN_MONTHS))
        ended = [("mission_id.state", "=", "closed"), ("mission_id.closed_on", "<=", day)]
        return self._count_card(
            "effects",
            "accompaniment.effect",
            self._parts(*ended, ("observed", "=", False)),
            (self.env._("effect"), self.env._("effects")),
            icon="fa-question-circle-o",
            tone="warning",
            title=self.env._("Effects never observed"),
            sentence=self.env._("of missions closed for %(months)s months or more", months=UNSEEN_MONTHS),
        )

    def _get_closed_cards(self, today):
        """Return the cards of the missions that are closed."""
        closed = ("state", "=", "closed")
        recent = ("closed_on", ">=", fields.Date.to_string(today - relativedelta(months=RECENT_MONTHS)))
        return [
            self._card_missions(
                "case_sheet",
                [closed, recent, ("lessons", "=", False)],
                icon="fa-lightbulb-o",
                title=self.env._("Case sheets to complete"),
                sentence=self.env._("closed, whose lessons are not written"),
            ),
            self._card_missions(
                "satisfaction",
                [closed, recent, ("satisfaction", "=", False)],
                icon="fa-smile-o",
                title=self.env._("Satisfaction to ask"),
                sentence=self.env._("closed, whose beneficiary was not asked"),
            ),
        ]

    # ---- how to start ----

    def _has_missions(self):
        return bool(self.env["accompaniment.mission"].search_count(self._here(), limit=1))

    def _get_steps(self):
        """Return the three steps to a first mission."""
        schemes = [("company_id", "in", [self.env.company.id, False]), ("day_rate", ">", 0)]
        requests = [("request_kind", "=", "accompaniment"), ("company_id", "in", [self.env.company.id, False])]
        return [
            self._prepare_step(
                self.env._("Set your schemes"),
                self.env._("DLA, DASESS, own funds: the price of a day, the phases and their days, who pays."),
                bool(self.env["accompaniment.scheme"].search_count(schemes, limit=1)),
                COORDINATOR,
                self.env._("Open the schemes"),
                "action_accompaniment_scheme",
            ),
            self._prepare_step(
                self.env._("Receive a request"),
                self.env._("The need in the organisation's words: it comes by mail, or you write it."),
                bool(self.env["crm.lead"].search_count(requests, limit=1)),
                ADVISER,
                self.env._("Open the requests"),
                "action_accompaniment_request",
            ),
            self._prepare_step(
                self.env._("Turn it into a mission"),
                self.env._("In one click, from the request: its phases and co-funders come from the scheme."),
                False,
                ADVISER,
                self.env._("Open the missions"),
                "action_accompaniment_mission",
            ),
        ]
