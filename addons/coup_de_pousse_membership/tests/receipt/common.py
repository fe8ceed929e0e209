"""An association that issues tax receipts, and those who gave to it."""

from ..common import ADDON, MembershipCommon

#: The server that has the styles waits for this test: the engine finds nobody, and prints all the same.
NOBODY = "http://127.0.0.1:9"
__all__ = ["ADDON", "ADDRESS", "NOBODY", "ReceiptCommon"]

ADDRESS = {"street": "4 rue des Lilas", "zip": "44000", "city": "Nantes"}


class ReceiptCommon(MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company._ensure_gift_accounting()
        cls.company.partner_id.write({**ADDRESS, "rna": "W442001234"})
        cls.company.write(
            {
                "receipt_enabled": True,
                "receipt_object": "Support to small associations",
                "receipt_signatory": "Odile Signer",
                "receipt_signatory_title": "Treasurer",
            }
        )
        cls.donor = cls.env["res.partner"].create({"name": "Jeanne Donor", "email": "j@donor.example", **ADDRESS})
        cls.firm = cls.env["res.partner"].create(
            {"name": "Firm", "is_company": True, "legal_form": "company", **ADDRESS}
        )
        cls.treasurer = cls.users["treasurer"]

    def give(self, amount, partner=None, book=True, **values):
        gift = (
            self.env["association.gift"]
            .with_user(self.treasurer)
            .create({"partner_id": (partner or self.donor).id, "amount": amount, "date": self.today, **values})
        )
        if book:
            gift.action_book()
        return gift

    def receipt(self, gift):
        gift.action_receipt()
        gift.invalidate_recordset()
        return gift.receipt_id

    def open_year(self, year=None):
        return self.env["association.receipt.year"].with_user(self.treasurer).create({"year": year or self.year})
