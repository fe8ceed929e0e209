"""A payment of a year, with the receipt that states it, or why none does."""

from odoo import fields, models

from ..gift.association_gift import PAYMENT_MODES
from .association_tax_receipt_line import NATURES


class AssociationReceiptPayment(models.Model):
    """Listed anew whenever the year is looked at; the receipts themselves do not rest on it."""

    _name = "association.receipt.payment"
    _description = "Payment of a Year of Receipts"
    _inherit = ["association.part"]
    _order = "date, id"
    _rec_name = "partner_id"

    year_id = fields.Many2one(
        "association.receipt.year", required=True, readonly=True, ondelete="cascade", index=True, check_company=True
    )
    company_id = fields.Many2one(related="year_id.company_id", store=True)
    currency_id = fields.Many2one(related="year_id.currency_id")
    partner_id = fields.Many2one("res.partner", string="Donor", required=True, readonly=True, ondelete="cascade")
    date = fields.Date(required=True, readonly=True)
    name = fields.Char(string="For", readonly=True)
    nature = fields.Selection(NATURES, required=True, readonly=True)
    payment_mode = fields.Selection(PAYMENT_MODES, readonly=True)
    amount = fields.Monetary(string="Received", readonly=True)
    amount_stated = fields.Monetary(string="On the receipt", readonly=True)
    reason = fields.Char(string="Why no receipt", readonly=True)
    standing = fields.Selection(
        [("ready", "To be issued"), ("stated", "On a receipt"), ("refused", "No receipt")], readonly=True, index=True
    )
    receipt_id = fields.Many2one("association.tax.receipt", readonly=True, check_company=True, ondelete="set null")
    gift_id = fields.Many2one("association.gift", readonly=True, check_company=True, ondelete="cascade")
    payment_line_id = fields.Many2one("account.move.line", readonly=True, check_company=True, ondelete="cascade")
    call_id = fields.Many2one("account.move", readonly=True, check_company=True, ondelete="cascade")

    def action_issue(self):
        """Issue the receipts of the payments chosen."""
        self.year_id.ensure_one()
        return self.year_id._issue_some(self)

    def action_view_source(self):
        """Open the gift, or the call that was paid."""
        self.ensure_one()
        self.check_access("read")
        record = self.gift_id or self.call_id
        return record._get_records_action(name=record.display_name)
