"""Nothing is done twice by two clicks: the buttons of membership that make something."""

from odoo.fields import Command
from odoo.tests import tagged

from .races import RaceCase


@tagged("post_install", "-at_install")
class TestTwoClicks(RaceCase):
    def make_grid(self, year=2031):
        return self.make(
            "association.fee.grid",
            {
                "name": f"Two clicks {year}",
                "date_from": f"{year}-01-01",
                "date_to": f"{year}-12-31",
                "figures_year": year - 1,
                "rule_ids": [Command.create({"name": "All", "amount": 50})],
            },
        )

    def clean(self, model, domain):
        self.addCleanup(self.commit, lambda env: env[model].search(domain).unlink())

    def test_next_year_s_grid_is_drafted_once(self):
        grid_id = self.make_grid()
        copies = [("name", "=", "Two clicks 2032")]
        self.clean("association.fee.grid", copies)
        wizard_id = self.make("association.grid.duplicate.wizard", {"grid_id": grid_id})
        self.assert_once(
            "association.fee.grid",
            copies,
            lambda env: env["association.grid.duplicate.wizard"].browse(wizard_id).action_confirm(),
            "is there already",
        )

    def test_next_year_s_campaign_is_made_once(self):
        campaign_id = self.make("association.campaign", {"grid_id": self.make_grid(), "invoice_date": "2031-01-15"})
        self.make_grid(2032)
        following = [("previous_id", "=", campaign_id)]
        self.clean("association.campaign", following)
        self.assert_once(
            "association.campaign",
            following,
            lambda env: env["association.campaign"].browse(campaign_id).action_next_year(),
        )

    def test_a_cheque_is_put_on_one_slip(self):
        partner_id = self.make("res.partner", {"name": "Drawer of two clicks", "is_company": True})
        journal_id = self.make("account.journal", {"name": "Two clicks", "code": "TWOCB", "type": "bank"})
        cheque_id = self.make("association.cheque", {"partner_id": partner_id, "amount": 20})
        self.clean("association.cheque.deposit", [("journal_id", "=", journal_id)])
        self.assert_once(
            "association.cheque.deposit",
            [],
            lambda env: (
                env["association.cheque"].browse(cheque_id).with_context(default_journal_id=journal_id).action_deposit()
            ),
            "is on a deposit slip already",
        )
