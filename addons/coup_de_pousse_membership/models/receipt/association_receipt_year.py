"""The receipts of a civil year in bulk: what may have one, all of them at once, as one PDF, and by mail."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..common.hold import hold
from .declaration import Declaration
from .refusal_words import RefusalWords
from .year_papers import YearPapers
from .year_payments import YearPayments

#: Receipts issued in one transaction; fewer are issued while the user waits.
BATCH = 100


class AssociationReceiptYear(models.Model):
    _name = "association.receipt.year"
    _description = "Year of Tax Receipts"
    _order = "year desc"
    _rec_name = "year"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    year = fields.Integer(
        required=True, aggregator=None, default=lambda self: fields.Date.context_today(self).year, string="Civil year"
    )
    payment_ids = fields.One2many("association.receipt.payment", "year_id", string="Payments", readonly=True)
    listed_on = fields.Datetime(string="Listed on", readonly=True, copy=False)
    ready_count = fields.Integer(compute="_compute_counts", string="Payments to be stated")
    ready_amount = fields.Monetary(compute="_compute_counts", string="To be stated")
    refused_count = fields.Integer(compute="_compute_counts", string="Without receipt")
    receipt_count = fields.Integer(compute="_compute_receipts", string="Receipts")
    receipt_amount = fields.Monetary(compute="_compute_receipts", string="Stated")
    unsent_count = fields.Integer(compute="_compute_receipts", string="Not sent")
    task = fields.Selection(
        [("issue", "Receipts are being issued"), ("print", "The PDF is being made"), ("send", "Mails are being made")],
        readonly=True,
        copy=False,
        help="What goes on in the background.",
    )
    asked_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    task_done = fields.Integer(readonly=True, copy=False)
    task_total = fields.Integer(readonly=True, copy=False)
    progress = fields.Float(compute="_compute_progress", string="Done (%)")
    notice = fields.Char(readonly=True, copy=False)
    printed_up_to_id = fields.Many2one(
        "association.tax.receipt",
        readonly=True,
        copy=False,
        check_company=True,
        ondelete="set null",
        help="Last receipt of those printed so far.",
    )
    paper_ids = fields.Many2many(
        "ir.attachment", string="Parts of the PDF", readonly=True, copy=False, help="Kept while it is being made."
    )
    paper_id = fields.Many2one("ir.attachment", string="All receipts as one PDF", readonly=True, copy=False)

    _once = models.UniqueIndex("(company_id, year)", "This year is there already: open it.")
    _plausible = models.Constraint("CHECK (year BETWEEN 2000 AND 2100)", "Write the year with four digits.")

    @api.depends("payment_ids.standing")
    def _compute_counts(self):
        rows = self.env["association.receipt.payment"]._read_group(
            [("year_id", "in", self.ids)], ["year_id", "standing"], ["__count", "amount_stated:sum"]
        )
        found = {(year.id, standing): (count, amount) for year, standing, count, amount in rows}
        for year in self:
            year.ready_count, year.ready_amount = found.get((year.id, "ready"), (0, 0.0))
            year.refused_count = found.get((year.id, "refused"), (0, 0.0))[0]

    @api.depends("company_id", "year", "task")
    def _compute_receipts(self):
        rows = self.env["association.tax.receipt"]._read_group(
            [("company_id", "in", self.company_id.ids), ("year", "in", self.mapped("year")), ("state", "=", "issued")],
            ["company_id", "year", "sent_on:year"],
            ["__count", "amount:sum"],
        )
        for record in self:
            own = [row for row in rows if row[0] == record.company_id and row[1] == record.year]
            record.receipt_count = sum(row[3] for row in own)
            record.receipt_amount = sum(row[4] for row in own)
            record.unsent_count = sum(row[3] for row in own if not row[2])

    @api.depends("task_done", "task_total")
    def _compute_progress(self):
        for record in self:
            record.progress = 100.0 * record.task_done / record.task_total if record.task_total else 0.0

    @api.depends("year")
    def _compute_display_name(self):
        for record in self:
            record.display_name = self.env._("Receipts of %s", record.year)

    # ---- the payments ----

    def action_list(self):
        """List the payments of the year anew, each with its receipt or why it has none."""
        self.check_access("write")
        hold(self)
        for record in self:
            record._list()
        return True

    def _list(self):
        self.ensure_one()
        words = RefusalWords(self.env)
        entries = YearPayments(self.company_id, self.year).list_entries()
        receipts = self.env["association.tax.receipt"].search(
            [("company_id", "=", self.company_id.id), ("year", "=", self.year)]
        )
        by_number = {receipt.name: receipt.id for receipt in receipts}
        self.sudo().payment_ids.unlink()
        self.env["association.receipt.payment"].sudo().create(
            [
                {
                    "year_id": self.id,
                    "partner_id": entry.partner.id,
                    "date": entry.day,
                    "name": entry.label,
                    "nature": entry.nature,
                    "payment_mode": entry.mode,
                    "amount": float(entry.payment.amount),
                    "amount_stated": float(entry.stated) if entry.reason in (None, "receipt") else 0.0,
                    "reason": words.say(entry) or False,
                    "standing": {None: "ready", "receipt": "stated"}.get(entry.reason, "refused"),
                    "receipt_id": by_number.get(entry.payment.receipt),
                    **entry.values,
                }
                for entry in entries
            ]
        )
        self._write_facts({"listed_on": fields.Datetime.now()})

    def _find_entries(self, payments=None):
        """Return the entries that may have a receipt: those of some payments, or of the whole year."""
        reader = YearPayments(self.company_id, self.year)
        if payments is None:
            found = reader.list_entries()
        else:
            found = reader.list_entries(gifts=payments.gift_id, payment_lines=payments.payment_line_id)
        return [entry for entry in found if not entry.reason]

    def _issue_some(self, payments):
        """Issue the receipts of some payments at once, and show them."""
        self.check_access("write")
        hold(self)
        entries = self._find_entries(payments)
        if not entries:
            raise UserError(self.env._("None of these payments may have a receipt: their lines say why."))
        receipts = self.env["association.tax.receipt"]._issue(self.company_id, self.year, entries)
        self._list()
        return receipts._get_records_action(name=self.env._("Tax receipts"))

    # ---- in the background ----

    def action_issue(self):
        """Issue all receipts of the year that may be issued: at once, or in the background where they are many."""
        self.ensure_one()
        self.check_access("write")
        entries = self._find_entries()
        if not 0 < len(entries) <= BATCH or self.task:
            self._queue("issue", len(entries), self.env._("No payment of %s waits for a receipt."))
            return
        hold(self)
        self.env["association.tax.receipt"]._issue(self.company_id, self.year, self._find_entries())
        self._list()

    def action_print(self):
        """Make one PDF of all receipts of the year."""
        self._queue("print", self.receipt_count, self.env._("There is no receipt of %s yet."))

    def action_send(self):
        """Send by mail the receipts that were not sent yet."""
        self._queue("send", len(self._find_unsent()), self.env._("No receipt of %s waits to be sent by mail."))

    def _queue(self, task, total, nothing):
        """Have something done in the background, as who asks for it."""
        self.ensure_one()
        self.check_access("write")
        hold(self)
        if self.task:
            raise UserError(self.env._("Something goes on already for this year: wait until it is done."))
        if not total:
            raise UserError(nothing % self.year)
        self.sudo().paper_ids.unlink()
        self._write_facts(
            {
                "task": task,
                "asked_by_id": self.env.uid,
                "task_done": 0,
                "task_total": total,
                "notice": False,
                "printed_up_to_id": False,
            }
        )
        self.env.ref("coup_de_pousse_membership.cron_receipts").sudo()._trigger()

    def action_stop(self):
        """Stop what goes on: what is issued or sent stays."""
        self.check_access("write")
        self._write_facts({"task": False})

    @api.model
    def _cron_work(self):
        """Go on with what was asked for, batch by batch; a server that was killed goes on where it stood."""
        for record in self.search([("task", "!=", False)], order="id"):
            YearPapers(record, BATCH).work()

    def _find_unsent(self):
        """Return the receipts of the year that a mail can take to their donors and that were not sent."""
        return self.env["association.tax.receipt"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("year", "=", self.year),
                ("state", "=", "issued"),
                ("sent_on", "=", False),
                ("partner_id.email", "!=", False),
            ],
            order="name",
        )

    # ---- what is opened and downloaded ----

    def action_view_receipts(self):
        """Open the receipts of the year."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("coup_de_pousse_membership.action_association_tax_receipt")
        return {**action, "domain": [("company_id", "=", self.company_id.id), ("year", "=", self.year)], "context": {}}

    def action_view_payments(self):
        """Open the payments of the year with why they have no receipt."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "coup_de_pousse_membership.action_association_receipt_payment"
        )
        return {**action, "domain": [("year_id", "=", self.id)]}

    def action_download(self):
        """Download the PDF of all receipts."""
        self.ensure_one()
        self.check_access("read")
        if not self.paper_id:
            raise UserError(self.env._("There is no PDF of this year yet: press “One PDF”."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.sudo().paper_id.id}?download=true",
            "target": "download",
        }

    def action_declare(self):
        """Download the figures of the yearly declaration (CGI art. 222 bis), and the list behind them."""
        self.ensure_one()
        self.check_access("read")
        return self.env["association.spreadsheet"]._download(
            self.env._("Declaration of tax receipts %s", self.year), Declaration(self).make_sheets()
        )
