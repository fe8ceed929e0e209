from datetime import date

from freezegun import freeze_time
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import AccompanimentCommon


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

    def test_a_mail_to_the_team_is_a_request(self):
        self.assertEqual(self.team.alias_id.alias_name, "accompagnement")
        lead = self.env["crm.lead"].message_new(
            {"subject": "Help us", "from": "contact@lianes.example", "body": "<p>Need</p>", "to": "", "cc": ""},
            custom_values={"team_id": self.team.id, "type": "opportunity"},
        )
        self.assertRecordValues(lead, [{"request_kind": "accompaniment", "answer_due_on": date(2026, 3, 9)}])

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
        nobody = self.make_request(partner_id=False, name="x")
        nobody.write({"email_from": False, "contact_name": False, "partner_name": False})
        mission = nobody.action_create_mission()
        self.assertTrue(mission)

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
