import base64
from urllib.parse import quote

from odoo import api, fields, models

from ..calculation.spreadsheet import workbook


class AssociationSpreadsheet(models.TransientModel):
    """A workbook made on demand, for the time of a download."""

    _name = "association.spreadsheet"
    _description = "Spreadsheet to Download"

    name = fields.Char(required=True)
    content = fields.Binary(required=True, attachment=False)

    @api.model
    def _download(self, name, sheets):
        """Return the action that downloads a workbook.

        :param name: name of the file, without its extension.
        :param sheets: the :class:`Sheet` of ``calculation/spreadsheet.py``.
        """
        filename = f"{name}.xlsx"
        prepared = self.create({"name": filename, "content": base64.b64encode(workbook(sheets))})
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{prepared.id}/content/{quote(filename, safe='')}?download=true",
            "target": "download",
        }
