"""Funding plans at different risk: Lianes in 2018, as it was worked out, and two made-up organisations this year."""

from datetime import date

from odoo import fields
from odoo.fields import Command

#: Source, legal funder, line of the Cerfa, asked, planned, granted, probability of the rest.
LIANES = (
    ("Région", "Région", "74-REG", 50000, 48000, 48000, 0),
    ("MEAE", "État", "74-ETAT", 40000, 40000, 40000, 0),
    ("FDVA2", "État", "74-ETAT", 8000, 5000, 5000, 0),
    ("FONJEP", "État", "74-ETAT", 7164, 7164, 7164, 0),
    ("MEL", "MEL", "74-EPCI", 22000, 22000, 22000, 0),
    ("Département", "Département", "74-DEP", 15000, 15000, 0, 0.5),
    ("FSE conjoint", "Union européenne", "74-UE", 18000, 18000, 0, 0.6),
    ("Fondation", "Fondation", "74-PRIV", 10000, 10000, 0, 0.3),
    ("Cotisations", None, "756", 0, 6200, 6200, 0),
    ("Dons", None, "758", 0, 3636, 3636, 0),
    ("Formations", None, "70", 0, 20000, 12000, 0.8),
)
LIANES_CHARGES = {
    "60": 6000, "61": 15500, "62": 32500, "63": 3500, "64": 128000, "65": 2500, "66": 500, "68": 4000, "IND": 2500
}  # fmt: skip
#: Source: (month, day, amount, received) of each instalment; what came in did so on the day expected.
LIANES_INSTALMENTS = {
    "Région": ((3, 15, 24000, 24000), (11, 30, 24000, 0)),
    "MEAE": ((4, 30, 32000, 32000), (12, 15, 8000, 0)),
    "FDVA2": ((6, 30, 5000, 5000),),
    "FONJEP": ((2, 15, 1791, 1791), (5, 15, 1791, 1791), (8, 15, 1791, 1791), (11, 15, 1791, 0)),
    "MEL": ((7, 15, 22000, 0),),
    "Cotisations": ((2, 28, 4200, 4200), (6, 30, 2000, 1600)),
    "Dons": ((12, 20, 3636, 1200),),
    "Formations": ((3, 31, 4000, 4000), (6, 30, 4000, 4000), (10, 31, 4000, 4000)),
}


class FundingDemo:
    """Makes the plans of the demo company.

    :param demo: the ``accompaniment.demo``, in the company's context.
    :param named: function that returns the contact of an organisation by its name, made if need be.
    """

    def __init__(self, demo, named):
        self.env = demo.env
        self.named = named
        self.by_side = {(account.side, account.code): account for account in self.env["funding.account"].search([])}

    def make(self, mission):
        """Make them all; return the plan of Lianes."""
        plan = self.make_lianes(mission)
        year = fields.Date.context_today(plan).year
        self._make_small("Les Jardins partagés de l'Orge", year, (("Commune", "74-COM", 30000), ("Ventes", "70", 6000)))
        self._make_small(
            "Ressourcerie du Plateau",
            year,
            (
                ("Ventes", "70", 42000),
                ("Agglomération", "74-EPCI", 18000),
                ("État", "74-ETAT", 16000),
                ("Dons", "758", 9000),
            ),
        )
        return plan

    def make_lianes(self, mission):
        """Make the plan of Lianes coopération for 2018, with its instalments and two scenarios."""
        plan = self.env["funding.plan"].create(
            {
                "name": "Plan 2018",
                "partner_id": mission.partner_id.id,
                "mission_id": mission.id,
                "date_from": "2018-01-01",
                "date_to": "2018-12-31",
                "opening_cash": 30000,
            }
        )
        lines = self._make_products(plan, LIANES)
        self._make_charges(plan, LIANES_CHARGES)
        self.env["funding.instalment"].create(
            [
                {
                    "line_id": lines[name].id,
                    "date_expected": date(2018, month, day),
                    "amount": amount,
                    "date_received": received and date(2018, month, day),
                    "amount_received": received,
                }
                for name, parts in LIANES_INSTALMENTS.items()
                for month, day, amount, received in parts
            ]
        )
        kinds = [("Bénévolat des administrateurs", "864", "870", 400, 8000), ("Locaux prêtés", "861", "871", 0, 4000)]
        self.env["funding.in.kind"].create(
            [
                {
                    "plan_id": plan.id,
                    "name": name,
                    "use_account_id": self.by_side["charge", use].id,
                    "source_account_id": self.by_side["product", source].id,
                    "hours": hours,
                    "hour_rate": hours and 20,
                    "amount": amount,
                }
                for name, use, source, hours, amount in kinds
            ]
        )
        region, state = self.named("Région"), self.named("État")
        self._add_scenario(plan, "La Région arrête", {"funder_id": region.id, "kind": "stops"})
        self._add_scenario(plan, "L'État baisse de 10 %", {"funder_id": state.id, "kind": "less", "percent": 10})
        return plan

    def _make_products(self, plan, rows):
        lines = self.env["funding.line"].create(
            [
                {
                    "plan_id": plan.id,
                    "name": name,
                    "funder_id": funder and self.named(funder).id,
                    "account_id": self.by_side["product", code].id,
                    "amount_asked": asked,
                    "amount_planned": planned,
                    "amount_granted": granted,
                    "probability": probability,
                    "is_joint": "conjoint" in name,
                }
                for name, funder, code, asked, planned, granted, probability in rows
            ]
        )
        return {line.name: line for line in lines}

    def _make_charges(self, plan, amounts):
        self.env["funding.line"].create(
            [
                {"plan_id": plan.id, "account_id": self.by_side["charge", code].id, "amount_planned": amount}
                for code, amount in amounts.items()
            ]
        )

    def _make_small(self, name, year, sources):
        """Make a plan whose products are all granted, with one instalment in June each."""
        total = sum(amount for _source, _code, amount in sources)
        plan = self.env["funding.plan"].create(
            {
                "name": f"Plan {year}",
                "partner_id": self.named(name).id,
                "date_from": date(year, 1, 1),
                "date_to": date(year, 12, 31),
                "opening_cash": total // 3,
            }
        )
        rows = [
            (source, source if code.startswith("74") else None, code, amount, amount, amount, 0)
            for source, code, amount in sources
        ]
        lines = self._make_products(plan, rows)
        self._make_charges(plan, {"60": total // 10, "64": total - total // 10})
        self.env["funding.instalment"].create(
            [
                {"line_id": line.id, "date_expected": date(year, 6, 15), "amount": line.amount_granted}
                for line in lines.values()
            ]
        )
        self._add_scenario(plan, f"{sources[0][0]} : arrêt", {"line_id": lines[sources[0][0]].id, "kind": "stops"})

    def _add_scenario(self, plan, name, change):
        self.env["funding.scenario"].create({"plan_id": plan.id, "name": name, "change_ids": [Command.create(change)]})
