"""A year of tax receipts is issued, then printed, while its workers are killed; told after ``campaign_crash.py``.

See ``crash_world.py``. Each page holds the number of its receipt: what stands on it is tested elsewhere.
"""

import io
import sys
from unittest.mock import patch

from crash_world import MODULE, World
from odoo import fields
from odoo.tools.pdf import PdfFileReader
from reportlab.pdfgen.canvas import Canvas

BATCH = 2
GIFTS = 40
KILLS = 10


class ReceiptWorld(World):
    """An association with gifts of many donors."""

    #: A batch takes a moment only.
    LONGEST = 0.05

    def __init__(self, options):
        super().__init__(options)
        patch.object(
            sys.modules[f"odoo.addons.{MODULE}.models.receipt.association_receipt_year"], "BATCH", BATCH
        ).start()
        report = self.registry["ir.actions.report"]
        patch.object(report, "_render_qweb_pdf", lambda reports, _name, ids: self.print(reports, ids)).start()

    def print(self, reports, ids):
        """Print quickly: one page for each receipt, with its number."""
        content = io.BytesIO()
        canvas = Canvas(content)
        for receipt in reports.env["association.tax.receipt"].browse(ids):
            canvas.drawString(100, 700, receipt.name)
            canvas.showPage()
        canvas.save()
        return content.getvalue(), "pdf"

    # ---- the world ----

    def make(self, env):
        address = {"street": "4 rue des Lilas", "zip": "44000", "city": "Nantes"}
        env.company._ensure_gift_accounting()
        env.company.partner_id.write({**address, "rna": "W442001234"})
        env.company.write(
            {
                "receipt_enabled": True,
                "receipt_object": "Support",
                "receipt_signatory": "Odile Signer",
                "receipt_signatory_title": "Treasurer",
            }
        )
        donors = env["res.partner"].create([{"name": f"Donor {index}", **address} for index in range(GIFTS)])
        today = fields.Date.today()
        gifts = env["association.gift"].create(
            [{"partner_id": donor.id, "amount": 10, "date": today} for donor in donors]
        )
        gifts.action_book()
        year = env["association.receipt.year"].create({"year": today.year})
        year.action_list()
        self.year, self.gifts = year.id, gifts.ids
        year.action_issue()

    def start_print(self, env):
        env["association.receipt.year"].browse(self.year).action_print()

    def left(self, env):
        return bool(env["association.receipt.year"].browse(self.year).task)

    def work(self, env):
        env["association.receipt.year"]._cron_work()
        return "ended"

    # ---- what must hold, whatever happened ----

    def look(self, env):
        """Note a gap in the numbers, and a gift that stands on two receipts."""
        receipts = env["association.tax.receipt"].search([], order="id")
        numbers = [int(receipt.name.split("-")[1]) for receipt in receipts]
        if numbers != list(range(1, len(numbers) + 1)):
            self.seen["broken"].append(f"numbers: {numbers}")
        stated = receipts.line_ids.mapped("gift_id").ids
        if len(stated) != len(receipts.line_ids):
            self.seen["broken"].append("a gift stands on two receipts")

    def cancel_one(self, env):
        """Cancel a receipt that was printed already: no other may be left out for it."""
        env["association.tax.receipt"].search([], order="id", limit=1)._cancel("The address was wrong")

    def tell(self):
        self.ask(self.make)
        self.kill_while(self.left, self.work, KILLS)
        self.seen["issue_kills"] = self.seen["kills"]
        self.answer(self.fork(self.work))
        self.ask(self.look)
        self.ask(self.start_print)
        self.kill_one(self.work)
        self.ask(self.cancel_one)
        self.kill_while(self.left, self.work, KILLS)
        self.answer(self.fork(self.work))
        self.seen["print_kills"] = self.seen["kills"] - self.seen["issue_kills"]
        self.ask(self.end)

    def end(self, env):
        year = env["association.receipt.year"].browse(self.year)
        receipts = env["association.tax.receipt"].search([])
        self.seen["receipts"] = [len(receipts), sum(receipts.mapped("amount"))]
        self.seen["given"] = [GIFTS, 10 * GIFTS]
        pages = PdfFileReader(io.BytesIO(year.paper_id.raw)).pages
        printed = [page.extract_text().strip() for page in pages]
        self.seen["repeated"] = len(printed) - len(set(printed))
        self.seen["forgotten"] = sorted(
            set(receipts.filtered(lambda one: one.state == "issued").mapped("name")) - set(printed)
        )


if __name__ == "__main__":
    ReceiptWorld.main()
