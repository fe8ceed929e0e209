"""QIF, Quicken's old format: one letter a line says what it holds, ``^`` ends a movement."""

from .bank_rows import BankEntry, join_label, make_sheet, read_day, read_decimal
from .encodings import decode

KIND = "QIF"
#: French banks write the day first; Quicken wrote the year after an apostrophe.
DAYS = ("%d/%m/%Y", "%d/%m/%y", "%m/%d/%Y", "%m/%d/%y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")


def is_qif(start):
    """Return whether a file begins as a QIF does.

    :param start: its first bytes, in lower case.
    """
    return start.startswith((b"!type:", b"!account"))


def read_qif(content):
    """Return the :class:`FileSheet` of a QIF file.

    :raise TableError: ``damaged_bank_file``, or what :func:`make_sheet` raises.
    """
    entries, values, accounts, in_account = [], {}, [], False
    for line, text in enumerate(decode(content).text.splitlines(), 1):
        code, value = text[:1], text[1:].strip()
        if code == "!":
            in_account = value.lower() == "account"
        elif code == "^":
            if in_account:
                accounts.append(values.get("N", ""))
            elif values:
                entries.append(_read(values, line))
            values = {}
        elif code:
            values.setdefault(code, value)
    if values and not in_account:
        entries.append(_read(values, line))
    return make_sheet(KIND, accounts, entries)


def _read(values, line):
    return BankEntry(
        date=read_day(values.get("D", "").replace("'", "/").replace(" ", ""), DAYS, KIND, line),
        amount=read_decimal(values.get("T") or values.get("U"), KIND, line),
        label=join_label(values.get("P", ""), values.get("M", "")),
        reference=values.get("N", ""),
    )
