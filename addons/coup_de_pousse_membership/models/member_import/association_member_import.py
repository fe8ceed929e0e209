"""A list of members that was received: its options, its states, and who writes it when."""

import base64

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError, ValidationError

from ...calculation.member_import.member_columns import HISTORY_TARGETS
from ...calculation.member_import.program_presets import PRESETS
from ...calculation.member_import.refused_lines import refused_csv
from ..common.optional_number import OptionalInteger
from .balances import check_balances
from .job import BackgroundWriting, ImportStopped
from .list_file import ListFile
from .plan import Planner
from .sentences import ImportSentences
from .writer import ListWriter

#: What makes the columns found so far worthless.
TABLE_FIELDS = frozenset(["file", "source", "header_line", "membership_year"])
_OPTIONS = "category_id person_category_id since year period_month period_day open_balances balances_on company_id"
#: What changes how the file is understood: another preview is then needed.
OPTION_FIELDS = TABLE_FIELDS | frozenset(_OPTIONS.split())
#: A list longer than this is written in the background.
BACKGROUND_LINES = 500
#: Percent of the work that is the writing of lines; the rest is what follows from them.
WRITING_SHARE = 90.0
_MONTHS = "January February March April May June July August September October November December"
MONTHS = [(str(number), name) for number, name in enumerate(_MONTHS.split(), start=1)]


