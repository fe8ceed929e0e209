"""What the tests of payments share: calls, a bank, and files of it."""

import base64

from ..common import MembershipCommon

HEADER = "Date;Libellé;Débit;Crédit"


class PaymentCase(MembershipCommon):
    """Three members called 100 each, and a bank."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grid = cls.make_grid([(None, None, 100)])
        cls.bank = cls.company_data["default_journal_bank"]
        cls.treasurer = cls.users["treasurer"]
        for user in cls.users.values():
            user.lang = "en_US"

    @classmethod
    def make_calls(cls, count=3, name="Payer", income="on_call"):
        cls.company.membership_income_recognition = income
        members = cls.make_members(count, budget=1, name=name)
        return cls.make_memberships(members, cls.grid)._issue_calls().sorted("id")

    def make_import(self, lines, header=HEADER, user="treasurer", preview=True, encoding="utf-8", **values):
        content = "\n".join([header, *lines] if header else lines).encode(encoding)
        record = (
            self.env["association.payment.import"]
            .with_user(self.users[user])
            .create(
                {
                    "file": base64.b64encode(content),
                    "filename": "bank.csv",
                    "journal_id": self.bank.id,
                    **values,
                }
            )
        )
        if preview:
            record.action_preview()
        return record

    def day(self, number=1):
        return f"{number:02}/01/{self.year}"

    def statement_lines(self):
        return self.env["account.bank.statement.line"].search([("journal_id", "=", self.bank.id)])

    def balance(self, account):
        self.env.flush_all()
        rows = self.env["account.move.line"]._read_group(
            [("account_id", "=", account.id), ("parent_state", "=", "posted")], [], ["balance:sum"]
        )
        return self.company.currency_id.round(rows[0][0] or 0)
