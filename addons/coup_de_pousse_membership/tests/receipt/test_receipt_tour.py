"""Gifts and tax receipts in the browser, as the treasurer."""

from odoo.tests import HttpCase, tagged

from .common import ADDON, ReceiptCommon


@tagged("post_install", "-at_install")
class TestReceiptTour(ReceiptCommon, HttpCase):
    def test_from_a_gift_to_the_declaration_of_the_year(self):
        self.start_tour(
            f"/odoo/action-{ADDON}.action_association_gift",
            f"{ADDON}.tax_receipt",
            login=self.treasurer.login,
            timeout=180,
        )
        self.env.invalidate_all()
        gift = self.env["association.gift"].search([("partner_id", "=", self.donor.id)])
        self.assertEqual((gift.amount, gift.receipt_id.name), (120, f"{self.year}-0002"))
        self.give(30, self.firm)
        self.start_tour(
            f"/odoo/action-{ADDON}.action_association_receipt_year",
            f"{ADDON}.receipt_year",
            login=self.treasurer.login,
            timeout=180,
        )
        receipts = self.env["association.tax.receipt"].search([("state", "=", "issued"), ("year", "=", self.year)])
        self.assertEqual(receipts.mapped("amount"), [30, 120])
