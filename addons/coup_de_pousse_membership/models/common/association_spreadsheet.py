"""Workbooks and other files that are made when somebody asks for them, to be downloaded."""

import base64
from urllib.parse import quote

from odoo import api, fields, models

from ...calculation.common.spreadsheet import workbook


class AssociationSpreadsheet(models.TransientModel):
    _name = "association.spreadsheet"
    _description = "Spreadsheet to Download"

    name = fields.Char(required=True)
    content = fields.Binary(required=True, attachment=False)

    @api.model
    def _download(self, name, sheets):
        """Return the action that downloads a workbook.

        :param name: name of the file, without its extension.
        :param sheets: the :class:`Sheet` of ``calculation/common/spreadsheet.py``.
        """
        return self._download_file(f"{name}.xlsx", workbook(sheets))

    @api.model
    def _download_file(self, filename, content):
        """Return the action that downloads a file made on demand.

        :param content: the file, as bytes.
        """
        prepared = self.create({"name": filename, "content": base64.b64encode(content)})
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{prepared.id}/content/{quote(filename, safe='')}?download=true",
            "target": "download",
        }