class AssociationMemberImport(models.Model):
    """A list of members, from the file received to what it wrote; kept as a record of it.

    Nothing is written to contacts before :meth:`action_import`, which writes everything or nothing.
    How its file is read stands in ``list_file.py``, what its lines would do in ``plan.py``, what is
    written in ``writer.py``, in the background by ``job.py``.
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
    word_ids = fields.One2many("association.member.import.word", "import_id", string="Unknown words", copy=False)
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

    membership_year = OptionalInteger(
        string="Year of the memberships",
        help="Year in which the memberships of the file start, where it has one membership for each line "
        "and does not say its year. Empty: by the columns, else by the day of payment.",
    )
    period_month = fields.Selection(
        MONTHS,
        string="A membership year starts in",
        required=True,
        default="1",
        help="January: calendar years. September: 2023 is read as 1 September 2023 to 31 August 2024.",
    )
    period_day = fields.Integer(string="On day", required=True, default=1)
    open_balances = fields.Selection(
        [("note", "Keep as a note on the membership"), ("call", "Call them: one invoice for each payer")],
        string="Fees still owed",
        required=True,
        default="note",
        help="What the list says is still owed for past memberships.",
    )
    balances_on = fields.Date(string="Date of the calls", default=fields.Date.context_today)
    questions = fields.Text(
        readonly=True, copy=False, help="What may be meant otherwise in the file, to look at before it is imported."
    )
    has_history = fields.Boolean(compute="_compute_has_history")

    progress_ids = fields.One2many("association.member.import.progress", "import_id", string="Attempts", copy=False)
    progress = fields.Float(
        compute="_compute_progress", string="Written (%)", help="Share of the lines that are written, in percent."
    )
    progress_text = fields.Char(compute="_compute_progress", string="Writing")

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
            record.refused_file = base64.b64encode(record._refused_csv() if record.refused_count else b"")

    def _refused_csv(self):
        lines = self.line_ids.filtered(lambda line: line.status == "refused")
        titles = self.env._("Refused line"), self.env._("Reason for refusal")
        return refused_csv(ListFile(self).table, {line.number: line.message for line in lines}, titles)

    @api.depends("column_ids.target")
    def _compute_has_history(self):
        for record in self:
            record.has_history = bool(set(HISTORY_TARGETS) & set(record.column_ids.mapped("target")))

    @api.depends(
        "state", "progress_ids.done", "progress_ids.total", "progress_ids.started_on", "progress_ids.is_stopped"
    )
    def _compute_progress(self):
        for record in self:
            step = record.sudo().progress_ids[:1]
            share = 100.0 if record.state == "done" else WRITING_SHARE
            record.progress = share * step.done / step.total if step.total else 0.0
            record.progress_text = step._sentence()

    @api.constrains("period_day")
    def _check_period_day(self):
        if any(not 1 <= record.period_day <= 28 for record in self):
            raise ValidationError(self.env._("A membership year starts on a day from 1 to 28."))

    def write(self, vals):
        """Take the preview back when options change: it is worth nothing then."""
        if OPTION_FIELDS & set(vals):
            self._check_not_done()
            # Corrections of columns and lines that are deleted (sent by the same form) go with them.
            dropped = {"line_ids"}
            if TABLE_FIELDS & set(vals):
                self.column_ids.unlink()
                dropped.add("column_ids")
            self.line_ids.unlink()
            vals = {name: value for name, value in vals.items() if name not in dropped}
            self._write_facts({"state": "draft", "notice": False, "questions": False})
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        self._check_not_done()

    # ---- what the office does ----
    def action_preview(self):
        """Read the file, and show what the import would do."""
        self.ensure_one()
        self._check_not_done()
        self._lock()
        file = ListFile(self)
        if file.find_columns():
            self._write_facts({"questions": "\n".join(file.questions())})
            planner = Planner(self, file)
            self._store_plan(planner.plan())
            self.env["association.member.import.word"]._store(self, planner.unknown_words)

    def action_import(self):
        """Write what the preview shows; a long list, in the background."""
        self.ensure_one()
        self._check_not_done()
        self._lock()
        self._check_previewed()
        check_balances(self)
        if len(self.line_ids) > BACKGROUND_LINES:
            BackgroundWriting(self).queue()
        else:
            self._write_if_unchanged()

    def action_stop(self):
        """Have the writing stopped: nothing of it stays."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "running":
            raise UserError(self.env._("This import is not being written: there is nothing to stop."))
        # Not the row of the import, which the writing holds.
        self.sudo().progress_ids[:1].is_stopped = True

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
        self.word_ids.unlink()
        self.line_ids.unlink()
        self._write_facts({"state": "draft", "notice": False, "questions": False, "file_description": False})

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
        status = self.env.context.get("association_line_status")
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

    # ---- when it is refused ----
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

    # ---- the preview ----
    @api.model
    def _file_sentence(self, error):
        return ImportSentences(self.env).file(error)

    def _figures_year(self):
        """Return the year of the figures: given, else named by the headers, else last year."""
        return self.year or self.column_ids._latest_figures_year() or fields.Date.context_today(self).year - 1

    def _store_plan(self, plan):
        """Replace the lines by those of a plan, and show them.

        :param plan: list of :class:`PlannedLine`.
        """
        self.line_ids.unlink()
        self.env["association.member.import.line"]._create_with_facts(
            [{"import_id": self.id, **line.vals()} for line in plan]
        )
        self._write_facts({"state": "previewed", "notice": False})

    # ---- writing ----
    def _write_if_unchanged(self):
        """Write what the preview shows; if it no longer holds, show another instead."""
        file = ListFile(self)
        plan = Planner(self, file).plan(in_words=False)
        differing = self.line_ids._count_differences(plan)
        if differing:
            self._store_plan(Planner(self, file).plan())
            notice = self.env._(
                "Nothing was imported: contacts or members have changed since the preview, and "
                "%(count)s lines are no longer the same. This is the new preview; check it, then "
                "import.",
                count=differing,
            )
            self._write_facts({"notice": notice})
            return
        # First, so that another import confirmed at this instant is stopped before it writes.
        self._take_back_other_previews()
        self._write_plan(plan)
        self._write_facts(
            {"state": "done", "notice": False, "imported_by": self.env.uid, "imported_on": fields.Datetime.now()}
        )

    def _take_back_other_previews(self):
        """Make the other previews of the association be done again.

        This also keeps two imports at the same instant from creating the same organisations twice:
        each updates the other's row, so that PostgreSQL lets only one pass.
        """
        others = self.search(
            [("company_id", "=", self.company_id.id), ("state", "=", "previewed"), ("id", "!=", self.id)]
        )
        others._write_facts(
            {
                "state": "draft",
                "notice": self.env._("Another list was imported since this preview. Press “Preview” again."),
            }
        )
        others.flush_recordset()

    def _write_plan(self, plan):
        """Write what a plan says, and link the lines with what was written."""
        wanted = [line for line in plan if line.status in ("create", "update")]
        self.line_ids._link(ListWriter(self, wanted).write_lines())

    def _tell_progress(self, done, total):
        """Record how many lines are written, for who waits while it is done in the background.

        :raise ImportStopped: somebody pressed “Stop”.
        """
        step = self.env["association.member.import.progress"].browse(self.env.context.get("association_import_step"))
        # Whoever calls may give the context: only the import's own progress is written.
        if step in self.sudo().progress_ids and step._write_in_own_transaction({"done": done, "total": total}):
            raise ImportStopped

    # ---- the job ----
    @api.model
    def _cron_write_imports(self):
        """Write the lists that wait, each in one transaction."""
        waiting = self.search([("state", "=", "running")], order="write_date, id")
        for left, record in zip(range(len(waiting) - 1, -1, -1), waiting, strict=True):
            BackgroundWriting(record).run()
            self.env["ir.cron"]._commit_progress(1, remaining=left)
