"""Nothing is done twice by two clicks: the buttons of governance that make something."""

from odoo.addons.coup_de_pousse_membership.tests.races import RaceCase
from odoo.fields import Command
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestTwoClicks(RaceCase):
    def make_body(self):
        """Make a body whose composition foresees three seats that do not exist yet."""
        college_id = self.make("association.college", {"name": "College of two clicks"})
        body_id = self.make(
            "governance.body",
            {
                "name": "Body of two clicks",
                "declared": False,
                "composition_ids": [Command.create({"college_id": college_id, "seats": 3})],
            },
        )
        self.addCleanup(self.commit, lambda env: env["governance.seat"].search([("body_id", "=", body_id)]).unlink())
        return body_id

    def test_seats_are_created_once(self):
        body_id = self.make_body()
        self.assert_once(
            "governance.seat",
            [("body_id", "=", body_id)],
            lambda env: env["governance.body"].browse(body_id).action_create_seats(),
            made=3,
        )
