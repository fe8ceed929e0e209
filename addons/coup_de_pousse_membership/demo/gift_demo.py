"""Gifts of the demo network: last year's with their tax receipts, this year's waiting for theirs."""

from datetime import date

from odoo import fields
from odoo.fields import Command

#: Donor, their address, mail.
DONORS = (
    ("Jeanne Quéméner", "4 rue des Lilas", "44000", "Nantes", "jeanne.quemener@example.org", False),
    ("Bastien Orvault", "18 quai de la Fosse", "44100", "Nantes", "bastien.orvault@example.org", False),
    ("Menuiserie Le Gall", "2 zone artisanale du Port", "56000", "Vannes", "atelier@le-gall.example", True),
)
#: Donor's rank, years back, month, day, kind, amount, mode, what.
GIFTS = (
    (0, 1, 3, 12, "money", 120, "transfer", "Don"),
    (0, 1, 11, 28, "money", 80, "cheque", "Don de fin d’année"),
    (2, 1, 6, 4, "goods", 950, False, "Dix chaises, au prix qu’elles ont coûté à l’entreprise"),
    (1, 0, 1, 8, "money", 200, "transfer", "Don"),
)


class GiftDemo:
    """Makes the gifts and the receipts of the demo company.

    :param demo: the ``association.demo``, in the company's context.
    """

    def __init__(self, demo):
        self.env = demo.env
        self.company = self.env.company
        self.today = fields.Date.context_today(demo)

    def make(self):
        """Make them all, as a treasurer's clicks would."""
        self.company.write(
            {
                "receipt_object": "Renforcer les petites et moyennes associations",
                "receipt_signatory": "Nadège Comptefleur",
                "receipt_signatory_title": "Trésorière",
                "receipt_enabled": True,
            }
        )
        donors = self._make_donors()
        gifts = self.env["association.gift"].create([self._prepare(donors, *gift) for gift in GIFTS])
        gifts.action_book()
        self._make_claim(donors[1])
        year = self.env["association.receipt.year"].create({"year": self.today.year - 1})
        self.env["association.tax.receipt"]._issue(self.company, year.year, year._find_entries())
        year.action_list()

    def _make_donors(self):
        names = ("name", "street", "zip", "city", "email", "is_company")
        country = {"country_id": self.env.ref("base.fr").id, "lang": "fr_FR"}
        return self.env["res.partner"].create([{**dict(zip(names, donor, strict=True)), **country} for donor in DONORS])

    def _prepare(self, donors, rank, back, month, day, kind, amount, mode, what):
        given = min(date(self.today.year - back, month, day), self.today)
        return {
            "partner_id": donors[rank].id,
            "date": given,
            "kind": kind,
            "amount": amount,
            "payment_mode": mode,
            "description": what,
        }

    def _make_claim(self, volunteer):
        """Note what a volunteer drove and paid, waiting for the signature."""
        car = self.env.ref("coup_de_pousse_membership.kilometre_rate_car_5")
        self.env["association.gift"].create(
            {
                "partner_id": volunteer.id,
                "kind": "waived",
                "payment_mode": False,
                "description": "Frais de déplacement",
                "expense_ids": [
                    Command.create({"name": "Conseil d’administration à Rennes", "rate_id": car.id, "kilometres": 212}),
                    Command.create({"name": "Péage", "amount": 9.4}),
                ],
            }
        )
