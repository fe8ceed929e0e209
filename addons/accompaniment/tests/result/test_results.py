"""What a mission found and brought: domains, actions and their reminders."""

from datetime import date
from unittest.mock import patch

from freezegun import freeze_time
from odoo.addons.mail.tests.common import MailCommon
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from ..common import AccompanimentCommon


@tagged("post_install", "-at_install")
class TestResults(AccompanimentCommon, MailCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mission = cls.make_mission(
            stake_ids=[Command.create({"name": "Governance"})],
            action_plan_ids=[Command.create({"name": "Communication"})],
        )
        cls.plan = cls.mission.action_plan_ids
        cls.person = cls.env["res.partner"].create({"name": "Inès", "parent_id": cls.lianes.id, "email": "i@x.example"})

    def make_action(self, user="adviser", **values):
        return (
            self.env["association.commitment"]
            .with_user(self.users[user])
            .create(
                {
                    "name": "Write the newsletter",
                    "action_plan_id": self.plan.id,
                    "owner_id": self.lianes.id,
                    "person_id": self.person.id,
                    "deadline": date(2017, 9, 30),
                    **values,
                }
            )
        )

    def remind(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
            self.env["association.commitment"]._cron_remind()

    def test_domains_before_and_after_side_by_side(self):
        before = ["Information", "Observatory", "Support", "Animation"]
        self.mission.domain_before_ids = [Command.create({"name": n, "moment": "before"}) for n in before]
        first = self.mission.domain_before_ids[:2]
        self.mission.domain_after_ids = [
            Command.create({"name": "Resources", "moment": "after", "origin_ids": [Command.set(first.ids)]})
        ]
        self.mission.invalidate_recordset()
        self.assertEqual(self.mission.domain_before_ids.mapped("name"), before)
        self.assertEqual(self.mission.domain_after_ids.origin_ids, first)

    def test_an_action_of_a_plan_is_a_commitment_of_the_mission(self):
        action = self.make_action()
        self.assertEqual((action.mission_id, action.company_id), (self.mission, self.company))
        action.write({"evidence": "Issue 1", "done_on": "2017-09-15", "ladder": "done"})
        self.assertTrue(action.kept_on_time)
        self.assertEqual((self.plan.commitment_count, self.plan.done_count, self.plan.overdue_count), (1, 1, 0))
        self.make_action()
        self.assertEqual(self.plan.overdue_count, 1)
        other = self.make_mission(name="Another", action_plan_ids=[Command.create({"name": "Other"})])
        with self.assertRaisesRegex(ValidationError, "another mission"):
            action.write({"action_plan_id": other.action_plan_ids.id})

    def test_a_new_action_from_the_menu_asks_for_its_mission(self):
        action = self.env.ref("accompaniment.action_accompaniment_commitment")
        Action = self.env["association.commitment"].with_user(self.users["adviser"])
        Action = Action.with_context(**safe_eval(action.context))
        form = Form(Action, "coup_de_pousse_membership.association_commitment_view_form")
        form.name = "Write the newsletter"
        with self.assertRaisesRegex(AssertionError, "mission_id is a required field"):
            form.save()
        form.mission_id = self.mission
        self.assertEqual(form.save().mission_id, self.mission)
        with self.assertRaisesRegex(AccessError, "Choose the mission"), self.env.cr.savepoint():
            Action.name_create("Written in a column of the kanban")

    def test_who_changes_which_action(self):
        action = self.make_action()
        elsewhere = self.env["association.commitment"].create({"name": "Of the board", "owner_id": self.lianes.id})
        for role, record in (
            ("colleague", action),
            ("adviser", elsewhere),
            ("director", action),
            ("coordinator", elsewhere),
        ):
            with self.subTest(role=role), self.assertRaises(AccessError):
                record.with_user(self.users[role]).write({"name": "x"})
        for role in ("colleague", "director"):
            with self.assertRaises(AccessError):
                self.make_action(role)
            self.assertEqual(action.with_user(self.users[role]).name, "Write the newsletter")
        action.with_user(self.users["coordinator"]).name = "Changed"
        with self.assertRaises(AccessError):
            action.with_user(self.users["outsider"]).read(["name"])

    def test_an_action_is_late_when_its_day_is_over_where_the_association_is(self):
        self.env["association.commitment"].search([]).unlink()
        self.make_action()._write_facts({"reminded_on": "2017-09-20"})
        self.company.partner_id.tz = "America/Guadeloupe"
        sent = []
        for moment in ("2017-10-01 03:00:00", "2017-10-01 05:00:00"):
            with freeze_time(moment), self.mock_mail_gateway():
                self.remind()
                sent.append(len(self._new_mails))
        self.assertEqual(sent, [0, 1], "the 30th ends at 4 in UTC")

    def test_an_action_is_recalled_once_before_and_once_after(self):
        self.env["association.commitment"].search([]).unlink()
        action = self.make_action()
        self.make_action(ladder="done", evidence="x", done_on="2017-09-01")
        self.make_action(deadline=False)
        sent, reached = [], self.env["res.partner"]
        for day in ("2017-09-01", "2017-09-16", "2017-09-17", "2017-09-30", "2017-10-01", "2017-10-02"):
            with freeze_time(f"{day} 06:00:00"), self.mock_mail_gateway():
                self.remind()
                sent.append(len(self._new_mails))
                reached |= self._new_mails.recipient_ids
        self.assertEqual(sent, [0, 1, 0, 0, 1, 0])
        self.assertEqual(reached, self.person)
        action.deadline = date(2017, 10, 10)
        with freeze_time("2017-10-03 06:00:00"), self.mock_mail_gateway():
            self.remind()
            self.assertEqual(len(self._new_mails), 1, "a new deadline is recalled again")
