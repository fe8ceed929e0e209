"""What an association needs for its cheques: the account that they wait on, the numbers of its slips."""

from odoo import fields, models
from odoo.fields import Command


class ResCompany(models.Model):
    _inherit = "res.company"

    membership_cheque_account_id = fields.Many2one(
        "account.account",
        string="Cheques for collection (5112)",
        domain="[('reconcile', '=', True)]",
        check_company=True,
        help="Where the cheques of a deposit slip stand until the bank credits them.",
    )
    membership_cheque_sequence_id = fields.Many2one("ir.sequence", string="Numbers of deposit slips")

    def _get_bank_journal(self):
        """Return the bank account that is proposed where money comes in or goes out."""
        self.ensure_one()
        return self.env["account.journal"].search([("type", "=", "bank"), ("company_id", "=", self.id)], limit=1)

    def _get_cheque_account(self):
        """Return the account of cheques for collection: the one set, found (5112…), or made."""
        self.ensure_one()
        company = self.sudo()
        if not company.membership_cheque_account_id:
            accounts = self.env["account.account"].sudo().with_company(self)
            found = accounts.search(
                [("company_ids", "in", self.ids), ("code", "=like", "5112%"), ("reconcile", "=", True)],
                order="code",
                limit=1,
            )
            company.membership_cheque_account_id = found or company._create_named(
                accounts,
                {
                    "code": "511250" if accounts.search_count([("code", "=", "511200")]) else "511200",
                    "account_type": "asset_current",
                    "reconcile": True,
                    "company_ids": [Command.link(self.id)],
                },
                lambda record: record.env._("Cheques for collection"),
            )
        return company.membership_cheque_account_id

    def _get_cheque_sequence(self):
        """Return the sequence of deposit slips: no gap, starting again each year."""
        self.ensure_one()
        company = self.sudo()
        if not company.membership_cheque_sequence_id:
            company.membership_cheque_sequence_id = (
                self.env["ir.sequence"]
                .sudo()
                .create(
                    {
                        "name": f"Cheque deposit slips – {self.name}",
                        "implementation": "no_gap",
                        "prefix": "REM/%(range_year)s/",
                        "padding": 4,
                        "use_date_range": True,
                        "company_id": self.id,
                    }
                )
            )
        return company.membership_cheque_sequence_id
