"""The same payments in each format of the banks: matched alike, booked once; files that are not of this account."""

import base64

from odoo.exceptions import UserError
from odoo.tests import tagged

from .payment_common import PaymentCase


@tagged("post_install", "-at_install")
class TestPaymentFormats(PaymentCase):
    """Each file tells two payments of one day: the first names its call, the second nobody."""

    ACCOUNT = "00012345678"
    IBAN = "FR7630003012340001234567834"

    def make_file(self, content, journal=None):
        record = self.make_import([], preview=False, journal_id=(journal or self.bank).id)
        record.write({"file": base64.b64encode(content.encode()), "filename": "bank"})
        record.action_preview()
        return record

    def write_ofx(self, call):
        movements = "".join(
            f"<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>{self.year}0105<TRNAMT>{amount}<FITID>{number}<NAME>{name}</STMTTRN>"
            for amount, number, name in (("100.00", "X1", f"VIR {call.name}"), ("7.00", "X2", "VIR INCONNU"))
        )
        return (
            f"OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR"
            f"<BANKACCTFROM><BANKID>30003<ACCTID>{self.ACCOUNT}<ACCTTYPE>CHECKING</BANKACCTFROM>"
            f"<BANKTRANLIST>{movements}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
        )

    def write_camt(self, call):
        entries = "".join(
            f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>'
            f"<BookgDt><Dt>{self.year}-01-05</Dt></BookgDt><NtryDtls><TxDtls><RmtInf><Ustrd>{text}</Ustrd></RmtInf>"
            f"</TxDtls></NtryDtls></Ntry>"
            for amount, text in (("100.00", call.name), ("7.00", "Sans nom"))
        )
        return (
            '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>'
            f"<Stmt><Acct><Id><IBAN>{self.IBAN}</IBAN></Id></Acct>{entries}</Stmt></BkToCstmrStmt></Document>"
        )

    def write_qif(self, call):
        return f"!Type:Bank\nD05/01/{self.year}\nT100.00\nPVIR {call.name}\n^\nD05/01/{self.year}\nT7.00\nPVIR\n^\n"

    def write_cfonb(self, call):
        day = f"0501{self.year % 100}"
        head = f"30003    01234EUR2 {self.ACCOUNT}"
        movements = [
            f"04{head}05{day}  {day}{label:<31}  0000001 0{amount}{'':<16}"
            for label, amount in (("VIREMENT RECU", "0000000001000{"), ("VIREMENT", "0000000000070{"))
        ]
        movements.insert(1, f"05{head}05{day}     LCC{call.name:<70}  ")
        ends = [f"{code}{head}  {day}".ljust(90) + "0000000000000{".ljust(30) for code in ("01", "07")]
        return "\n".join([ends[0], *movements, ends[1]])

    def write_csv(self, call):
        return f"Date;Libellé;Montant\n05/01/{self.year};VIREMENT {call.name};100,00\n05/01/{self.year};VIREMENT;7,00"

    def writers(self):
        return (self.write_ofx, self.write_camt, self.write_qif, self.write_cfonb, self.write_csv)

    def test_each_format_is_matched_and_the_same_month_is_booked_once(self):
        call = self.make_calls(1)
        for booked in self.writers():
            with self.subTest(booked.__name__), self.cr.savepoint() as undone:
                record = self.make_file(booked(call))
                self.assertEqual(record.line_ids.mapped("certainty"), ["certain", "none"], record.file_description)
                self.assertEqual(record.line_ids[0].part_ids.move_id, call)
                record.action_confirm_certain()
                record.action_book_rest()
                self.assertEqual(call.payment_state, "paid")
                for again in self.writers():
                    self.assertEqual(
                        self.make_file(again(call)).line_ids.mapped("state"), ["known"] * 2, again.__name__
                    )
                self.assertEqual(len(self.statement_lines()), 2)
                undone.rollback()
                self.env.invalidate_all()

    def test_another_payment_of_the_day_is_another_one(self):
        call = self.make_calls(1)
        self.make_file(self.write_csv(call)).action_book_rest()
        more = self.write_qif(call) + f"D05/01/{self.year}\nT7.00\nPVIR AUTRE\n^\n"
        self.assertEqual(self.make_file(more).line_ids.mapped("state"), ["known", "known", "todo"])

    def test_the_statement_of_another_account_is_refused(self):
        call = self.make_calls(1)
        bank = self.env["res.partner.bank"]
        own = {"partner_id": self.company.partner_id.id, "allow_out_payment": True}
        self.bank.bank_account_id = bank.create({**own, "acc_number": self.IBAN})
        self.make_file(self.write_ofx(call))
        self.bank.bank_account_id = bank.create({**own, "acc_number": "FR7610107001011234567890129"})
        for write in (self.write_ofx, self.write_camt, self.write_cfonb):
            with self.subTest(write.__name__), self.assertRaisesRegex(UserError, "ends in (5678|7834).*ends in 0129"):
                self.make_file(write(call))

    def test_a_statement_is_no_list_of_members(self):
        content = self.write_camt(self.make_calls(1)).encode()
        record = self.env["association.member.import"].create({"file": base64.b64encode(content), "filename": "x"})
        with self.assertRaisesRegex(UserError, "statement of a bank account"):
            record.action_preview()
