"""The demo schemes."""

import logging
import time

from odoo import fields
from odoo.addons.coup_de_pousse_membership.tests.screens import ScreensCase
from odoo.modules.module import Manifest
from odoo.tests import TransactionCase, tagged
from odoo.tools.convert import convert_file

from .common import ADDON, MEMBERSHIP

_logger = logging.getLogger(__name__)


@tagged("post_install", "-at_install")
class TestDemoSchemes(ScreensCase, TransactionCase):
    """The demo data, loaded here since databases for tests are made without."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.load(MEMBERSHIP, [name for name in Manifest.for_addon(MEMBERSHIP)["demo"] if "network" not in name])
        started = time.monotonic()
        cls.load(ADDON, Manifest.for_addon(ADDON)["demo"])
        cls.env.flush_all()
        _logger.info("Demo schemes loaded in %.1f s.", time.monotonic() - started)
        cls.lianes = cls.env.ref(f"{ADDON}.demo_lianes")
        cls.network = cls.env.ref(f"{MEMBERSHIP}.demo_company")
        cls.secretary = cls.env.ref(f"{ADDON}.demo_user_secretary")
        cls.director = cls.env.ref(f"{MEMBERSHIP}.demo_user_director")
        cls.today = fields.Date.context_today(cls.env.user)

    @classmethod
    def load(cls, addon, names):
        for name in names:
            convert_file(cls.env(su=True), addon, name, {}, "init", noupdate=True)

    def test_each_role_opens_each_screen(self):
        for user in self.secretary | self.director:
            with self.subTest(login=user.login):
                tried, errors = self.open_screens(user, ADDON)
                self.assertGreater(tried, 60)
                self.assertEqual(errors, [])

    def test_a_director_sees_no_button_that_fails(self):
        self.assertEqual(self.press_reading_buttons(self.director, ADDON), [])

    def test_lianes_has_fifteen_seated_of_150(self):
        model = self.env["governance.representativeness"].with_user(self.director).with_company(self.lianes)
        picture = model.get_picture()
        self.assertEqual((picture["members"], picture["seated"], picture["rate"]), (150, 15, 0.1))
        marks = {s["label"]: s["mark"] for s in picture["dimensions"][0]["segments"]}
        self.assertEqual(sorted(marks.values()), ["absent", "fair", "over"])
        trend = model.get_trend()
        self.assertEqual({point["members"] for point in trend}, {150})
        self.assertGreater(len({point["seated"] for point in trend}), 2, "the trend moves")

    def test_something_is_to_be_done_in_both(self):
        for company in self.lianes | self.network:
            overview = self.env["governance.overview"].with_user(self.secretary).with_company(company).get_overview()
            names = {card["name"] for card in overview["cards"]}
            self.assertLessEqual({"vacant", "kept", "ending"}, names, company.name)
            self.assertFalse(overview["steps"])
        lianes = self.env["governance.overview"].with_user(self.secretary).with_company(self.lianes).get_overview()
        names = {card["name"] for card in lianes["cards"]}
        self.assertEqual(
            names,
            {
                "late",
                "under_way",
                "to_convene",
                "rhythms",
                "minimum",
                "vacant",
                "kept",
                "ending",
                "declarations",
                "warnings",
            },
        )

    def test_an_assembly_is_under_way(self):
        meeting = self.env["governance.meeting"].search([("state", "=", "open"), ("company_id", "=", self.lianes.id)])
        numbers = meeting._get_numbers()
        self.assertEqual((numbers.convened, numbers.present, numbers.represented), (150, 52, 9))
        self.assertTrue(numbers.reached)
        self.assertEqual(meeting.resolution_ids.mapped("state"), ["closed", "open", "draft"])
        self.assertFalse(self.env["mail.mail"].search([("model", "=", "governance.attendance")]), "nobody gets a mail")

    def test_guidasso_has_three_levels(self):
        national = self.env.ref(f"{ADDON}.demo_guidasso")
        below = self.env["governance.body"].search([("id", "child_of", national.id)])
        self.assertEqual(set(below.mapped("level")), {"national", "regional", "departmental"})
        self.assertTrue(all(body.territory_id for body in below if body.level == "departmental"))
        co_animators = below.filtered(lambda body: body.kind == "co_animation").mandate_ids
        self.assertEqual(set(co_animators.mapped("designation")), {"by_right", "elected"})

    def test_roles(self):
        self.assertTrue(self.secretary.has_group(f"{ADDON}.group_governance_secretary"))
        self.assertFalse(self.secretary.has_group(f"{MEMBERSHIP}.group_membership_office"))
        self.assertTrue(self.director.has_group(f"{ADDON}.group_governance_director"))
        self.assertFalse(self.director.has_group(f"{ADDON}.group_governance_secretary"))

    def test_a_second_load_changes_nothing(self):
        before = self.env["governance.mandate"].search_count([])
        self.load(ADDON, Manifest.for_addon(ADDON)["demo"])
        self.assertEqual(self.env["governance.mandate"].search_count([]), before)

    def test_the_draw_can_be_seen(self):
        draw = self.env["governance.draw"].search([("company_id", "=", self.lianes.id)])
        self.assertEqual(draw.state, "recorded")
        self.assertEqual(set(draw.line_ids.mapped("third")), {1, 2, 3})
        board = self.env.ref(f"{ADDON}.demo_board")
        self.assertEqual(len(board.version_ids), 1)
