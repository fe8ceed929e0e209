"""Statements of banks, made up from the specifications of their formats."""

OFX_1 = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20260131<LANGUAGE>FRA</SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>EUR
<BANKACCTFROM><BANKID>30003<BRANCHID>01234<ACCTID>00012345678<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20260101<DTEND>20260131
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260105<TRNAMT>+120.00<FITID>A1<NAME>VIR LES AMIS DU BOIS<MEMO>COT/2026/00012</STMTTRN>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260107120000<TRNAMT>-35,90<FITID>A2<NAME>PRLV ASSURANCE</STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>84.10<DTASOF>20260131</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
""".encode("cp1252")

OFX_2 = b"""<?xml version="1.0" encoding="UTF-8"?>
<?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>
<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR</CURDEF>
<BANKACCTFROM><BANKID>30003</BANKID><ACCTID>00012345678</ACCTID><ACCTTYPE>CHECKING</ACCTTYPE></BANKACCTFROM>
<BANKTRANLIST><DTSTART>20260101</DTSTART><DTEND>20260131</DTEND>
<STMTTRN><TRNTYPE>CREDIT</TRNTYPE><DTPOSTED>20260105</DTPOSTED><TRNAMT>120.00</TRNAMT><FITID>A1</FITID>
<NAME>Les Amis du Bois</NAME><MEMO>COT/2026/00012</MEMO></STMTTRN>
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""


def camt(entries, kind="053", version="02", iban="FR7630003012340001234567834"):
    """Return a CAMT message with some entries."""
    report = {"052": "Rpt", "053": "Stmt", "054": "Ntfctn"}[kind]
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{kind}.001.{version}"><BkToCstmr>
<GrpHdr><MsgId>1</MsgId></GrpHdr><{report}><Acct><Id><IBAN>{iban}</IBAN></Id></Acct>{entries}</{report}>
</BkToCstmr></Document>""".encode()


ONE = """<Ntry><Amt Ccy="EUR">120.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-01-05</Dt></BookgDt><AcctSvcrRef>A1</AcctSvcrRef><NtryDtls><TxDtls>
<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><Dbtr><Nm>Les Amis du Bois</Nm></Dbtr></RltdPties>
<RmtInf><Ustrd>COT/2026/00012</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"""
DEBIT = """<Ntry><Amt Ccy="EUR">35.90</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><DtTm>2026-01-07T12:00:00</DtTm></BookgDt><NtryRef>A2</NtryRef><NtryDtls><TxDtls>
<RltdPties><Cdtr><Pty><Nm>Assurance</Nm></Pty></Cdtr></RltdPties></TxDtls></NtryDtls>
<AddtlNtryInf>PRLV ASSURANCE</AddtlNtryInf></Ntry>"""
SEVERAL = """<Ntry><Amt Ccy="EUR">150.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-01-09</Dt></BookgDt><AcctSvcrRef>B7</AcctSvcrRef><NtryDtls>
<TxDtls><Refs><EndToEndId>E2E-1</EndToEndId></Refs><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<RltdPties><Dbtr><Nm>Un</Nm></Dbtr></RltdPties><RmtInf><Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>
<TxDtls><Amt Ccy="EUR">50.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><RltdPties><Dbtr><Nm>Deux</Nm></Dbtr></RltdPties></TxDtls>
</NtryDtls></Ntry>"""
PENDING = """<Ntry><Amt Ccy="EUR">80.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts>
<ValDt><Dt>2026-01-10</Dt></ValDt><AddtlNtryInf>VIR A VENIR</AddtlNtryInf></Ntry>"""

QIF = """!Type:Bank
D05/01/2026
T120.00
PVIR LES AMIS DU BOIS
MCOT/2026/00012
^
D07/01'26
T-1,035.90
PPRLV ASSURANCE
NPR12
^
""".encode("cp1252")


def cfonb_movement(day, amount, label, entry="0000001", account="00012345678"):
    """Return a line "04" of CFONB 120."""
    return f"0430003    01234EUR2 {account}05{day}  {day}{label:<31}  {entry} 0{amount}{'REF ' + entry:<16}"


def cfonb_more(day, kind, text, account="00012345678"):
    """Return a line "05" of CFONB 120."""
    return f"0530003    01234EUR2 {account}05{day}     {kind}{text:<70}  "


CFONB = "\r\n".join(
    [
        f"{'0130003    01234EUR2 00012345678  311225':<90}0000000000000{{{'':<16}",
        cfonb_movement("050126", "0000000001200{", "VIR LES AMIS DU BOIS"),
        cfonb_more("050126", "NPY", "Les Amis du Bois"),
        cfonb_more("050126", "LCC", "COT/2026/00012"),
        cfonb_movement("070126", "0000000000359}", "PRLV ASSURANCE", "0000002"),
        f"{'0730003    01234EUR2 00012345678  310126':<90}0000000000841{{{'':<16}",
    ]
).encode("cp1252")
