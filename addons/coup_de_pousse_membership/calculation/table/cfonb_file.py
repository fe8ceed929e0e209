"""CFONB 120, the French banks' statement: lines of 120 characters, by the banks' own specification.

A line "04" is a movement, the lines "05" after it say more; "01" and "07" hold the balances.
"""

from decimal import Decimal

from .bank_rows import BankEntry, make_sheet, read_day
from .encodings import decode
from .table_rows import TableError

KIND = "CFONB 120"
LENGTH = 120
#: The last digit of an amount carries its sign: a letter each, first those of what comes in.
CREDIT, DEBIT = "{ABCDEFGHI", "}JKLMNOPQR"


def is_cfonb(start):
    """Return whether a file begins as a CFONB 120 does: an old balance, "01", in a line of 120 characters."""
    first = start.splitlines()[0] if start.strip() else b""
    return first[:2] in (b"01", b"04") and first[2:7].isdigit() and LENGTH - 4 <= len(first.rstrip(b"\r\n")) <= LENGTH


def read_cfonb(content):
    """Return the :class:`FileSheet` of a CFONB 120 file.

    :raise TableError: ``damaged_bank_file``, or what :func:`make_sheet` raises.
    """
    entries, accounts, code = [], [], ""
    for line, text in enumerate(decode(content).text.splitlines(), 1):
        text = text.ljust(LENGTH)
        code = text[:2]
        if code in ("01", "04", "07"):
            accounts.append(text[21:32].strip())
        if code == "04":
            entries.append(_read(text, line))
        elif code == "05" and entries:
            _add(entries[-1], text[45:48], text[48:118].strip())
    sheet = make_sheet(KIND, accounts, entries)
    if code != "07":
        raise TableError("damaged_bank_file", format=KIND, line=line)
    return sheet


def _read(text, line):
    return BankEntry(
        date=read_day(text[34:40], ["%d%m%y"], KIND, line),
        amount=_amount(text[90:104], text[19], line),
        label=text[48:79],
        reference=text[104:120],
        currency=text[16:19].strip(),
    )


def _amount(text, decimals, line):
    digits, last = text[:-1].strip(), text[-1:]
    sign = 1 if last in CREDIT else -1
    place = (CREDIT if sign == 1 else DEBIT).find(last)
    if place < 0 or not last or not digits.isdigit():
        raise TableError("damaged_bank_file", format=KIND, line=line)
    return sign * Decimal(f"{digits}{place}").scaleb(-int(decimals) if decimals.isdigit() else -2)


def _add(entry, kind, text):
    """Put what a line "05" says where it belongs: who pays, a reference, or more of the label."""
    if kind == "NPY":
        entry.payer = text
    elif kind in ("RCN", "REF"):
        entry.reference = f"{entry.reference.strip()} {text[:35].strip()}"
    else:
        entry.label = f"{entry.label.strip()} {text}"
