"""What the imports of members and of payments share: a file, and how it was read."""

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...calculation.table.apart import read_table_apart
from ...calculation.table.table_reader import split_header
from ...calculation.table.table_rows import MAX_BYTES, TableError
from ..common.optional_number import OptionalInteger

#: Encodings of text by the system that writes them, as people know it.
ENCODINGS = {
    "cp1252": "Windows",
    "mac_roman": "Macintosh",
    "cp850": "DOS",
    "utf-8": "Unicode (UTF-8)",
    "utf-8-sig": "Unicode (UTF-8)",
    "utf-16": "Unicode (UTF-16)",
}


class AssociationFileImport(models.AbstractModel):
    """A table received as a file, of members or of payments, kept as a record of what it wrote."""

    _name = "association.file.import"
    _description = "Import of a File"
    _order = "create_date desc, id desc"
    _rec_name = "filename"
    _check_company_auto = True
    #: Whether a bank's statement in a format of banks (OFX, CAMT…) is such a file.
    _takes_bank_files = False

    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    file = fields.Binary(attachment=True, copy=False, help="CSV or XLSX.")
    filename = fields.Char(string="File name", copy=False)
    header_line = OptionalInteger(
        string="Line of the headers", help="Line of the file that names the columns. Empty: found by itself."
    )
    file_description = fields.Char(string="Read as", readonly=True, copy=False)
    notice = fields.Text(readonly=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse a file that is too large before it is stored."""
        for vals in vals_list:
            self._check_upload(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Refuse a file that is too large before it is stored."""
        self._check_upload(vals)
        return super().write(vals)

    @api.model
    def _check_upload(self, vals):
        if len(vals.get("file") or "") > MAX_BYTES * 4 // 3 + 4:
            raise UserError(self._file_sentence(TableError("too_big", limit=MAX_BYTES // (1024 * 1024))))

    def _read_table(self, find_header, score):
        """Return the :class:`table_reader.Table` of the file.

        :param find_header: function that returns the place of the headers among the rows.
        :param score: function that returns how much rows look like the table that is awaited.
        :raise UserError: with a sentence, if it cannot be read.
        """
        content = base64.b64decode(self.with_context(bin_size=False).file)
        try:
            sheet = read_table_apart(content, score=score)
            if sheet.kind == "bank" and not self._takes_bank_files:
                raise TableError("ledger")
            return split_header(sheet, find_header(sheet.rows), self.header_line)
        except TableError as error:
            raise UserError(self._file_sentence(error)) from error

    @api.model
    def _file_sentence(self, error):
        """Return why a file cannot be read, for people: each import says what it wants in its place.

        :param error: :class:`table_reader.TableError`.
        """
        raise NotImplementedError

    def _describe(self, table, program=None):
        """Return how the file was read: program that wrote it, encoding and delimiter, or sheet."""
        sheet = table.sheet
        if sheet.kind == "bank":
            return self.env._("%(format)s, %(count)s movements", format=sheet.format, count=len(table.rows))
        if sheet.kind == "xlsx":
            text = self.env._("XLSX, sheet “%(sheet)s”", sheet=sheet.name)
            if sheet.others:
                text += self.env._(" (not read: %(sheets)s)", sheets=", ".join(sheet.others))
        else:
            text = self.env._(
                "CSV, accents as %(encoding)s writes them, delimiter “%(delimiter)s”",
                encoding=ENCODINGS.get(sheet.encoding, sheet.encoding.upper()),
                delimiter=self.env._("tab") if sheet.delimiter == "\t" else sheet.delimiter,
            )
        if program:
            text = self.env._("%(program)s export, %(file)s", program=program, file=text)
        line, count = table.header.line, len(table.rows)
        if not line:
            return text + self.env._(", without headers, %(count)s lines", count=count)
        if count == 1:
            return text + self.env._(", headers on line %(line)s, one line below", line=line)
        return text + self.env._(", headers on line %(line)s, %(count)s lines below", line=line, count=count)
