"""Missions, requests and a closed thread, made by the methods that people's clicks call."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command

from . import lianes
from .application_demo import ApplicationDemo
from .funding_demo import FundingDemo

ADDON, BASE = "accompaniment", "coup_de_pousse_membership"
LANG = "fr_FR"


class AccompanimentDemo(models.AbstractModel):
    """Makes the demo missions; its methods are called from the demo file and from tests."""

    _name = "accompaniment.demo"
    _description = "Demo Missions"

    @api.model
    def _install(self):
        """Fill the demo company, once."""
        company = self.env.ref(f"{BASE}.demo_company")
        if self.env.ref(f"{ADDON}.demo_mission_lianes", raise_if_not_found=False):
            return
        self.env["ir.module.module"]._load_module_terms([ADDON], [LANG])
        self.env.invalidate_all()
        demo = self.with_company(company).with_context(
            lang=LANG, allowed_company_ids=company.ids, tracking_disable=True, mail_notify_force_send=False
        )
        adviser = self.env.ref(f"{ADDON}.demo_user_adviser")
        for user, amount in ((adviser, 380), (self.env.ref(f"{ADDON}.demo_user_coordinator"), 450)):
            demo.env["accompaniment.day.cost"].create({"partner_id": user.partner_id.id, "amount": amount})
        mission = demo._create_lianes(adviser)
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": f"{ADDON}.demo_mission_lianes", "record": mission, "noupdate": True}]
        )
        demo._bill(mission, "2017-07-03", paid=3)
        current = demo._create_current_mission(adviser)
        demo._add_survey(current)
        demo._bill(current, fields.Date.context_today(self) - timedelta(days=25), paid=1)
        reviewed = demo._create_reviewed_mission(adviser)
        demo._bill(reviewed, reviewed.date_to, paid=1)
        demo._create_requests(adviser)
        demo._plan_funding()

    @api.model
    def _plan_funding(self):
        """Make the funding plans of the Lianes mission and of two other organisations."""
        mission = self.env.ref(f"{ADDON}.demo_mission_lianes").with_env(self.env)
        plan = FundingDemo(self, self._partner).make(mission)
        plan.action_propose()
        plan.action_vote()
        ApplicationDemo(self, self._partner, mission.referent_id).make()

    # ---- Lianes ----

    @api.model
    def _create_lianes(self, referent):
        """Return the Lianes mission, from its phases to its review at twelve months."""
        mission = self._create_lianes_mission(referent)
        self._add_diagnosis(mission)
        self._add_workshops(mission)
        self._add_findings(mission)
        self._add_results(mission)
        self._add_days(mission, referent)
        mission.action_start()
        self._add_effects(mission)
        return mission

    def _partner(self, name, **values):
        Partner = self.env["res.partner"]
        return Partner.search([("name", "=", name)], limit=1) or Partner.create(
            {"name": name, "is_company": True, "lang": LANG, **values}
        )

    def _create_lianes_mission(self, referent):
        lille = {"city": "Lille", "zip": "59000", "country_id": self.env.ref("base.fr").id}
        beneficiary = self._partner("Lianes coopération", email="contact@lianes.example", **lille)
        themes = ("governance", "positioning", "economic")
        return self.env["accompaniment.mission"].create(
            {
                "name": "Repenser la stratégie institutionnelle",
                "partner_id": beneficiary.id,
                "referent_id": referent.id,
                "scheme_id": self.env.ref(f"{ADDON}.scheme_dasess").id,
                "theme_ids": [Command.set([self.env.ref(f"{ADDON}.theme_{name}").id for name in themes])],
                "date_from": "2017-04-03",
                "date_to": "2017-06-30",
                "day_rate": 800,
                "context": lianes.CONTEXT,
                "lessons": lianes.LESSONS,
                **self._prepare_lianes_parts(),
            }
        )

    def _prepare_lianes_parts(self):
        return {
            "phase_ids": [
                Command.create(
                    {"name": name, "days_planned": days, "date_from": start, "date_to": end, "sequence": rank}
                )
                for rank, (name, days, start, end) in enumerate(lianes.PHASES, 1)
            ],
            "stake_ids": [
                Command.create({"name": name, "description": why, "results": results, "sequence": rank})
                for rank, (name, why, results) in enumerate(lianes.STAKES, 1)
            ],
            "participant_ids": [
                Command.create({"partner_id": self._partner("Région").id, "role": "pilot"}),
                Command.create({"partner_id": self._partner("Fonds DASESS").id, "role": "partner"}),
            ],
            "cofunding_ids": [
                Command.create({"partner_id": self._partner(name).id, "amount": amount, "sequence": rank})
                for rank, (name, amount) in enumerate(lianes.COFUNDING.items(), 1)
            ],
        }

    def _add_diagnosis(self, mission):
        diagnostic = self.env["accompaniment.diagnostic"].create(
            {
                "mission_id": mission.id,
                "name": "Pré-diagnostic des adhérents",
                "source": "typed",
                "invited_typed": 150,
                "respondents_typed": 60,
                "figure_ids": [
                    Command.create({"question": question, "label": label, "count": count})
                    for question, answers in lianes.ANSWERS.items()
                    for label, count in answers
                ],
            }
        )
        diagnostic.action_open()
        diagnostic.action_close()

    def _add_workshops(self, mission):
        workshops = self.env["accompaniment.workshop"].create(
            [
                {
                    "mission_id": mission.id,
                    "name": name,
                    "start": start,
                    "hours": hours,
                    "place": "Lille",
                    "phase_id": mission.phase_ids[1].id,
                    "sequence": rank,
                }
                for rank, (name, start, hours) in enumerate(lianes.WORKSHOPS, 1)
            ]
        )
        workshops.action_convene()
        workshops.attendance_ids.action_present()
        workshops.action_hold()

    def _add_findings(self, mission):
        workshops = mission.workshop_ids.sorted("start")
        self.env["accompaniment.finding"].create(
            [
                {
                    "mission_id": mission.id,
                    "name": name,
                    "stake_id": mission.stake_ids[stake].id,
                    "evidence": evidence,
                    "diagnostic_id": mission.diagnostic_ids[:1].id,
                    "workshop_ids": [Command.link(workshops[workshop].id)],
                    "sequence": rank,
                }
                for rank, (name, stake, evidence, workshop) in enumerate(lianes.FINDINGS, 1)
            ]
        )

    def _add_results(self, mission):
        Domain = self.env["accompaniment.strategic.domain"]
        before = Domain.create(
            [
                {"mission_id": mission.id, "moment": "before", "name": name, "sequence": rank}
                for rank, name in enumerate(lianes.DOMAINS_BEFORE, 1)
            ]
        )
        Domain.create(
            [
                {
                    "mission_id": mission.id,
                    "moment": "after",
                    "name": name,
                    "sequence": rank,
                    "origin_ids": [Command.set([before[origin].id for origin in origins])],
                }
                for rank, (name, origins) in enumerate(lianes.DOMAINS_AFTER, 1)
            ]
        )
        self._add_bodies(mission)
        plans = self.env["accompaniment.action.plan"].create(
            [
                {"mission_id": mission.id, "name": name, "stake_id": stake.id, "sequence": rank}
                for rank, (name, stake) in enumerate(zip(lianes.PLANS, mission.stake_ids, strict=True), 1)
            ]
        )
        self._add_actions(mission, plans)

    def _add_bodies(self, mission):
        for moment, told in lianes.BODIES.items():
            bodies = self.env["accompaniment.body"].create(
                [
                    {
                        "mission_id": mission.id,
                        "moment": moment,
                        "name": name,
                        "people": people,
                        "sequence": rank,
                        **dict.fromkeys(functions, True),
                    }
                    for rank, (name, _above, functions, people) in enumerate(told, 1)
                ]
            )
            for body, (_name, above, _functions, _people) in zip(bodies, told, strict=True):
                body.parent_id = bodies[above] if above is not None else False

    def _add_actions(self, mission, plans):
        workshops = mission.workshop_ids.sorted("start")
        self.env["association.commitment"].create(
            [
                {
                    "name": name,
                    "action_plan_id": plans[plan].id,
                    "workshop_id": workshops[workshop].id,
                    "owner_id": mission.partner_id.id,
                    "deadline": deadline,
                    "done_on": done_on,
                    "evidence": evidence,
                    "ladder": "done" if done_on else "recorded",
                }
                for name, plan, workshop, deadline, done_on, evidence in lianes.ACTIONS
            ]
        )

    def _add_days(self, mission, referent):
        self.env["account.analytic.line"].create(
            [
                {
                    "accompaniment_phase_id": mission.phase_ids[phase].id,
                    "intervener_id": referent.partner_id.id,
                    "name": mission.phase_ids[phase].name,
                    "date": day,
                    "unit_amount": days,
                }
                for day, days, phase in lianes.DAYS
            ]
        )

    def _add_effects(self, mission):
        actions = {action.name: action for action in mission.commitment_ids}
        ordered = [actions[row[0]] for row in lianes.ACTIONS]
        self.env["accompaniment.effect"].create(
            [
                {
                    "mission_id": mission.id,
                    "horizon": horizon,
                    "name": name,
                    "commitment_ids": [Command.link(ordered[action].id)],
                    "sequence": rank,
                }
                for rank, (horizon, name, action, _answer, _evidence) in enumerate(lianes.EFFECTS, 1)
            ]
        )
        mission.satisfaction = "4"
        mission.action_close()
        mission._write_facts({"closed_on": "2017-06-30"})
        review = mission.review_ids.filtered(lambda review: review.months == 12)
        review._fill_answers()
        told = {name: (answer, evidence) for _horizon, name, _action, answer, evidence in lianes.EFFECTS}
        for line in review.answer_ids:
            answer, evidence = told[line.effect_id.name]
            line.write(
                {"answer": answer, "evidence": evidence, "observed_on": "2018-06-28" if answer != "not_yet" else False}
            )
        review.action_done()
        # What came before and after the one that was held is of the past.
        mission.review_ids.filtered(lambda review: review.state != "done").unlink()

    # ---- today ----

    def _create_current_mission(self, referent):
        today = fields.Date.context_today(self)
        scheme = self.env.ref(f"{ADDON}.scheme_dla")
        mission = self.env["accompaniment.mission"].create(
            {
                "name": "Coopérer entre tiers-lieux : une gouvernance partagée",
                "kind": "collective",
                "partner_id": self.env.ref(f"{BASE}.demo_partner_tisseurs").id,
                "referent_id": referent.id,
                "scheme_id": scheme.id,
                "theme_ids": [Command.set(self.env.ref(f"{ADDON}.theme_governance").ids)],
                "date_from": today - timedelta(days=40),
                "date_to": today + timedelta(days=80),
                "day_rate": 700,
                "phase_ids": [Command.create(values) for values in scheme._prepare_phases()],
                **self._prepare_current_parts(),
            }
        )
        mission.action_start()
        self._add_current_steps(mission, referent, today)
        self._share_price(mission, {"DLA Loire-Atlantique": 80, mission.partner_id.name: 20})
        mission.milestone_ids = [
            Command.create({"name": "Au démarrage", "planned_on": today - timedelta(days=25), "percent": 40}),
            Command.create({"name": "À la restitution", "planned_on": today + timedelta(days=75), "percent": 60}),
        ]
        return mission

    def _prepare_current_parts(self):
        beneficiary = self.env.ref(f"{BASE}.demo_partner_ruche_velos")
        return {
            "track_ids": [Command.create({"name": "Châteaubriant"}), Command.create({"name": "Nantes"})],
            "participant_ids": [Command.create({"partner_id": beneficiary.id, "role": "beneficiary"})],
            "stake_ids": [
                Command.create({"name": "Décider à plusieurs lieux"}),
                Command.create({"name": "Partager les moyens"}),
            ],
        }

    def _add_current_steps(self, mission, referent, today):
        finding, _orphan = self.env["accompaniment.finding"].create(
            [
                {"mission_id": mission.id, "name": name, "stake_id": stake.id, "nature": nature}
                for name, stake, nature in (
                    ("Chaque lieu décide de son côté", mission.stake_ids[0], "difficulty"),
                    ("Des machines dorment la moitié du temps", mission.stake_ids[1], "expectation"),
                )
            ]
        )
        wizard = self.env["accompaniment.workshop.wizard"].create(
            {
                "mission_id": mission.id,
                "template_id": self.env.ref(f"{ADDON}.workshop_template_future").id,
                "first": fields.Datetime.to_datetime(today - timedelta(days=10)).replace(hour=8),
                "days_between": 14,
                "track_ids": [Command.set(mission.track_ids.ids)],
                "place": "Tiers-lieu",
            }
        )
        wizard.action_plan()
        held = mission.workshop_ids.sorted("start")[:2]
        held.action_convene()
        held.attendance_ids.action_present()
        held.action_hold()
        held[:1].finding_ids = finding
        self._add_current_days(mission, referent, today)

    def _add_current_days(self, mission, referent, today):
        consultant = self._partner("Soufiane Terracher, facilitation", is_company=False)
        mission.consultant_ids = consultant
        mission.phase_ids[2].intervener_id = consultant
        for phase, days_ago, days, worker in (
            (0, 38, 0.5, referent.partner_id),
            (1, 30, 1, referent.partner_id),
            (1, 22, 1, consultant),
            (2, 10, 1, consultant),
        ):
            self._enter_day(mission.phase_ids[phase], worker, today - timedelta(days=days_ago), days)

    def _create_requests(self, adviser):
        today = fields.Date.context_today(self)
        rows = [
            ("Retrouver des bénévoles pour le bureau", "marronnier", "normal", None, 5, "crm_stage_received"),
            ("Perte d'un financeur : que faire ?", "fil_voile", "high", "scheme_dasess", -2, "crm_stage_received"),
            ("Écrire un projet associatif", "ruche_velos", "low", "scheme_dla", 3, "crm_stage_studied"),
            ("Se regrouper à trois associations", "marronnier", "normal", "scheme_dla", 1, "crm_stage_committee"),
        ]
        leads = self.env["crm.lead"].create(
            [
                {
                    "name": name,
                    "type": "opportunity",
                    "team_id": self.env.ref(f"{ADDON}.crm_team_accompaniment").id,
                    "company_id": self.env.company.id,
                    "partner_id": self.env.ref(f"{BASE}.demo_partner_{partner}").id,
                    "urgency": urgency,
                    "scheme_id": self.env.ref(f"{ADDON}.{scheme}").id if scheme else False,
                    "answer_due_on": today + timedelta(days=due),
                    "user_id": adviser.id,
                    "need": name,
                }
                for name, partner, urgency, scheme, due, _stage in rows
            ]
        )
        for lead, row in zip(leads, rows, strict=True):
            lead.stage_id = self.env.ref(f"{ADDON}.{row[-1]}")
