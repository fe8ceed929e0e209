"""The dialog into which lines of a plan are pasted from a spreadsheet."""

from odoo import fields, models


class FundingPasteWizard(models.TransientModel):
    _name = "funding.paste.wizard"
    _description = "Paste Lines of a Plan"
    _inherit = ["funding.paste.mixin"]
    _rec_name = "plan_id"

    plan_id = fields.Many2one("funding.plan", required=True)
    side = fields.Selection(default="product")
    line_ids = fields.Many2many("funding.line", readonly=True, help="The lines that were added.")
    text = fields.Text(
        help="Four columns: line of the Cerfa (74-REG, 641…), label, planned, granted. The last one may be missing."
    )

    def _check_target(self):
        self.plan_id.check_access("write")
        if not self.done:
            self.plan_id._refuse_closed()

    def _add(self, vals_list):
        self.line_ids = self.env["funding.line"].create(vals_list)

    def _read_line(self, cells, accounts):
        """Return the values of one line.

        :raise ValueError: with the sentence that says what is wrong.
        """
        code, name, planned, granted = cells[:4]
        return {
            "plan_id": self.plan_id.id,
            "account_id": self._find_account(code, accounts).id,
            "name": name or False,
            "amount_planned": self._read_amount(planned),
            "amount_granted": self._read_amount(granted),
        }
