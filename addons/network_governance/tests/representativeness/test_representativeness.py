"""Representativeness on a network whose numbers are worked out by hand."""

import io
import re
from datetime import date
from unittest.mock import patch

from odoo.addons.coup_de_pousse_membership.models.common.association_spreadsheet import AssociationSpreadsheet
from odoo.tests import tagged
from odoo.tools.pdf import PdfFileReader

from ..common import MEMBERSHIP, GovernanceCommon

DAY = date(2025, 6, 30)


@tagged("post_install", "-at_install")
class TestLianes(GovernanceCommon):
    """The Lianes network: 150 member structures, 15 of them seated. All numbers are worked out by hand.

    Category: 100 associations, 30 companies, 20 local authorities. Seats: 9 for associations, 6 for
    companies, none for authorities. One company more has a substitute only; a former member has a seat.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category_of = {
            name: cls.env.ref(f"{MEMBERSHIP}.category_{name}") for name in ("association", "company", "local_authority")
        }
        cls.board = cls.make_body((10,), name="Board", term_months=60, date_from=date(2020, 1, 1))
        cls.bureau = cls.make_body((6,), name="Bureau", term_months=60, kind="bureau", date_from=date(2020, 1, 1))
        cls.group = cls.make_body((2,), name="Group", kind="working_group", date_from=date(2020, 1, 1))
        cls.structures = {}
        for name, count in (("association", 100), ("company", 30), ("local_authority", 20)):
            cls.structures[name] = cls.make_structures(count, name)
            cls.make_members(cls.structures[name], category_id=cls.category_of[name].id)
        cls.former = cls.make_structures(1, "Former")
        cls.make_members(cls.former, last=date(2024, 12, 31))
        cls.people = cls.make_people(24)
        cls.people[:6].gender = "female"
        cls.people[6:9].gender = "male"
        associations, companies = cls.structures["association"], cls.structures["company"]
        first = date(2024, 1, 1)
        # Nine associations on the board, with the former member; six companies on the bureau.
        cls.on_board = cls.seat(cls.board.seat_ids, cls.people[:10], [*associations[:9], cls.former], first)
        cls.on_bureau = cls.seat(cls.bureau.seat_ids, cls.people[10:16], companies[:6], first)
        cls.seat(cls.board.seat_ids[:1], cls.people[16], companies[6:7], first, role="substitute")
        # The first association sits on the bureau's group too: it counts once, and the group decides nothing.
        cls.seat(cls.group.seat_ids[:1], cls.people[17], associations[:1], first)

    def picture(self, day=DAY, scope="decision", body=False):
        model = self.env["governance.representativeness"].with_user(self.users["director"])
        return model.get_picture(day, scope, body and body.id)

    def segments(self, picture, name):
        [dimension] = [dimension for dimension in picture["dimensions"] if dimension["name"] == name]
        return {
            segment["label"]: (segment["members"], segment["seats"], segment["seated"], segment["mark"])
            for segment in dimension["segments"]
        }

    def test_ten_percent(self):
        picture = self.picture()
        self.assertEqual((picture["members"], picture["seated"], picture["rate"]), (150, 15, 0.1))
        self.assertEqual(picture["seats"], {"all": 16, "held": 16, "vacant": 0, "by_members": 15, "by_others": 1})
        # 150 members less the 15 seated; the substitute's company was never represented.
        self.assertEqual(picture["never"], 135)
        self.assertEqual(picture["bodies"], 2)

    def test_one_segment_absent_and_one_over_represented(self):
        """Associations: 100/150 = 66.7 % of the members, 9/15 = 60 % of the seats, ratio 0.9.
        Companies: 20 % and 40 %, ratio 2. Authorities: 13.3 % and none.
        """
        picture = self.picture()
        names = {name: category.display_name for name, category in self.category_of.items()}
        self.assertEqual(
            self.segments(picture, "category"),
            {
                names["association"]: (100, 9, 9, "fair"),
                names["company"]: (30, 6, 6, "over"),
                names["local_authority"]: (20, 0, 0, "absent"),
            },
        )
        [category] = [d for d in picture["dimensions"] if d["name"] == "category"]
        association = category["segments"][0]
        self.assertAlmostEqual(association["ratio"], 0.9)
        self.assertAlmostEqual(association["expected"], 10)
        self.company.governance_under = 0.95
        marks = [segment[3] for segment in self.segments(self.picture(), "category").values()]
        self.assertEqual(marks, ["under", "over", "absent"], "thresholds are settings")

    def test_the_dashboard_shows_the_same_shares(self):
        """The picture's members and seats of today, by category and by college, are the dashboard's bars."""
        rows = self.env["governance.representation"].with_user(self.users["director"])
        picture = self.picture(self.today)
        for name in ("category", "college"):
            [dimension] = [dimension for dimension in picture["dimensions"] if dimension["name"] == name]
            shown = {
                (segment["key"], kind): 100 * segment[f"{kind}s_share"]
                for segment in dimension["segments"]
                for kind in ("member", "seat")
                if segment[f"{kind}s_share"]
            }
            self.assertTrue(shown)
            found = rows._read_group([("company_id", "=", self.env.company.id)], [f"{name}_id", "kind"], ["share:sum"])
            found = {(segment.id or None, kind): share for segment, kind, share in found}
            self.assertEqual(set(found), set(shown))
            for key, share in shown.items():
                self.assertAlmostEqual(found[key], share, 6)

    def test_scopes(self):
        everything = self.picture(scope="all")
        self.assertEqual((everything["seated"], everything["seats"]["all"]), (15, 18))
        self.assertEqual(everything["seats"]["by_members"], 16, "one association on two bodies: two seats, once seated")
        board = self.picture(scope="body", body=self.board)
        self.assertEqual((board["seated"], board["seats"]["all"]), (9, 10))

    def test_a_body_with_those_under_it(self):
        """The tree is the one of the day: the bureau stands under the board from June 2025 on."""
        for body, parent in ((self.bureau, self.board), (self.group, self.bureau)):
            body.write({"parent_id": parent.id, "in_force_since": "2025-06-01"})
        for day, body, seated, seats in (
            ("2025-05-31", self.board, 9, 10),
            (DAY, self.board, 15, 18),
            (DAY, self.bureau, 7, 8),
            (DAY, self.group, 1, 2),
        ):
            picture = self.picture(day, "branch", body)
            self.assertEqual((picture["seated"], picture["seats"]["all"]), (seated, seats), (day, body.name))
        choices = self.env["governance.representativeness"].with_user(self.users["director"]).get_choices()
        self.assertEqual(
            [(choice["name"], choice["depth"], choice["has_below"]) for choice in choices],
            [("Board", 0, True), ("Bureau", 1, True), ("Group", 2, False)],
        )

    def test_segments_without_a_seat_are_named(self):
        authority = self.category_of["local_authority"]
        absent = {(segment["dimension"], segment["label"]): segment["members"] for segment in self.picture()["absent"]}
        self.assertEqual(absent[("category", authority.display_name)], 20)
        self.assertNotIn("Not known", {label for _dimension, label in absent})

    def test_the_trend_moves_with_two_changes_of_mandate(self):
        """In April 2025 a company leaves for an authority (15 stay seated); in May an association leaves
        without a successor: 14 of 150.
        """
        self.on_bureau[0]._replace(
            date(2025, 4, 1),
            "resigned",
            {"partner_id": self.people[20].id, "organisation_id": self.structures["local_authority"][0].id},
        )
        self.on_board[8].write({"ended_on": date(2025, 5, 10), "end_reason": "resigned"})
        trend = self.env["governance.representativeness"].with_user(self.users["director"]).get_trend(DAY)
        found = {point["day"]: (point["members"], point["seated"]) for point in trend}
        self.assertEqual(len(found), 13)
        # Until the end of 2024 the former member is a member still: 151, and its seat counts.
        self.assertEqual(found[date(2023, 12, 30)], (151, 0))
        self.assertEqual(found[date(2024, 12, 30)], (151, 16))
        self.assertEqual(found[date(2025, 3, 30)], (150, 15))
        self.assertEqual(found[DAY], (150, 14))
        model = self.env["governance.representativeness"].with_user(self.users["director"])
        years = [(point["day"].year, point["seated"]) for point in model.get_trend(DAY, years=10)]
        self.assertEqual(years[-2:], [(2024, 16), (2025, 14)])
        self.assertLessEqual(len(years), 11)
        segments = self.segments(self.picture(), "category")
        self.assertEqual([row[1] for row in segments.values()], [8, 5, 1])
        self.assertEqual([row[1] for row in self.segments(self.picture("2025-03-31"), "category").values()], [9, 6, 0])
        model = self.env["governance.representativeness"].with_user(self.users["director"])
        former = {row["key"]: row["ratio"] for row in model.get_former_ratios(DAY)["category"]}
        company, authority = (self.category_of[name].id for name in ("company", "local_authority"))
        # On 30 June 2024 companies were 30 of 151 members and held 6 of 16 seats; authorities, none.
        self.assertAlmostEqual(former[company], (6 / 16) / (30 / 151))
        self.assertEqual(former[authority], 0)

    def test_persons(self):
        picture = self.picture()
        self.assertEqual(picture["genders"], {"female": 6, "male": 3, "unknown": 7})
        # All sit since 1 January 2024: 546 days.
        self.assertAlmostEqual(picture["years"]["average"], 546 / 365.25)
        self.assertEqual(picture["several"], [])
        self.seat(self.group.seat_ids[1:], self.people[:1], first=date(2025, 1, 1))
        self.assertEqual(
            self.picture(scope="all")["several"], [{"name": "Person 1", "seats": 2, "bodies": "Board, Group"}]
        )

    def test_other_dimensions(self):
        department = self.env["association.territory"].search([("kind", "=", "department")], limit=1)
        associations, companies = self.structures["association"], self.structures["company"]
        associations.territory_id = department
        associations.founded_on = date(2020, 6, 30)
        companies.founded_on = date(2020, 7, 1)
        self.env["association.annual.figures"].create(
            [
                {"partner_id": partner.id, "year": year, "budget": budget}
                for partner in companies
                for year, budget in ((2023, 10_000), (2024, 50_000), (2026, 9_000_000))
            ]
        )
        industry = self.env["res.partner.industry"].create({"name": "Sector under test"})
        self.structures["local_authority"].industry_id = industry
        picture = self.picture()
        by_department = self.segments(picture, "department")
        self.assertEqual(by_department[department.display_name][:2], (100, 9))
        self.assertEqual(self.segments(picture, "region")[department.parent_id.display_name][:2], (100, 9))
        self.assertEqual([row[0] for row in self.segments(picture, "size").values()], [30, 120], "the figure of 2024")
        self.assertEqual([row[0] for row in self.segments(picture, "age").values()], [30, 100, 20])
        self.assertEqual(self.segments(picture, "sector")["Sector under test"], (20, 0, 0, "absent"))
        self.assertIn("50\N{NO-BREAK SPACE}000", next(iter(self.segments(picture, "size"))))

    def test_persons_count_where_the_settings_say_so(self):
        person = self.make_people(1, "Member")
        self.make_members(person)
        seats = self.group.seat_ids[1:]
        self.seat(seats, person, first=date(2025, 1, 1))
        self.assertEqual(self.picture(scope="all")["members"], 150)
        self.company.governance_counts = "all"
        picture = self.picture(scope="all")
        self.assertEqual((picture["members"], picture["seated"]), (151, 16))

    def test_functions_of_the_past_decide_about_the_past(self):
        """The bureau loses its part in decisions on 1 June 2025: before, its seats count."""
        self.bureau.write({"function_ids": [(5,)], "in_force_since": "2025-06-01"})
        self.assertEqual(self.picture("2025-05-31")["seated"], 15)
        self.assertEqual(self.picture("2025-06-01")["seated"], 9)

    def test_members_on_a_day_are_those_of_the_register(self):
        """The one query agrees with the register's own rules, whatever became of the memberships."""
        members = self.env["association.member"].search([("company_id", "=", self.company.id)], limit=12)
        memberships = members.membership_ids
        memberships[0].admission = "refused"
        memberships[1].ended_on = date(2025, 3, 31)
        memberships[2].withdrawn_on = date(2025, 2, 1)
        memberships[3].date_from = date(2025, 6, 30)
        memberships[4].admission_decided_on = date(2025, 7, 1)
        members[5].active = False
        self.env["association.member.departure"].create(
            [
                {"member_id": members[6].id, "left_on": "2025-01-31", "reason": "resigned"},
                {"member_id": members[7].id, "left_on": "2025-06-29", "reason": "resigned"},
            ]
        )
        everybody = self.env["association.member"].with_context(active_test=False)
        everybody = everybody.search([("company_id", "=", self.company.id)])
        for day in (date(2019, 12, 31), date(2025, 1, 31), date(2025, 2, 1), date(2025, 6, 29), DAY, date(2025, 7, 1)):
            with self.subTest(day=day):
                states = everybody._states_at(day)
                expected = {m.partner_id.id for m in everybody if states[m] in ("member", "unpaid")}
                profiles = everybody._get_profiles_on(self.company, day, True, "budget")
                self.assertEqual({profile[0] for profile in profiles}, expected)
                count = everybody._count_members_on(self.company, day, True, expected)
                self.assertEqual(count, (len(expected), len(expected)))

    def test_another_association_counts_for_nothing(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.users["director"].company_ids |= other
        model = self.env["governance.representativeness"].with_user(self.users["director"]).with_company(other)
        picture = model.get_picture(DAY, "body", self.board.id)
        self.assertEqual((picture["members"], picture["seated"], picture["rate"]), (0, 0, None))

    def test_never_represented_are_listed(self):
        model = self.env["governance.representativeness"].with_user(self.users["director"])
        action = model.action_never_represented(DAY)
        found = self.env["res.partner"].search(action["domain"])
        self.assertEqual(len(found), 135)
        self.assertIn(self.structures["local_authority"][0], found)
        self.assertNotIn(self.structures["company"][0], found)

    def test_page_for_the_assembly(self):
        """All that the screen says, on one page; on two where each dimension has many segments."""
        html = self.print_page(DAY)
        for text in ("10.0", "15 of 150", "Absent", "Over-represented", "Test network", "Decision bodies",
                     "Women 6, Men 3, Not known 7", "(20)"):  # fmt: skip
            self.assertIn(text, html)
        self.assertEqual(self.count_pages(DAY), 1)
        departments = self.env["association.territory"].search([("kind", "=", "department")])
        sectors = self.env["res.partner.industry"].create([{"name": f"Sector {number}"} for number in range(30)])
        for number, structure in enumerate(self.env["res.partner"].union(*self.structures.values())):
            structure.territory_id = departments[number % len(departments)]
            structure.industry_id = sectors[number % 30]
        html = self.print_page(DAY, "body", self.board.id)
        self.assertIn("Others", html)
        self.assertIn(self.board.name, html)
        self.assertLessEqual(self.count_pages(DAY), 2)

    def print_page(self, *question):
        """Return the text of the page, without its tags."""
        director = self.users["director"]
        action = self.env["governance.representativeness"].with_user(director).action_print(*question)
        html = self.env["ir.actions.report"].with_user(director)._render_qweb_html(
            action["report_name"], action["context"]["active_ids"]
        )[0]  # fmt: skip
        return " ".join(re.sub("<[^>]*>", "", html.decode()).split())

    def count_pages(self, *question):
        self.env["ir.config_parameter"].sudo().set_param("report.url", "http://127.0.0.1:9")
        action = self.env["governance.representativeness"].action_print(*question)
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, _kind = report._render_qweb_pdf(action["report_name"], action["context"]["active_ids"])
        return len(PdfFileReader(io.BytesIO(content)).pages)

    def test_workbook(self):
        downloads = []

        def download(model, name, sheets):
            downloads.append((name, sheets))
            return {}

        with patch.object(AssociationSpreadsheet, "_download", download):
            self.env["governance.representativeness"].with_user(self.users["director"]).action_export(DAY)
        [(_name, sheets)] = downloads
        self.assertEqual(len(sheets), 11)
        summary, categories, *others, trend, holders, never = sheets
        figures = {label: (value, share) for label, value, share in summary.rows}
        self.assertEqual(figures["Member structures seated"], (15, 0.1))
        self.assertEqual(figures["Women"], (6, 6 / 16))
        for label, whole in (("Seats held", "Seats"), ("Vacant seats", "Seats")):
            self.assertEqual(figures[label][1], figures[label][0] / figures[whole][0])
        self.assertEqual([row[1] for row in categories.rows], [100, 30, 20])
        for dimension in (categories, *others):
            columns = list(zip(*dimension.rows, strict=True))
            self.assertEqual((sum(columns[1]), sum(columns[3]), sum(columns[5])), (150, 15, 15), dimension.name)
            self.assertAlmostEqual(sum(columns[2]), 1)
            self.assertAlmostEqual(sum(columns[4]), 1)
        self.assertEqual(len(trend.rows), 13)
        self.assertEqual(len(holders.rows), 16)
        self.assertIn(("Person 10", "Board", "Former 1", "Not known"), [row[:4] for row in holders.rows])
        self.assertEqual(len(never.rows), 135)
