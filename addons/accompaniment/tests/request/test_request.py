"""Requests: when they are to be answered, and the two answers."""

from datetime import date

from freezegun import freeze_time
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..common import AccompanimentCommon

#: As a mail reader sends it: two forms of one text, encoded, with an accented sender.
MAIL = """\
Message-ID: <first.need@coop.example>
Date: Mon, 02 Mar 2026 09:12:00 +0100
From: =?utf-8?q?In=C3=A8s_Dupr=C3=A9?= <ines@coop.example>
To: Accompagnement <accompagnement@{domain}>
Subject: Nos instances se vident
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="part"

--part
Content-Type: text/plain; charset="utf-8"

Hello, we are 150 structures & only 15 decide.
--part
Content-Type: text/html; charset="utf-8"

<html><body><p>Hello,</p><p>we are <b>150</b> structures &amp; only 15 decide.</p></body></html>
--part--
"""


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 10:00:00")
class TestRequest(AccompanimentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls.env.ref("accompaniment.crm_team_accompaniment")

    def make_request(self, **values):
        return (
            self.env["crm.lead"]
            .with_user(self.users["adviser"])
            .create(
                {
                    "name": "Rethink our governance",
                    "type": "opportunity",
                    "team_id": self.team.id,
                    "company_id": self.company.id,
                    "partner_id": self.lianes.id,
                    "scheme_id": self.scheme.id,
                    "need": "We are 150 & only 15 decide",
                    **values,
                }
            )
        )

    def test_a_request_gets_a_due_date_and_the_team_s_first_stage(self):
        self.company.accompaniment_answer_days = 10
        lead = self.make_request()
        self.assertEqual(lead.request_kind, "accompaniment")
        self.assertEqual(lead.stage_id, self.env.ref("accompaniment.crm_stage_received"))
        self.assertEqual(lead.answer_due_on, date(2026, 3, 12))
        self.assertFalse(self.make_request(request_kind="other", team_id=False).answer_due_on)

    def test_the_days_to_answer_begin_where_the_association_is(self):
        self.company.partner_id.tz = "Pacific/Noumea"
        with freeze_time("2026-03-02 14:00:00"):
            self.assertEqual(self.make_request().answer_due_on, date(2026, 3, 10), "it is the 3rd there")

    def test_a_mail_to_the_team_is_a_request(self):
        domain = self.env["mail.alias.domain"].search([("company_ids", "in", self.company.ids)], limit=1)
        domain = domain or self.env["mail.alias.domain"].create({"name": "network.example"})
        self.team.alias_id.alias_domain_id = domain
        lead_id = self.env["mail.thread"].message_process(None, MAIL.format(domain=domain.name))
        lead = self.env["crm.lead"].browse(lead_id)
        self.assertRecordValues(
            lead,
            [
                {
                    "name": "Nos instances se vident",
                    "type": "opportunity",
                    "team_id": self.team.id,
                    "request_kind": "accompaniment",
                    "stage_id": self.env.ref("accompaniment.crm_stage_received").id,
                    "answer_due_on": date(2026, 3, 9),
                    "contact_name": "Inès Dupré",
                    "email_normalized": "ines@coop.example",
                    "user_id": False,
                }
            ],
        )
        self.assertEqual(lead.need, "Hello,\nwe are *150* structures & only 15 decide.")
        self.assertEqual(len(lead.message_ids.filtered(lambda m: m.message_type == "email")), 1)
        request = lead.with_user(self.users["adviser"])
        with self.assertRaisesRegex(UserError, "Which organisation asks"):
            request.action_create_mission()
        territory = self.env.ref("coup_de_pousse_membership.territory_department_59")
        request.write({"partner_name": "Coop", "territory_id": territory.id, "scheme_id": self.scheme.id})
        mission = self.env["accompaniment.mission"].browse(request.action_create_mission()["res_id"])
        self.assertRecordValues(
            mission.partner_id, [{"name": "Coop", "is_company": True, "territory_id": territory.id}]
        )
        self.assertRecordValues(mission.steering_ids, [{"name": "Inès Dupré", "parent_id": mission.partner_id.id}])
        self.assertEqual(mission.territory_id, territory)
        self.assertIn("only 15 decide", mission.context)

    def test_what_is_late_is_what_nobody_answered(self):
        late, answered, oriented = self.make_request(), self.make_request(), self.make_request()
        answered.stage_id = self.env.ref("accompaniment.crm_stage_studied")
        oriented._orient(self.region, date(2026, 3, 3), "See them")
        with freeze_time("2026-03-10 10:00:00"):
            every = (late | answered | oriented).with_context(active_test=False)
            self.env.invalidate_all()
            self.assertEqual(every.filtered("is_answer_late"), late)
            found = every.search([("id", "in", every.ids), ("is_answer_late", "=", True)])
            self.assertEqual(found, late)
            self.assertEqual(dict(zip(every, every.mapped("answer_state"), strict=True))[answered], "answered")
            for state, records in every.grouped("answer_state").items():
                self.assertEqual(every.search([("id", "in", every.ids), ("answer_state", "=", state)]), records)
            bar = self.env["crm.lead"].read_progress_bar(
                [("id", "in", every.ids), ("active", "=", True)],
                "stage_id",
                {"field": "answer_state", "colors": {"late": "danger", "due": "warning", "answered": "success"}},
            )
            self.assertEqual(
                dict(bar),
                {
                    str(late.stage_id.id): {"late": 1, "due": 0, "answered": 0},
                    str(answered.stage_id.id): {"late": 0, "due": 0, "answered": 1},
                },
            )
        self.assertEqual(answered.answered_on, date(2026, 3, 2))

    def test_oriented_elsewhere_leaves_its_trace(self):
        lead = self.make_request()
        wizard = (
            self.env["accompaniment.orientation.wizard"]
            .with_user(self.users["adviser"])
            .with_context(active_ids=lead.ids)
            .create({"partner_id": self.region.id, "note": "They fund this"})
        )
        wizard.action_confirm()
        self.assertRecordValues(
            lead,
            [{"active": False, "oriented_to_id": self.region.id, "oriented_on": date(2026, 3, 2), "probability": 0}],
        )
        self.assertIn("They fund this", "".join(lead.message_ids.mapped("body")))
        with self.assertRaisesRegex(UserError, "oriented to"):
            lead.action_create_mission()
        found = self.env["crm.lead"].search([("oriented_on", "!=", False), ("active", "in", [True, False])])
        self.assertIn(lead, found, "the filter of the list")
        lead.action_unarchive()
        self.assertRecordValues(lead, [{"active": True, "oriented_to_id": False, "oriented_on": False}])
        self.assertTrue(lead.action_create_mission())

    def test_one_click_makes_the_mission_and_types_nothing_twice(self):
        theme = self.env.ref("accompaniment.theme_governance")
        lead = self.make_request(theme_ids=[(6, 0, theme.ids)], user_id=self.users["colleague"].id)
        action = lead.action_create_mission()
        mission = self.env["accompaniment.mission"].browse(action["res_id"])
        self.assertRecordValues(
            mission,
            [
                {
                    "name": "Rethink our governance",
                    "partner_id": self.lianes.id,
                    "scheme_id": self.scheme.id,
                    "referent_id": self.users["colleague"].id,
                    "days_planned": 12,
                    "lead_id": lead.id,
                }
            ],
        )
        self.assertIn("150 &amp; only 15", mission.context)
        self.assertEqual(mission.theme_ids, theme)
        self.assertEqual(mission.adviser_ids, self.users["adviser"], "whoever opens it may go on")
        self.assertEqual(lead.stage_id, self.env.ref("accompaniment.crm_stage_mission"))
        self.assertEqual(lead.action_create_mission()["res_id"], mission.id, "twice makes no second one")
        with self.assertRaisesRegex(UserError, "answers"):
            lead._orient(self.region, date(2026, 3, 3), "")

    def test_an_organisation_that_only_wrote_becomes_a_contact(self):
        lead = self.make_request(partner_id=False, partner_name="New body", email_from="new@body.example")
        mission = self.env["accompaniment.mission"].browse(lead.action_create_mission()["res_id"])
        self.assertEqual(mission.partner_id.name, "New body")
        self.assertEqual((mission.partner_id.email, mission.steering_ids.ids), ("new@body.example", []))
        with self.assertRaisesRegex(UserError, "Which organisation asks"):
            self.make_request(partner_id=False, email_from="who@body.example").action_create_mission()
        with self.assertRaisesRegex(UserError, "Choose the scheme"):
            self.make_request(scheme_id=False).action_create_mission()

    def test_the_last_step_is_reached_by_a_mission_only(self):
        lead = self.make_request()
        with self.assertRaisesRegex(ValidationError, "turn it into a mission"):
            lead.stage_id = self.env.ref("accompaniment.crm_stage_mission")

    def test_the_pipeline_shows_the_team_s_stages(self):
        self.make_request()
        groups = (
            self.env["crm.lead"]
            .with_user(self.users["adviser"])
            .with_context(accompaniment_pipeline=True, read_group_expand=True)
            .web_read_group([("request_kind", "=", "accompaniment")], ["stage_id"], ["__count"])["groups"]
        )
        names = [group["stage_id"][1] for group in groups]
        self.assertEqual(names[:3], ["Received", "Under study", "Before the committee"])
        generic = self.env["crm.stage"].search([("team_ids", "=", False)]).mapped("name")
        self.assertFalse(set(names) & set(generic))
