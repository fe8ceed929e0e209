import base64
import csv
import io

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError

from ...calculation.member_import.import_presets import PRESETS
from ...calculation.table.table_reader import cell_text
from ..common.optional_number import OptionalInteger

#: What changes how the file is understood: another preview is then needed.
OPTION_FIELDS = {
    "file",
    "source",
    "header_line",
    "category_id",
    "person_category_id",
    "since",
    "year",
    "membership_year",
    "period_month",
    "period_day",
    "open_balances",
    "balances_on",
    "company_id",
}
#: Of those, what makes the columns found so far worthless.
TABLE_FIELDS = {"file", "source", "header_line", "membership_year"}
#: A list longer than this is written in the background.
BACKGROUND_LINES = 500


class AssociationMemberImport(models.Model):
    """A list of members, from the file received to what it wrote; kept as a record of it.

    Nothing is written to contacts before :meth:`action_import`, which writes everything or nothing.
    How the file is understood stands in ``association_member_import_plan.py``, what is written in
    ``association_member_import_write.py``.
    """

    _name = "association.member.import"
    _inherit = ["association.file.import"]
    _description = "Import of Members"

    state = fields.Selection(
        [("draft", "File"), ("previewed", "Preview"), ("running", "Being written"), ("done", "Imported")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    source = fields.Selection(
        [
            ("auto", "Recognised by itself"),
            *((key, preset.name) for key, preset in PRESETS.items()),
            ("list", "A list"),
        ],
        string="Made by",
        required=True,
        default="auto",
        help="Program that wrote the file: its columns are then known.",
    )
    category_id = fields.Many2one(
        "association.category",
        string="Category of new members",
        check_company=True,
        help="For new members whose line gives no category.",
    )
    person_category_id = fields.Many2one(
        "association.category",
        string="Category of new persons",
        check_company=True,
        default=lambda self: self.env.ref("coup_de_pousse_membership.category_individual", raise_if_not_found=False),
        help="For new members who are persons, and whose line gives no category.",
    )
    since = fields.Date(string="New members since", help="For new members whose line gives no date of joining.")
    year = OptionalInteger(
        string="Year of the figures",
        help="Year of the budgets, numbers of employees… of the file. "
        "Empty: the year that the headers name, else last year.",
    )
    column_ids = fields.One2many("association.member.import.column", "import_id", copy=False)
    line_ids = fields.One2many("association.member.import.line", "import_id", copy=False)
    create_count = fields.Integer(compute="_compute_counts", string="To create")
    update_count = fields.Integer(compute="_compute_counts", string="To update")
    unchanged_count = fields.Integer(compute="_compute_counts", string="Lines unchanged")
    decide_count = fields.Integer(compute="_compute_counts", string="To decide")
    refused_count = fields.Integer(compute="_compute_counts", string="Lines refused")
    skipped_count = fields.Integer(compute="_compute_counts", string="Lines left out")
    joined_count = fields.Integer(compute="_compute_counts", string="Lines with another")
    imported_by = fields.Many2one("res.users", string="Imported by", readonly=True, copy=False)
    imported_on = fields.Datetime(string="Imported on", readonly=True, copy=False)
    refused_file = fields.Binary(compute="_compute_refused_file", string="Refused lines")

    _done_signed = models.Constraint(
        "CHECK (state <> 'done' OR (imported_by IS NOT NULL AND imported_on IS NOT NULL))",
        "An import that is done says who did it, and when.",
    )

    @api.depends("line_ids.status")
    def _compute_counts(self):
        groups = self.env["association.member.import.line"]._read_group(
            [("import_id", "in", self.ids)], ["import_id", "status"], ["__count"]
        )
        counts = {(record.id, status): count for record, status, count in groups}
        for record in self:
            for status in ("create", "update", "unchanged", "decide", "refused", "skipped", "joined"):
                record[f"{status}_count"] = counts.get((record.id, status), 0)

    @api.depends("line_ids.status")
    def _compute_refused_file(self):
        for record in self:
            content = record._refused_csv() if record.refused_count else b""
            record.refused_file = base64.b64encode(content)

    def write(self, vals):
        """Options that change make the preview worthless: it is taken back."""
        if OPTION_FIELDS & set(vals):
            self._check_not_done()
            # Corrections of columns and lines that go (sent by the same form) go with them.
            gone = {"line_ids"}
            if TABLE_FIELDS & set(vals):
                self.column_ids.unlink()
                gone.add("column_ids")
            self.line_ids.unlink()
            kept = {name: value for name, value in vals.items() if name not in gone}
            vals = {**kept, "state": "draft", "notice": False}
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        self._check_not_done()

    def _check_not_done(self):
        done = self.filtered(lambda record: record.state == "done")
        if done:
            raise UserError(
                self.env._(
                    "The import of “%(file)s” is done and stays as a record of what was written. Make a new import.",
                    file=done[0].filename or "",
                )
            )
        running = self.filtered(lambda record: record.state == "running")
        if running:
            raise UserError(
                self.env._(
                    "“%(file)s” is being written at this moment. Wait until it is done, or press “Stop”.",
                    file=running[0].filename or "",
                )
            )

    # ----------------------------------------------------------------------------------------------
    # Buttons
    # ----------------------------------------------------------------------------------------------
    def action_preview(self):
        """Read the file, and show what the import would do."""
        self.ensure_one()
        self._check_not_done()
        self._lock()
        table = self._read_file()
        if self._understand_columns(table):
            self._store_plan(self._make_plan(table))

    def action_import(self):
        """Write what the preview shows; a long list, in the background."""
        self.ensure_one()
        self._check_not_done()
        self._lock()
        self._check_previewed()
        self._check_balances()
        if len(self.line_ids) > BACKGROUND_LINES:
            self._queue()
        else:
            self._write_if_unchanged()

    def _write_if_unchanged(self):
        """Write what the preview shows; if it no longer holds, show another instead."""
        table = self._read_file()
        plan = self._make_plan(table, in_words=False)
        differing = self._count_differences(plan)
        if differing:
            self._store_plan(self._make_plan(table))
            self.notice = self.env._(
                "Nothing was imported: contacts or members have changed since the preview, and "
                "%(count)s lines are no longer the same. This is the new preview; check it, then "
                "import.",
                count=differing,
            )
            return
        # First, so that another import confirmed at this instant is stopped before it writes.
        self._take_back_other_previews()
        self._write_plan(plan)
        self.write(
            {
                "state": "done",
                "notice": False,
                "imported_by": self.env.uid,
                "imported_on": fields.Datetime.now(),
            }
        )

    def action_create_undecided(self):
        """Decide that each line left to decide is another organisation."""
        self.ensure_one()
        self._check_not_done()
        self.line_ids.filtered(lambda line: line.status == "decide").decision = "create"

    def action_reset(self):
        """Go back to the file: its columns are found anew, decisions are forgotten."""
        self.ensure_one()
        self._check_not_done()
        self.column_ids.unlink()
        self.line_ids.unlink()
        self.write({"state": "draft", "notice": False, "file_description": False})

    def action_view_members(self):
        """Open the files of the members that the import created or found."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Members imported"),
            "res_model": "association.member",
            "view_mode": "list,form",
            "domain": [("id", "in", self.line_ids.member_id.ids)],
        }

    def action_view_lines(self):
        """Open the lines, filtered by ``status`` when the context gives one."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "coup_de_pousse_membership.action_association_member_import_line"
        )
        status = self.env.context.get("line_status")
        context = {f"search_default_{status}": 1} if status else {}
        return {**action, "domain": [("import_id", "=", self.id)], "context": context}

    def action_download_refused(self):
        """Give the refused lines back, as a file to correct and send again."""
        self.ensure_one()
        if not self.refused_count:
            raise UserError(self.env._("No line is refused: there is nothing to correct."))
        name = self.env._("refused lines") + ".csv"
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/refused_file/{name}?download=true",
            "target": "download",
        }

    # ----------------------------------------------------------------------------------------------
    # Private
    # ----------------------------------------------------------------------------------------------
    def _lock(self):
        """Keep the import from being previewed or written twice at the same time."""
        try:
            self.lock_for_update()
        except LockError as error:
            raise UserError(
                self.env._(
                    "This import, or another list of the same association, is being written at "
                    "this very moment. Wait a minute, then open it again."
                )
            ) from error

    def _check_previewed(self):
        """Refuse to import what the user has not seen, or not decided."""
        if self.state != "previewed":
            raise UserError(self.env._("Press “Preview” first, and look at what the import would do."))
        if self.decide_count:
            raise UserError(
                self.env._(
                    "%(count)s lines are still to decide: they may be organisations that you "
                    "already have. Choose for each line, or press “Create all undecided”.",
                    count=self.decide_count,
                )
            )

    def _take_back_other_previews(self):
        """Make the other previews of the association be done again.

        This also keeps two imports at the same instant from creating the same organisations twice:
        each updates the other's row, so that PostgreSQL lets only one pass.
        """
        others = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "previewed"),
                ("id", "!=", self.id),
            ]
        )
        others.write(
            {
                "state": "draft",
                "notice": self.env._("Another list was imported since this preview. Press “Preview” again."),
            }
        )
        others.flush_recordset()

    def _refused_csv(self):
        """Return the refused lines as they were, with the reason: UTF-8 with its mark, and
        semicolons, as French spreadsheets open it by a double click.
        """
        self.ensure_one()
        table = self._read_file()
        refused = self.line_ids.filtered(lambda line: line.status == "refused")
        reasons = {line.number: line.message for line in refused}
        output = io.StringIO(newline="")
        writer = csv.writer(output, delimiter=";")
        header = [cell_text(cell) for cell in table.header.cells]
        writer.writerow([*header, self.env._("Refused line"), self.env._("Reason for refusal")])
        for row in table.rows:
            if row.line in reasons:
                cells = [cell_text(cell) for cell in row.cells]
                # Cells beyond the headers would stand under the reason.
                cells = cells[: len(header)] + [""] * (len(header) - len(cells))
                writer.writerow([*cells, row.line, reasons[row.line]])
        return output.getvalue().encode("utf-8-sig")
