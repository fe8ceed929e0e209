"""The file of an import of members: its table, the program that wrote it, what its columns are."""

from odoo.exceptions import UserError

from ...calculation.member_import.column_questions import questions
from ...calculation.member_import.member_columns import MEMBER_HEADERS, understand
from ...calculation.member_import.program_presets import PRESETS, recognise_preset
from .sentences import ImportSentences

#: One of these says who a line is about.
NAME_TARGETS = {"name", "last_name", "full_name"}


class ListFile:
    """A list that was received, read.

    :ivar table: :class:`table_reader.Table`.
    :ivar preset: :class:`ProgramPreset` of the program that wrote it, or None.
    """

    def __init__(self, record):
        """Read the file of an import.

        :raise UserError: with a sentence, if it cannot be read.
        """
        self._record = record
        if not record.file:
            raise UserError(record.env._("Choose the file of the list first (XLSX or CSV)."))
        self.table = record._read_table(MEMBER_HEADERS.find_header, MEMBER_HEADERS.table_score)
        self.preset = PRESETS.get(self._program())

    def _program(self):
        if self._record.source != "auto":
            return self._record.source
        return recognise_preset(cell for cell in self.table.header.cells if isinstance(cell, str))

    def find_columns(self):
        """Find what each column is, unless the user has corrected it; return whether lines can be
        read.

        When no column is the name, the columns are shown for the user to say which it is.
        """
        record = self._record
        description = record._describe(self.table, self.preset and self.preset.name)
        record._write_facts({"file_description": description})
        if not record.column_ids:
            self._create_columns()
        record.column_ids._check_targets()
        if NAME_TARGETS & set(record.column_ids.mapped("target")):
            return True
        record.line_ids.unlink()
        record._write_facts(
            {
                "state": "draft",
                "questions": "\n".join(self.questions()),
                "notice": record.env._(
                    "No column was recognised as the name of the organisations. In the tab "
                    "“Columns”, choose which one goes to “Name” (or correct “Line of the headers”), "
                    "then press “Preview”."
                ),
            }
        )
        return False

    def _create_columns(self):
        record, table = self._record, self.table
        found = understand(table.header, table.rows, record.year or None, self.preset, record.membership_year or None)
        record.env["association.member.import.column"]._create_with_facts(
            [
                {
                    "import_id": record.id,
                    "index": column.index,
                    "header": column.header,
                    "sample": column.sample,
                    "target": column.target,
                    "year": column.year or 0,
                }
                for column in found
            ]
        )

    def questions(self):
        """Return, in sentences, what is to be confirmed before the list is imported."""
        say = ImportSentences(self._record.env)
        notes = [say.file_note(code, values) for code, values in self.table.sheet.notes]
        if not self.table.header.line:
            notes.append(
                self._record.env._(
                    "No line of headers was found: the first line is read as a member. Choose under “Columns” what each "
                    "column is, or give “Line of the headers”."
                )
            )
        if self.preset:
            return notes
        return notes + [say.question(question) for question in questions(self._record.column_ids, self.table.rows)]
