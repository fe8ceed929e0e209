"""The scheme of a day, and the matrix of bodies and functions."""

import io
from datetime import date

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools.pdf import PdfFileReader

from ..common import ADDON, GovernanceCommon


@tagged("post_install", "-at_install")
class TestScheme(GovernanceCommon):
    """The scheme of a day, and what nobody does or several do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2024-01-10"):
            cls.body = cls.make_body((4, 2), date_from=date(2020, 1, 1))

    def test_the_tree_is_printed_whole_on_one_page(self):
        names = [f"Committee {rank} of a long name that goes over two lines" for rank in range(1, 15)]
        for name in names:
            self.make_body((1,), name=name, parent_id=self.body.id, date_from=date(2020, 1, 1))
        self.env["ir.config_parameter"].sudo().set_param("report.url", "http://127.0.0.1:9")
        director = self.env["governance.body"].with_user(self.users["director"])
        action = director.action_print_tree()
        report = self.env.ref(f"{ADDON}.report_scheme").with_context(force_report_rendering=True)
        content, _kind = report._render_qweb_pdf(action["report_name"], action["context"]["active_ids"])
        [page] = PdfFileReader(io.BytesIO(content)).pages
        text = " ".join(page.extract_text().split())
        self.assertIn("Board", text)
        for rank in range(1, 15):
            self.assertIn(f"Committee {rank} of a long name", text)
        self.assertGreater(page.mediabox.width, page.mediabox.height)

    def test_the_scheme_on_a_day(self):
        people = self.make_people(3)
        with freeze_time("2025-03-01"):
            committee = self.make_body((1,), name="Committee", parent_id=self.body.id, date_from=date(2025, 2, 1))
            mandates = self.seat(self.body.seat_ids[:2], people[:2], first=date(2024, 6, 1))
            self.env["governance.office"].create({"mandate_id": mandates[1].id, "date_from": "2025-02-01"})
            self.body.name = "Council"
        scheme = self.env["governance.scheme"].with_user(self.users["director"])
        expected = {
            date(2024, 5, 31): [("Board", 6, 0, False)],
            date(2024, 6, 1): [("Board", 6, 2, False)],
            date(2025, 2, 1): [("Board", 6, 2, False), ("Committee", 1, 0, "Board")],
            date(2025, 3, 1): [("Council", 6, 2, False), ("Committee", 1, 0, "Council")],
        }
        for day, lines in expected.items():
            with self.subTest(day=day):
                action = scheme.create({"day": day}).action_show()
                found = self.env["governance.scheme.line"].search(action["domain"])
                self.assertEqual(
                    [(line.name, line.seat_count, line.held_count, line.parent_id.name) for line in found], lines
                )
        self.assertEqual(found[0].holder_names, "Person 1\nPerson 2, President")
        committee.date_to = date(2025, 12, 31)
        action = scheme.create({"day": date(2026, 1, 1)}).action_show()
        self.assertEqual(self.env["governance.scheme.line"].search_count(action["domain"]), 1)

    def test_the_matrix_shows_gaps_and_duplicates(self):
        planning, facilitation = (self.env.ref(f"{ADDON}.function_{name}") for name in ("planning", "facilitation"))
        self.make_body((), name="Bureau", kind="bureau", function_ids=[Command.set((self.decision | planning).ids)])
        self.make_body((), name="Local", level="local", function_ids=[Command.set(facilitation.ids)])
        matrix = self.env["governance.matrix"].with_user(self.users["director"]).get_matrix()
        self.assertEqual(
            [(row["name"], len(row["functions"])) for row in matrix["rows"]],
            [("Board", 1), ("Bureau", 2), ("Local", 1)],
        )
        self.assertEqual(
            matrix["gaps"],
            [
                {"place": "Regional", "functions": "Facilitation, Implementation"},
                {"place": "Local", "functions": "Decision, Planning, Implementation"},
            ],
        )
        self.assertEqual([(d["function"], d["bodies"]) for d in matrix["duplicates"]], [("Decision", "Board, Bureau")])
        with self.refused(UserError, "is no day"):
            self.env["governance.matrix"].get_matrix("31/12/2025")
        with self.assertRaises(AccessError):
            self.env["governance.matrix"].with_user(self.outsider).get_matrix()
