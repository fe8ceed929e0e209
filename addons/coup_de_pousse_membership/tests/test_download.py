"""A workbook made on demand reaches the browser."""

from odoo.tests import HttpCase, tagged

from ..calculation.common.spreadsheet import Sheet
from .register.register_lists_common import read


@tagged("post_install", "-at_install")
class TestDownload(HttpCase):
    def test_the_file_comes_out(self):
        self.authenticate("admin", "admin")
        action = (
            self.env["association.spreadsheet"]
            .with_user(self.env.ref("base.user_admin"))
            ._download("Register – été", [Sheet("Members", [("Name", 10, "text")], [("Ann",)])])
        )
        response = self.url_open(action["url"])
        self.assertEqual(response.status_code, 200)
        self.assertIn("attachment", response.headers["Content-Disposition"])
        self.assertEqual(read(response.content), {"Members": [["Name"], ["Ann"]]})
