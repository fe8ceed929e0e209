"""The governance of an accompanied network: its bodies today and proposed, drawn, with what nobody or several do."""

import io

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools.pdf import PdfFileReader

from ..common import AccompanimentCommon


@tagged("post_install", "-at_install")
class TestGovernance(AccompanimentCommon):
    """Seed 003: four functions, in the Essonne and in three towns of Mali, and new drawings of the governance."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        territories = cls.env["association.territory"]
        abroad = territories.search([("code", "=", "99")], limit=1)
        cls.mali = territories.create({"name": "Mali", "code": "ML", "kind": "abroad", "parent_id": abroad.id})
        cls.diema = territories.create({"name": "Diéma", "code": "ML-DIE", "kind": "abroad", "parent_id": cls.mali.id})
        cls.mission = cls.make_mission(name="Rethink the EDDN network together", kind="collective")
        cls.assembly = cls.make_body("Assembly", decides=True, people="40 members")
        cls.committee = cls.make_body(
            "Steering committee", parent_id=cls.assembly.id, decides=True, plans=True, implements=True
        )
        cls.local = cls.make_body(
            "Committee of Diéma", parent_id=cls.committee.id, territory_id=cls.diema.id, implements=True
        )

    @classmethod
    def make_body(cls, name, **values):
        return cls.env["accompaniment.body"].create({"mission_id": cls.mission.id, "name": name, **values})

    def test_what_nobody_does_and_what_several_do_is_said(self):
        [today] = self.mission.with_user(self.users["director"])._get_governance()
        self.assertEqual(today["title"], "Bodies today")
        self.assertEqual(today["functions"], ["Decision", "Facilitation", "Planning", "Implementation"])
        self.assertEqual(
            today["rows"],
            [
                ("Assembly", 0, [True, False, False, False]),
                ("Steering committee", 1, [True, False, True, True]),
                ("Committee of Diéma", 2, [False, False, False, True]),
            ],
        )
        self.assertEqual(today["gaps"], ["Facilitation", "Decision, Facilitation, Planning (Diéma)"])
        self.assertEqual(today["duplicates"], ["Decision: Assembly, Steering committee"])

    def test_the_drawing_follows_what_is_typed(self):
        with Form(self.mission.with_user(self.users["adviser"])) as form:
            self.assertIn("Nobody does it", form.governance_html)
            with form.body_before_ids.edit(0) as line:
                line.facilitates = True
            self.assertNotIn("Facilitation ;", form.governance_html)
            with form.body_before_ids.new() as line:
                line.name = "Youth council"
                line.parent_id = self.assembly
            self.assertIn("Youth council", form.governance_html)
        self.assertEqual(self.mission.body_before_ids[-1].parent_id, self.assembly)

    def test_what_is_proposed_begins_as_what_there_is(self):
        self.mission.with_user(self.users["adviser"]).action_propose_bodies()
        proposed = self.mission.body_after_ids
        self.assertEqual(
            [(body.name, body.parent_id.name, body.territory_id.name, body.moment) for body in proposed],
            [
                ("Assembly", False, False, "after"),
                ("Steering committee", "Assembly", False, "after"),
                ("Committee of Diéma", "Steering committee", "Diéma", "after"),
            ],
        )
        self.assertFalse(proposed & self.mission.body_before_ids)
        with self.assertRaisesRegex(UserError, "proposed already"):
            self.mission.action_propose_bodies()

    def test_the_drawings_are_printed(self):
        self.mission.action_propose_bodies()
        self.mission.body_after_ids[1].name = "Council of the two shores"
        self.env["ir.config_parameter"].sudo().set_param("report.url", "http://127.0.0.1:9")
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        for name in ("report_governance", "report_mission"):
            with self.subTest(name):
                content, _kind = report._render_qweb_pdf(f"accompaniment.{name}", self.mission.ids)
                pages = PdfFileReader(io.BytesIO(content)).pages
                text = " ".join(" ".join(page.extract_text().split()) for page in pages)
                for said in (
                    "Bodies today",
                    "Bodies proposed",
                    "Steering committee",
                    "Council of the two shores",
                    "40 members",
                ):
                    self.assertIn(said, text)

    def test_a_mission_without_bodies_says_where_to_add_them(self):
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "accompaniment.report_governance", self.make_mission(name="Empty").ids
        )
        self.assertIn("No body is described yet", html.decode())

    def test_a_body_stands_in_its_own_drawing(self):
        proposed = self.make_body("New board", moment="after")
        for change, sentence in (
            (lambda: self.local.write({"parent_id": proposed.id}), "not in the same drawing"),
            (lambda: self.committee.write({"moment": "after", "parent_id": False}), "not in the same drawing"),
            (lambda: self.assembly.write({"parent_id": self.local.id}), "cannot stand under itself"),
        ):
            with self.subTest(sentence), self.assertRaisesRegex(ValidationError, sentence), self.cr.savepoint():
                change()

    def test_only_the_mission_s_advisers_draw_it(self):
        for role in ("colleague", "director"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.local.with_user(self.users[role]).name = "Changed"
            with self.assertRaises(AccessError):
                self.mission.with_user(self.users[role]).action_propose_bodies()
        self.mission.with_user(self.users["adviser"]).body_before_ids = [Command.delete(self.local.id)]
        self.assertFalse(self.local.exists())

    def test_many_bodies_cost_as_many_queries_as_few(self):
        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(self.mission.governance_html)
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        for rank in range(20):
            self.make_body(f"Group {rank}", parent_id=self.assembly.id, territory_id=self.mali.id)
        self.assertLessEqual(count(), few)
