"""A gift that a receipt states stays as it is stated; its receipt is one click away."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..common.hold import hold
from .refusal_words import RefusalWords
from .year_payments import YearPayments


class AssociationGift(models.Model):
    _inherit = "association.gift"

    receipt_line_ids = fields.One2many("association.tax.receipt.line", "gift_id", readonly=True)
    receipt_id = fields.Many2one("association.tax.receipt", string="Tax receipt", compute="_compute_receipt_id")
    receipt_refusal = fields.Char(string="Why no receipt", compute="_compute_receipt_refusal")
    receipt_warning = fields.Char(compute="_compute_receipt_warning")

    def _compute_receipt_id(self):
        for gift in self:
            gift.receipt_id = gift.receipt_line_ids.filtered("is_live").receipt_id[:1]

    def _compute_receipt_refusal(self):
        words = RefusalWords(self.env)
        self.receipt_refusal = False
        booked = self.filtered(lambda gift: gift.state != "draft" and gift.date)
        for company in booked.company_id:
            own = booked.filtered(lambda gift, company=company: gift.company_id == company)
            for year in {gift.date.year for gift in own}:
                for entry in YearPayments(company, year).list_entries(gifts=own):
                    if entry.reason != "receipt":
                        self.browse(entry.values["gift_id"]).receipt_refusal = words.say(entry) or False

    @api.depends("amount", "given_back", "date", "partner_id")
    def _compute_receipt_warning(self):
        """Warn where what is given in return is more than the tax office takes for a small present."""
        forms = self.env["association.receipt.form"]
        for gift in self:
            kind = "company" if gift.partner_id.is_company else "individual"
            form = forms.search([("kind", "=", kind), ("date_from", "<=", gift.date)], order="date_from desc", limit=1)
            gift.receipt_warning = self._warn_of_present(form, gift) if form and gift.given_back else False

    def _warn_of_present(self, form, gift):
        """Return what to say of what is given in return for a gift; False where it is a small present."""
        if gift.given_back <= min(form.goods_share * gift.amount, form.goods_ceiling):
            return False
        return self.env._(
            "The tax office takes what is given in return for a small present up to %(share)s %% of the gift, and "
            "%(ceiling)s a year: above that, ask for a ruling before you issue a receipt.",
            share=round(100 * form.goods_share),
            ceiling=form.currency_id.format(form.goods_ceiling),
        )

    def write(self, vals):
        if {"given_back", "payment_mode", "state"} & vals.keys():
            self._check_not_stated()
        return super().write(vals)

    def _check_not_stated(self):
        stated = self.sudo().receipt_line_ids.filtered("is_live")[:1]
        if stated:
            raise UserError(
                self.env._(
                    "%(gift)s stands on receipt %(receipt)s: cancel that receipt first.",
                    gift=stated.gift_id.display_name,
                    receipt=stated.receipt_id.name,
                )
            )

    def action_receipt(self):
        """Issue the tax receipt of this gift, or open the one that it has."""
        self.ensure_one()
        self.check_access("write")
        hold(self)
        receipt = self.receipt_id
        if not receipt:
            entries = YearPayments(self.company_id, self.date.year).list_entries(gifts=self)
            if not entries:
                raise UserError(self.env._("Book the gift first: a receipt states what was received."))
            receipt = self.env["association.tax.receipt"]._issue(self.company_id, self.date.year, entries)
        return receipt._get_records_action(name=receipt.name)
