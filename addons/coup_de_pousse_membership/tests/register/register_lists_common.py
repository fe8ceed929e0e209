"""Lists of the register that are downloaded as workbooks: members to list, and how to read what came out."""

import base64
import io

import openpyxl

from ..common import MembershipCommon


def read(content):
    """Return {sheet: rows} of an XLSX file."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {page.title: [list(row) for row in page.iter_rows(values_only=True)] for page in book}


class RegisterListsCommon(MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grid = cls.make_grid([(None, None, 100)])
        cls.members = cls.make_members(3, budget=12000)
        cls.town = cls.make_members(1, budget=500, category=cls.authority, name="Town")
        cls.everybody = cls.members | cls.town
        cls.memberships = cls.make_memberships(cls.everybody, cls.grid, admit=False)
        cls.env["res.users"].search([]).lang = "en_US"

    def download(self, action):
        self.assertEqual(action["type"], "ir.actions.act_url")
        spreadsheet = self.env["association.spreadsheet"].sudo().search([], order="id desc", limit=1)
        self.assertIn(f"/{spreadsheet.id}/content/", action["url"])
        return read(base64.b64decode(spreadsheet.content))
