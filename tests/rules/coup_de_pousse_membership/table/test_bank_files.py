"""Statements in the formats of banks are tables like others: their columns are recognised, their lines understood."""

import datetime
import sys
from decimal import Decimal

import bank_files as made
import pytest
from coup_de_pousse_membership.calculation.payment.payment_columns import find_header, understand
from coup_de_pousse_membership.calculation.payment.payment_lines import read_movements
from coup_de_pousse_membership.calculation.table.bank_rows import HEADER
from coup_de_pousse_membership.calculation.table.table_reader import read_table, split_header
from coup_de_pousse_membership.calculation.table.table_rows import TableError

TODAY = datetime.date(2026, 2, 1)


def movements(content):
    table = split_header(read_table(content), 0)
    columns = understand(table.header, table.rows)
    return read_movements(table.rows, columns, TODAY, "EUR")


def told(content):
    return [(m.date.day, m.amount, m.kind, m.payer, m.label, m.reference) for m in movements(content)]


LABEL = "VIR LES AMIS DU BOIS COT/2026/00012"
#: name: file, and what it tells: (day, amount, kind, payer, label, reference).
CASES = {
    "OFX 1": (
        made.OFX_1,
        [(5, 120, "credit", "", LABEL, ""), (7, Decimal("-35.90"), "debit", "", "PRLV ASSURANCE", "")],
    ),
    "OFX 2": (made.OFX_2, [(5, 120, "credit", "", "Les Amis du Bois COT/2026/00012", "")]),
    "CAMT.053": (
        made.camt(made.ONE + made.DEBIT),
        [
            (5, 120, "credit", "Les Amis du Bois", "COT/2026/00012", ""),
            (7, Decimal("-35.90"), "debit", "Assurance", "PRLV ASSURANCE", ""),
        ],
    ),
    "CAMT.053, version 8": (
        made.camt(made.DEBIT, version="08"),
        [(7, Decimal("-35.90"), "debit", "Assurance", "PRLV ASSURANCE", "")],
    ),
    "CAMT.054, one entry of two transfers": (
        made.camt(made.SEVERAL, "054"),
        [(9, 100, "credit", "Un", "", "RF18539007547034 E2E-1"), (9, 50, "credit", "Deux", "", "")],
    ),
    "CAMT.052, announced": (made.camt(made.PENDING, "052"), [(10, 80, "left_out", "", "VIR A VENIR", "")]),
    "QIF": (
        made.QIF,
        [(5, 120, "credit", "", LABEL, ""), (7, Decimal("-1035.90"), "debit", "", "PRLV ASSURANCE", "PR12")],
    ),
    "CFONB 120": (
        made.CFONB,
        [
            (5, 120, "credit", "Les Amis du Bois", LABEL, "REF 0000001"),
            (7, Decimal("-35.90"), "debit", "", "PRLV ASSURANCE", "REF 0000002"),
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_a_statement_tells(name):
    content, expected = CASES[name]
    assert told(content) == expected


@pytest.mark.parametrize("name", CASES)
def test_a_statement_read_twice_has_the_same_keys(name):
    content = CASES[name][0]
    keys = [movement.key for movement in movements(content)]
    assert keys == [movement.key for movement in movements(content)]
    assert len(set(keys)) == len(keys)


def test_the_columns_are_recognised():
    table = split_header(read_table(made.camt(made.ONE)), 0)
    found = [column.target for column in understand(table.header, table.rows)]
    assert found == ["date", "label", "payer", "reference", "amount", "currency", "transaction_id", "status"]
    assert len(HEADER) == len(found)
    assert find_header([table.header, *table.rows]) == 0


def test_the_account_is_told():
    assert read_table(made.OFX_1).name == "00012345678"
    assert read_table(made.camt(made.ONE)).name == "FR7630003012340001234567834"
    assert read_table(made.CFONB).name == "00012345678"
    assert [read_table(content).format for content, _expected in CASES.values()][::7] == ["OFX", "CFONB 120"]


def test_a_server_without_the_library_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "ofxtools.Parser", None)
    with pytest.raises(TableError) as refusal:
        read_table(made.OFX_1)
    assert refusal.value.code == "no_ofx_reader"


BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "boom"><!ENTITY c "&b;&b;">]>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">&c;</Document>"""
OUTSIDE = BOMB.replace(b'<!ENTITY b "boom">', b'<!ENTITY b SYSTEM "file:///etc/hostname">')
#: name: (file, code)
BROKEN = {
    "OFX cut in its header": (b"OFXHEADER:100\n", "damaged_bank_file"),
    "OFX cut in a movement": (made.OFX_1[:-200], "damaged_bank_file"),
    "OFX without an amount": (made.OFX_2.replace(b"<TRNAMT>120.00</TRNAMT>", b""), "damaged_bank_file"),
    "OFX with entities": (b'<?OFX OFXHEADER="200"?><!DOCTYPE a [<!ENTITY b "c">]><OFX></OFX>', "damaged_bank_file"),
    "OFX without movements": (made.OFX_2.replace(b"STMTTRN>", b"OTHER>"), "no_entries"),
    "CAMT cut in two": (made.camt(made.ONE)[:-120], "damaged_bank_file"),
    "CAMT with entities": (BOMB, "damaged_bank_file"),
    "CAMT that fetches a file": (OUTSIDE, "damaged_bank_file"),
    "CAMT of no day": (made.camt(made.ONE.replace("2026-01-05", "2026-13-05")), "damaged_bank_file"),
    "CAMT of no number": (made.camt(made.ONE.replace("120.00", "NaN")), "damaged_bank_file"),
    "CAMT without entries": (made.camt(""), "no_entries"),
    "CAMT of two accounts": (
        made.camt(made.ONE).replace(b"</Stmt>", b"</Stmt><Stmt><Acct><Id><IBAN>FR76X</IBAN></Id></Acct></Stmt>"),
        "several_accounts",
    ),
    "QIF without an amount": (b"!Type:Bank\nD05/01/2026\nPVIR\n^\n", "damaged_bank_file"),
    "QIF of no day": (b"!Type:Bank\nD99/99/2026\nT1\n^\n", "damaged_bank_file"),
    "QIF without movements": (b"!Type:Bank\n", "no_entries"),
    "CFONB with a spoilt amount": (made.CFONB.replace(b"0000000001200{", b"00000000012x0{"), "damaged_bank_file"),
    "CFONB cut before its last balance": (made.CFONB[:-122], "damaged_bank_file"),
    "CFONB of no day": (made.CFONB.replace(b"05050126", b"05990126"), "damaged_bank_file"),
    "CFONB of two accounts": (
        made.CFONB + b"\r\n" + made.cfonb_movement("080126", "0000000000100{", "VIR", account="00099999999").encode(),
        "several_accounts",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_refused(name):
    content, code = BROKEN[name]
    with pytest.raises(TableError) as refusal:
        read_table(content)
    assert refusal.value.code == code
