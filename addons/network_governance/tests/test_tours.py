"""A secretary's way through the app, in a browser."""

from odoo.tests import HttpCase, tagged

from .common import GovernanceCommon


@tagged("post_install", "-at_install")
class TestTours(GovernanceCommon, HttpCase):
    def test_secretary_from_login_to_the_page_for_the_assembly(self):
        structures = self.make_structures(20, "Tour structure")
        self.make_members(structures)
        people = self.make_people(13, "Tour holder")
        for person, structure in zip(people[:12], structures[:12], strict=True):
            person.parent_id = structure
        people[12].parent_id = structures[0]
        for number, college in enumerate(self.colleges, 1):
            college.name = f"Tour college {number}"
        self.start_tour("/web/login", "governance_secretary", login=None, timeout=180)
        body = self.env["governance.body"].search([("name", "=", "Tour board")])
        self.assertEqual(body.composition_ids.mapped("seats"), [6, 4, 2])
        self.assertEqual(len(body.seat_ids), 12)
        current = body.mandate_ids.filtered("is_current")
        self.assertEqual(len(body.mandate_ids), 13)
        upcoming = body.mandate_ids.filtered("replaces_id")
        self.assertEqual(upcoming.partner_id, people[12])
        self.assertEqual(upcoming.term_date, upcoming.replaces_id.term_date)
        self.assertTrue(current)
        picture = self.env["governance.representativeness"].get_picture(False, "body", body.id)
        self.assertEqual((picture["members"], picture["seated"]), (20, 12))
