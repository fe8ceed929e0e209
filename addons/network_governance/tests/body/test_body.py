"""Bodies: their rules have a past."""

from datetime import date

from freezegun import freeze_time
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import ADDON, GovernanceCommon


@tagged("post_install", "-at_install")
class TestBodyHistory(GovernanceCommon):
    """Last year's scheme can be seen as it was."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2024-01-10"):
            cls.body = cls.make_body((4, 2), date_from=date(2020, 1, 1))

    def test_a_change_keeps_what_was(self):
        planning = self.env.ref(f"{ADDON}.function_planning")
        with freeze_time("2025-03-01"):
            self.body.write({"name": "Council", "function_ids": [Command.link(planning.id)], "proxies": 2})
        version = self.body.version_ids
        self.assertRecordValues(
            version,
            [{"name": "Board", "date_from": date(2020, 1, 1), "date_to": date(2025, 2, 28), "proxies": False}],
        )
        self.assertEqual(version.function_ids, self.decision)
        self.assertEqual(version.composition_text, "4 Associations, 2 Local authorities")
        self.assertEqual(self.body.in_force_since, date(2025, 3, 1))
        for day, name in ((date(2025, 2, 28), "Board"), (date(2025, 3, 1), "Council")):
            self.assertEqual(self.body._rules_at(day)[self.body].name, name)

    def test_a_change_of_composition_counts_once_whoever_writes_it(self):
        line = self.body.composition_ids[0]
        with freeze_time("2025-03-01"):
            self.body.write({"composition_ids": [Command.update(line.id, {"seats": 5})]})
        with freeze_time("2025-06-01"):
            line.write({"seats": 6})
            line.unlink()
        self.assertEqual(
            self.body.version_ids.sorted("date_to").mapped("composition_text"),
            ["4 Associations, 2 Local authorities", "5 Associations, 2 Local authorities"],
        )

    def test_what_changes_nothing_keeps_nothing(self):
        with freeze_time("2025-03-01"):
            self.body.write({"name": "Board", "note": "Article 12"})
            self.assertFalse(self.body.version_ids)
            self.body.name = "Council"
            self.body.name = "Grand council"
        self.assertEqual(self.body.version_ids.mapped("name"), ["Board"], "corrected on the same day: one change")

    def test_a_change_may_be_dated(self):
        with freeze_time("2025-03-01"):
            self.body.write({"name": "Council", "in_force_since": "2025-01-01"})
        self.assertEqual(self.body.version_ids.date_to, date(2024, 12, 31))
        with freeze_time("2025-03-01"), self.refused(ValidationError, "have already changed on 01.01.2025"):
            self.body.write({"name": "Other", "in_force_since": "2024-06-01"})

    def test_composition_is_checked(self):
        with self.refused(ValidationError, "a college stands twice"):
            self.body.composition_ids = [Command.create({"college_id": self.colleges[0].id, "seats": 1})]
