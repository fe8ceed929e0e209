"""Demo: a survey with its answers, a review answered by link, invoices to co-funders, a consultant's days."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.calculation.common.amounts import split_float
from odoo.fields import Command

from ..models.diagnostic.survey_invitations import SurveyInvitations
from . import answers

ADDON, BASE = "accompaniment", "coup_de_pousse_membership"


class AccompanimentDemo(models.AbstractModel):
    """What shows at first sight on the screens of surveys, reviews, invoices and days."""

    _inherit = "accompaniment.demo"

    # ---- a survey, answered in part ----

    @api.model
    def _add_survey(self, mission):
        """Ask the network's members, and answer as some of them do; no mail leaves."""
        diagnostic = self.env["accompaniment.diagnostic"].create(
            {
                "mission_id": mission.id,
                "deadline": fields.Date.context_today(self) + timedelta(days=12),
                "text_answers": "listed",
            }
        )
        diagnostic.action_propose_members()
        diagnostic.action_prepare_survey()
        inputs = SurveyInvitations(diagnostic.survey_id).add(diagnostic.recipient_ids, diagnostic._get_last_moment())
        diagnostic._write_facts({"state": "open"})
        for rank, (answer, choice) in enumerate(zip(inputs, answers.CHOICES, strict=False)):
            for question in diagnostic.survey_id.question_ids:
                self._answer_question(answer, question, choice, rank)
            # The last one stopped on the way.
            if rank + 1 == len(answers.CHOICES):
                answer._mark_in_progress()
            else:
                answer._mark_done()
        mission.finding_ids[:1].write({"diagnostic_id": diagnostic.id, "evidence": "La moitié des répondants"})

    def _answer_question(self, answer, question, choice, rank):
        options = question.suggested_answer_ids
        if question.question_type == "scale":
            answer._save_lines(question, str(3 + choice + rank % 3))
        elif question.question_type == "matrix":
            columns = {
                str(row.id): [options[(choice + rank * place) % len(options)].id]
                for place, row in enumerate(question.matrix_row_ids)
            }
            answer._save_lines(question, columns)
        elif question.question_type == "text_box" and rank < len(answers.WORDS):
            answer._save_lines(question, answers.WORDS[rank])
        elif options:
            answer._save_lines(question, str(options[choice % len(options)].id))

    # ---- a mission that ended six months ago ----

    @api.model
    def _create_reviewed_mission(self, referent):
        """Return a mission whose beneficiary has just told, by the link, what became of it."""
        end = fields.Date.context_today(self) - timedelta(days=190)
        consultant = self._partner("Agathe Bellerive, conseil en gestion", is_company=False)
        beneficiary = self.env.ref(f"{BASE}.demo_partner_recup_oceane")
        phases = [
            Command.create({"name": name, "days_planned": days, "sequence": rank})
            for rank, (name, days) in enumerate(answers.PHASES, 1)
        ]
        mission = self.env["accompaniment.mission"].create(
            {
                "name": "Une ressourcerie qui tient la distance",
                "partner_id": beneficiary.id,
                "referent_id": referent.id,
                "consultant_ids": [Command.link(consultant.id)],
                "scheme_id": self.env.ref(f"{ADDON}.scheme_dla").id,
                "theme_ids": [Command.link(self.env.ref(f"{ADDON}.theme_economic").id)],
                "date_from": end - timedelta(days=60),
                "date_to": end,
                "day_rate": 700,
                "context": answers.CONTEXT,
                "lessons": answers.LESSONS,
                "phase_ids": phases,
                "stake_ids": [Command.create({"name": "Équilibre économique", "results": "Un budget suivi."})],
            }
        )
        self._add_reviewed_days(mission, referent, consultant)
        self._add_review(mission, end)
        return mission

    def _add_reviewed_days(self, mission, referent, consultant):
        mission.action_start()
        self._share_price(mission, {"DLA Loire-Atlantique": 70, mission.partner_id.name: 30})
        today = fields.Date.context_today(self)
        for days_ago, phase, days, worker in (
            (245, 0, 1.5, referent.partner_id),
            (225, 1, 1, consultant),
            (210, 1, 1, consultant),
            (192, 2, 0.5, referent.partner_id),
        ):
            self._enter_day(mission.phase_ids[phase], worker, today - timedelta(days=days_ago), days)
        mission.phase_ids[1].intervener_id = consultant

    def _add_review(self, mission, end):
        self._add_expected_effects(mission, end)
        mission.action_close()
        mission._write_facts({"closed_on": end})
        closing, review, *_later = mission.review_ids
        closing._receive_satisfaction({"satisfaction": "3", "satisfaction_note": "Un appui clair, un peu court."})
        review.action_propose()
        form = {}
        for line, (_horizon, _name, answer, evidence) in zip(review.answer_ids, answers.EFFECTS, strict=True):
            day = str(fields.Date.context_today(self) - timedelta(days=3)) if evidence else ""
            form |= {f"answer_{line.id}": answer, f"evidence_{line.id}": evidence, f"day_{line.id}": day}
        review._receive(form, {})
        # Nobody is written to by a demo.
        self.env["mail.mail"].search(
            [
                ("state", "=", "outgoing"),
                "|",
                ("model", "=", review._name),
                ("recipient_ids", "in", mission.partner_id.ids),
            ]
        ).unlink()

    def _add_expected_effects(self, mission, end):
        finding = self.env["accompaniment.finding"].create(
            {
                "mission_id": mission.id,
                "name": "Personne ne suit les comptes en cours d'année",
                "stake_id": mission.stake_ids.id,
                "evidence": "Entretiens avec le bureau",
            }
        )
        plan = self.env["accompaniment.action.plan"].create({"mission_id": mission.id, "name": "Équilibre"})
        for rank, ((horizon, name, _answer, _evidence), action) in enumerate(
            zip(answers.EFFECTS, answers.ACTIONS, strict=True), 1
        ):
            commitment = self._add_commitment(plan, action, finding, rank, end)
            self.env["accompaniment.effect"].create(
                {
                    "mission_id": mission.id,
                    "horizon": horizon,
                    "name": name,
                    "commitment_ids": [Command.link(commitment.id)],
                    "sequence": rank,
                }
            )

    def _add_commitment(self, plan, name, finding, rank, end):
        done = {"done_on": end + timedelta(days=50), "evidence": "Tableau de juin"} if rank == 1 else {}
        return self.env["association.commitment"].create(
            {
                "name": name,
                "action_plan_id": plan.id,
                "owner_id": plan.mission_id.partner_id.id,
                "finding_ids": [Command.link(finding.id)],
                "deadline": end + timedelta(days=60 * rank),
                "ladder": "done" if done else "recorded",
                **done,
            }
        )

    # ---- money and days ----

    def _enter_day(self, phase, worker, day, days):
        self.env["account.analytic.line"].create(
            {
                "accompaniment_phase_id": phase.id,
                "intervener_id": worker.id,
                "name": phase.name,
                "date": day,
                "unit_amount": days,
            }
        )

    def _share_price(self, mission, percents):
        amounts = split_float(mission.price, percents.values(), mission.currency_id.rounding)
        mission.cofunding_ids = [
            Command.create({"partner_id": self._partner(name).id, "amount": amount, "sequence": rank})
            for rank, (name, amount) in enumerate(zip(percents, amounts, strict=True), 1)
        ]

    @api.model
    def _bill(self, mission, day, paid=0):
        """Invoice the co-funders on a day, and record the payment of the first ones.

        :param paid: how many of the invoices are paid.
        """
        if mission.milestone_ids:
            action = mission.milestone_ids[0].action_invoice()
        else:
            action = mission.action_invoice()
        moves = self.env["account.move"].search(action["domain"], order="id")
        moves.write({"invoice_date": day, "invoice_date_due": fields.Date.to_date(day) + timedelta(days=30)})
        moves.action_post()
        for move in moves[:paid]:
            self.env["account.payment.register"].with_context(active_model="account.move", active_ids=move.ids).create(
                {"payment_date": fields.Date.to_date(day) + timedelta(days=21)}
            )._create_payments()
