"""Next year's grid as the board discusses it: the bands raised, or a progressive rate; compared with today's."""

from odoo.fields import Command

#: From which budget on, at which rate in percent: a progressive draft.
BRACKETS = ((0, 0.12), (150_000, 0.05), (500_000, 0.02))


class SimulationDemo:
    """Makes a second draft and a simulation for the demo company.

    :param demo: the ``association.demo``, in the company's context.
    """

    def __init__(self, demo):
        self.demo, self.env = demo, demo.env

    def make(self):
        """Draft the progressive grid beside next year's bands, and compare both."""
        this, bands = (self.demo._ref(name) for name in ("demo_grid_this", "demo_grid_next"))
        progressive = bands.copy({"name": f"{bands.name}, taux par tranches", "rounding_unit": "1"})
        association = self.demo._ref("category_association")
        old = progressive.rule_ids.filtered(lambda rule: association in rule.category_ids)
        old.unlink()
        self.env["association.fee.rule"].create(
            {
                "grid_id": progressive.id,
                "sequence": 1,
                "name": "Associations, selon le budget",
                "category_ids": [Command.link(association.id)],
                "basis": "budget",
                "method": "brackets",
                "amount": 30,
                "cap": 900,
                "bracket_ids": [Command.create({"starts_from": start, "rate": rate}) for start, rate in BRACKETS],
            }
        )
        simulation = self.env["association.fee.simulation"].create(
            {
                "name": f"Pour l’assemblée : quelle grille en {bands.date_from.year} ?",
                "reference_grid_id": this.id,
                "grid_ids": [Command.set((bands + progressive).ids)],
            }
        )
        names = ("demo_grid_progressive", "demo_simulation")
        self.demo._name_records(zip(names, (progressive, simulation), strict=True))
