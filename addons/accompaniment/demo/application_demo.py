"""Applications at each stage, one of them joint, papers, expenses, published grants and a strategy: all made up."""

import base64

from dateutil.relativedelta import relativedelta
from odoo import fields
from odoo.fields import Command

#: Subject, organisation, funder, line of the Cerfa, asked, granted, stage, days to its deadline, kind of deadline.
APPLICATIONS = (
    ("Formation des bénévoles", "Lianes coopération", "État", "74-ETAT", 8000, 0, "writing", 12, "application"),
    ("Observatoire des associations", "Lianes coopération", "Région", "74-REG", 25000, 0, "submitted", 40, "other"),
    ("Mécénat de compétences", "Lianes coopération", "Fondation", "74-PRIV", 10000, 0, "spotted", 25, "letter"),
    ("Animation du réseau", "Lianes coopération", "MEL", "74-EPCI", 22000, 22000, "running", 60, "final"),
    ("Atelier vélo", "Ressourcerie du Plateau", "Agglomération", "74-EPCI", 6000, 0, "refused", 0, ""),
)
#: Partner of the joint application and what it asks.
SHARES = (("Épicerie du Val", 9000.50), ("Maraude du Val", 6000), ("Vestiaire du Val", 4999.50))
GRANTS = """nomAttribuant;dateConvention;nomBeneficiaire;objet;montant
Région;2024-04-12;Lianes coopération;Animation du réseau;45000
Région;2023-05-03;Lianes coopération;Animation du réseau;42000
État;2024;Ressourcerie du Plateau;Emploi associatif;16000
Ville exemple;2024;Ressourcerie du plateau;Matériel;2500
Ville exemple;2024;Club des Aînés;Sorties;800
"""


class ApplicationDemo:
    """Makes what surrounds the plans of the demo company.

    :param demo: the ``accompaniment.demo``, in the company's context.
    :param named: function that returns the contact of an organisation by its name, made if need be.
    :param writer: the adviser.
    """

    def __init__(self, demo, named, writer):
        self.env, self.named, self.writer = demo.env, named, writer
        self.today = fields.Date.context_today(demo)
        self.accounts = {a.code: a for a in self.env["funding.account"].search([("side", "=", "product")])}

    def make(self):
        """Make them all."""
        applications = {row[0]: self._make_application(*row) for row in APPLICATIONS}
        self._make_joint()
        self._make_papers()
        self._make_expenses(applications["Animation du réseau"])
        self._make_objectives()
        importing = self.env["funding.grant.import"].create(
            {"file": base64.b64encode(GRANTS.encode()), "filename": "subventions_exemple.csv"}
        )
        importing.action_read()

    def _make_application(self, name, partner, funder, code, asked, granted, stage, days, kind):
        year = self.today.year
        application = self.env["funding.application"].create(
            {
                "name": name,
                "partner_id": self.named(partner).id,
                "funder_id": self.named(funder).id,
                "account_id": self.accounts[code].id,
                "amount_asked": asked,
                "amount_granted": granted,
                "stage": stage,
                "date_from": f"{year}-01-01",
                "date_to": f"{year}-12-31",
                "writer_id": self.writer.id,
                "agreement_on": self.today - relativedelta(months=5) if granted else False,
            }
        )
        if days:
            application.deadline_ids = [Command.create({"kind": kind, "date": self.today + relativedelta(days=days)})]
        return application

    def _make_joint(self):
        """A joint application of several networks that help people in need, as those of one department would make it."""
        self.env["funding.application"].create(
            {
                "name": "Collecte alimentaire commune",
                "partner_id": self.named(SHARES[0][0]).id,
                "funder_id": self.named("Département").id,
                "account_id": self.accounts["74-DEP"].id,
                "is_joint": True,
                "stage": "submitted",
                "date_from": f"{self.today.year + 1}-01-01",
                "date_to": f"{self.today.year + 1}-12-31",
                "writer_id": self.writer.id,
                "purpose": "Une collecte le même jour dans tout le département, au lieu de trois qui se gênent.",
                "share_ids": [
                    Command.create(
                        {
                            "partner_id": self.named(name).id,
                            "amount_asked": amount,
                            "is_lead": not rank,
                            "signed_on": self.today - relativedelta(days=10) if rank < 2 else False,
                        }
                    )
                    for rank, (name, amount) in enumerate(SHARES)
                ],
                "deadline_ids": [
                    Command.create({"kind": "other", "date": self.today + relativedelta(days=20), "note": "Commission"})
                ],
            }
        )

    def _make_papers(self):
        """Lianes has its papers, one of which is about to expire."""
        for xmlid, months in (("statutes", 30), ("officers", 11), ("accounts", 5), ("bank", 20)):
            kind = self.env.ref(f"accompaniment.paper_kind_{xmlid}")
            self.env["funding.paper"].create(
                {
                    "partner_id": self.named("Lianes coopération").id,
                    "kind_id": kind.id,
                    "issued_on": self.today - relativedelta(months=months),
                    "document": base64.b64encode(f"Exemple : {kind.name}\n".encode()),
                    "filename": f"{xmlid}.txt",
                }
            )

    def _make_expenses(self, application):
        partner = application.partner_id
        expenses = self.env["funding.expense"].create(
            [
                {"partner_id": partner.id, "name": name, "amount": amount, "date": self.today - relativedelta(months=2)}
                for name, amount in (("Salaire de l’animatrice, 1er semestre", 14000), ("Location de salles", 2400))
            ]
        )
        self.env["funding.claim"].create(
            {"application_id": application.id, "expense_id": expenses[0].id, "amount": 12000}
        )

    def _make_objectives(self):
        year = self.today.year
        common = {"partner_id": self.named("Lianes coopération").id, "year_from": year - 1, "year_to": year + 2}
        self.env["funding.objective"].create(
            [
                {
                    **common,
                    "name": "Aucun financeur au-dessus de 20 %",
                    "kind": "diversify",
                    "measure": "first_share",
                    "start": 0.4,
                    "target": 0.2,
                    "with_board": True,
                    "with_staff": True,
                    "needs": "Du temps pour écrire six dossiers par an.",
                },
                {
                    **common,
                    "name": "Parrainage d’entreprises plutôt que mécénat",
                    "kind": "partnership",
                    "measure": "own_words",
                    "measure_name": "Entreprises qui parrainent",
                    "start": 0,
                    "target": 4,
                    "with_board": True,
                    "with_partners": True,
                    "point_ids": [Command.create({"date": self.today - relativedelta(months=3), "value": 1})],
                },
            ]
        )
