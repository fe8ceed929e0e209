"""The table of the advisers' days in a year."""

import base64
import io
from datetime import date

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger
from openpyxl import load_workbook
from psycopg2 import IntegrityError

from ..common import AccompanimentCommon


@tagged("post_install", "-at_install")
class TestWorkload(AccompanimentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.us")  # no public holiday but where a test wants some
        cls.consultant = cls.env["res.partner"].create({"name": "A consultant"})
        cls.mission = cls.make_mission(
            phase_ids=[
                Command.create(
                    {"name": "Diagnosis", "days_planned": 3, "date_from": "2017-04-03", "date_to": "2017-04-28"}
                ),
                Command.create({"name": "Workshops", "days_planned": 13}),
                Command.create(
                    {
                        "name": "Strategy",
                        "days_planned": 2,
                        "date_from": "2017-05-02",
                        "date_to": "2017-05-31",
                        "intervener_id": cls.consultant.id,
                    }
                ),
            ]
        )

    def workload(self, year=2017, role="adviser"):
        return self.env["accompaniment.workload"].with_user(self.users[role]).get_workload(year)

    def cells(self, partner, year=2017, **kwargs):
        """Return {month: (planned, used)} of one person, where there is anything."""
        rows = {row["id"]: row["cells"] for row in self.workload(year, **kwargs)["rows"]}
        return {
            rank: (cell["planned"], cell["used"])
            for rank, cell in enumerate(rows.get(partner.id, ()), 1)
            if cell["planned"] or cell["used"]
        }

    def test_planned_days_are_spread_and_used_ones_dated(self):
        adviser = self.users["adviser"].partner_id
        phases = self.mission.phase_ids
        self.enter_days(phases[0], 1.5, "2017-04-10")
        self.enter_days(phases[0], 0.5, "2017-04-30")
        self.enter_days(phases[1], 1, "2018-01-02")
        self.enter_days(phases[2], 2, "2017-06-01", intervener_id=self.consultant.id)
        # The phase without dates runs as long as the mission: April to June.
        self.assertEqual(self.cells(adviser), {4: (7, 2), 5: (4.6, 0), 6: (4.4, 0)})
        self.assertEqual(self.cells(self.consultant), {5: (2, 0), 6: (0, 2)})
        self.assertEqual(self.cells(adviser, 2018), {1: (0, 1)})
        total = {row["id"]: row["total"] for row in self.workload()["rows"]}
        self.assertEqual(total[adviser.id], {"planned": 16, "used": 2})

    def test_a_phase_across_the_years_has_its_days_in_each(self):
        self.mission.phase_ids[0].write({"date_from": "2016-11-28", "date_to": "2017-01-31", "days_planned": 4.7})
        planned = {
            year: round(sum(days for days, _used in self.cells(self.users["adviser"].partner_id, year).values()), 2)
            for year in (2016, 2017)
        }
        self.assertEqual(planned, {2016: 2.5, 2017: 15.2})

    def test_too_much_is_told_by_the_association_s_limit(self):
        def overloads():
            return [
                (row["id"], rank)
                for row in self.workload()["rows"]
                for rank, cell in enumerate(row["cells"], 1)
                if cell["overload"]
            ]

        adviser = self.users["adviser"].partner_id.id
        self.assertEqual(overloads(), [])
        self.company.accompaniment_days_month = 7
        self.assertEqual(overloads(), [], "the limit itself is not too much")
        self.company.accompaniment_days_month = 6.99
        self.assertEqual(overloads(), [(adviser, 4)])
        self.enter_days(self.mission.phase_ids[2], 7, "2017-07-03")
        self.assertEqual(overloads(), [(adviser, 4), (adviser, 7)])
        self.company.accompaniment_days_month = 0
        self.assertEqual(overloads(), [])
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.company.accompaniment_days_month = -1
            self.env.flush_all()

    def test_whoever_works_part_time_has_a_limit_of_their_own(self):
        adviser = self.users["adviser"].partner_id
        self.company.accompaniment_days_month = 5
        cost = self.env["accompaniment.day.cost"].create({"partner_id": adviser.id, "amount": 300})

        def overloads(own):
            cost.days_month = own
            row = next(row for row in self.workload(role="director")["rows"] if row["id"] == adviser.id)
            self.assertEqual(row["capacity"], own)
            return [rank for rank, cell in enumerate(row["cells"], 1) if cell["overload"]]

        self.assertEqual(overloads(False), [4])
        self.assertEqual(overloads(4.5), [4, 5])
        self.assertEqual(overloads(0), [], "none at all")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            cost.days_month = 32
            self.env.flush_all()

    def test_public_holidays_and_closing_days_carry_nothing(self):
        adviser = self.users["adviser"].partner_id
        self.mission.phase_ids[1:].unlink()
        self.mission.phase_ids.write({"date_from": "2017-04-28", "date_to": "2017-05-02", "days_planned": 3})
        self.assertEqual(self.cells(adviser), {4: (1, 0), 5: (2, 0)})
        self.company.country_id = self.env.ref("base.fr")
        self.assertEqual(self.cells(adviser), {4: (1.5, 0), 5: (1.5, 0)}, "1 May is a holiday")
        bridge = {"name": "Bridge", "date_from": "2017-04-27 22:00:00", "date_to": "2017-04-28 22:00:00"}
        with self.assertRaises(AccessError):
            self.env["resource.calendar.leaves"].with_user(self.users["adviser"]).create(bridge)
        leave = self.env["resource.calendar.leaves"].with_user(self.users["coordinator"]).create(bridge).sudo()
        self.assertEqual(self.cells(adviser), {5: (3, 0)}, "28 April in Paris, and no day more")
        leave.resource_id = self.env["resource.resource"].create({"name": "Somebody"})
        self.assertEqual(self.cells(adviser), {4: (1.5, 0), 5: (1.5, 0)}, "one person's leave closes nothing")

    def test_cancelled_missions_and_other_associations_count_for_nothing(self):
        other = self.env["res.company"].create({"name": "Other network"})
        self.env.user.company_ids |= other
        self.make_mission(self.env.user, company_id=other.id)
        self.mission.action_cancel()
        self.assertEqual(self.workload()["rows"], [])

    def test_what_has_no_date_is_told_apart(self):
        self.mission.write({"date_from": False, "date_to": False})
        rows = {row["id"]: row for row in self.workload(2031)["rows"]}
        row = rows[self.users["adviser"].partner_id.id]
        self.assertEqual((row["undated"], row["total"]["planned"]), (13, 0))

    def test_cells_open_the_missions_that_they_count(self):
        row = self.workload()["rows"][-1]
        self.assertEqual([cell["mission_ids"] for cell in row["cells"][2:5]], [[], self.mission.ids, self.mission.ids])

    def test_workbook(self):
        self.enter_days(self.mission.phase_ids[0], 1.5, "2017-04-10")
        for role in ("adviser", "coordinator", "director"):
            action = self.env["accompaniment.workload"].with_user(self.users[role]).action_download(2017)
            record = self.env["association.spreadsheet"].browse(int(action["url"].split("/")[4]))
            planned, used = load_workbook(io.BytesIO(base64.b64decode(record.content)))
            rows = {row[0]: row[1:] for row in planned.iter_rows(min_row=5, values_only=True)}
            name = self.users["adviser"].partner_id.display_name
            self.assertEqual((rows[name][3], rows[name][12]), (7, 16))
            self.assertEqual({row[0]: row[4] for row in used.iter_rows(min_row=5, values_only=True)}[name], 1.5)

    def test_a_day_is_worked_by_somebody(self):
        entry = self.enter_days(self.mission.phase_ids[0], 1, intervener_id=False)
        self.assertEqual(entry.intervener_id, self.users["adviser"].partner_id)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            entry.intervener_id = False
            self.env.flush_all()

    def test_who_reads_it(self):
        expected = self.workload(role="coordinator")
        for role in ("adviser", "colleague", "director"):
            self.assertEqual(self.workload(role=role), expected)
        model = self.env["accompaniment.workload"].with_user(self.users["outsider"])
        for call in (model.get_workload, model.action_download):
            with self.assertRaises(AccessError):
                call(2017)

    def test_query_count_does_not_grow(self):
        def queries():
            self.env.flush_all()
            self.workload()  # fills the caches of access rights
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.workload()
            return self.env.cr.sql_log_count - before

        few = queries()
        for rank in range(10):
            mission = self.make_mission(self.users["colleague"], name=str(rank), date_from=date(2017, 1, 2))
            self.enter_days(mission.phase_ids[0], 1, user=self.users["colleague"])
        self.assertEqual(queries(), few)
        self.assertLess(few, 14)
