"""A year of receipts in the background: issued, printed as one PDF, sent; each batch is one transaction."""

import base64

from odoo.tools.pdf import merge_pdf

from ..common.batch import TRANSIENT_ERRORS, attempt, explain, run_as

REPORT = "coup_de_pousse_membership.report_tax_receipt"


class YearPapers:
    """One turn of the scheduler at a year; what is left to do is read off the records, so a kill loses nothing.

    :param record: an ``association.receipt.year`` with a task.
    :param size: receipts in one batch.
    """

    def __init__(self, record, size):
        user = record.asked_by_id or record.env.user
        self.record = run_as(record, user, record.company_id)
        self.env, self.size = self.record.env, size

    def work(self):
        """Work batch by batch until the task is done, stopped, or the scheduler wants its time back."""
        step = {"issue": self._issue, "print": self._print, "send": self._send}[self.record.task]
        while self.record.task:
            try:
                error = attempt(self.env, step)
            except TRANSIENT_ERRORS:
                self.env.cr.rollback()
                return
            if error:
                reason = explain(self.env, error, f"Receipts of {self.record.year}")
                self.record._write_facts({"task": False, "notice": reason})
            if not self.env["ir.cron"]._commit_progress(self.size, remaining=int(bool(self.record.task))):
                return

    def _count(self, done):
        self.record._write_facts({"task_done": self.record.task_done + done})

    def _finish(self, notice):
        self.record._write_facts({"task": False, "notice": notice})

    def _issue(self):
        entries = self.record._find_entries()
        if not entries:
            self.record._list()
            self._finish(self.env._("All receipts are issued."))
            return
        batch = self._cut(entries)
        self.env["association.tax.receipt"]._issue(self.record.company_id, self.record.year, batch)
        self._count(len(batch))

    def _cut(self, entries):
        """Return the first entries, with all those of the same donors: they may stand on one receipt."""
        donors = {entry.partner.id for entry in entries[: self.size]}
        return [entry for entry in entries if entry.partner.id in donors]

    def _print(self):
        batch = self.env["association.tax.receipt"].search(
            [
                ("company_id", "=", self.record.company_id.id),
                ("year", "=", self.record.year),
                ("state", "=", "issued"),
                # Not by their rank: one cancelled meanwhile would have another one left out.
                ("id", ">", self.record.printed_up_to_id.id or 0),
            ],
            order="id",
            limit=self.size,
        )
        if batch:
            content, _kind = self.env["ir.actions.report"]._render_qweb_pdf(REPORT, batch.ids)
            self._keep(content, f"{batch[0].name}.pdf")
            self.record._write_facts({"printed_up_to_id": batch[-1].id})
            self._count(len(batch))
            return
        parts = self.record.sudo().paper_ids.sorted("id")
        whole = self._attach(
            merge_pdf([part.raw for part in parts]), self.env._("Tax receipts %s.pdf", self.record.year)
        )
        self.record.sudo().paper_id.unlink()
        self.record._write_facts({"paper_id": whole.id})
        parts.unlink()
        self._finish(self.env._("The PDF is ready: press “Download the PDF”."))

    def _keep(self, content, name):
        part = self._attach(content, name)
        self.record.sudo().paper_ids += part

    def _attach(self, content, name):
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": name,
                    "datas": base64.b64encode(content),
                    "mimetype": "application/pdf",
                    "res_model": self.record._name,
                    "res_id": self.record.id,
                    "company_id": self.record.company_id.id,
                }
            )
        )

    def _send(self):
        batch = self.record._find_unsent()[: max(self.size // 10, 1)]
        if not batch:
            self._finish(self.env._("All receipts are sent to those whom a mail can reach."))
            return
        batch._send()
        self._count(len(batch))
