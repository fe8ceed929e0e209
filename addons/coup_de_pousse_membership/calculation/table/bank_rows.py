"""The statement of a bank in a format of banks, told as the rows of a table under one header.

Whatever the format, the same columns: what recognises the columns of a CSV then recognises these.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from .table_rows import FileRow, FileSheet, RowCounter, TableError

HEADER = (
    "Date",
    "Libellé",
    "Nom contrepartie",
    "Référence",
    "Montant",
    "Devise",
    "Identifiant transaction",
    "Statut",
)


@dataclass
class BankEntry:
    """One movement of an account.

    :param amount: signed: what came in is positive.
    :param number: the bank's own reference of the transaction.
    """

    date: datetime.date
    amount: Decimal
    label: str = ""
    payer: str = ""
    reference: str = ""
    currency: str = ""
    number: str = ""
    status: str = ""


def make_sheet(kind, accounts, entries):
    """Return the :class:`FileSheet` of a statement: entries are numbered from 1 as they stand in the file.

    :param accounts: numbers of the accounts that the file is about.
    :raise TableError: ``several_accounts``, ``no_entries``, or what a table that is too large raises.
    """
    accounts = list(dict.fromkeys(filter(None, accounts)))
    if len(accounts) > 1:
        raise TableError("several_accounts", accounts=", ".join(accounts))
    counter, rows = RowCounter(), [FileRow(0, HEADER)]
    for line, entry in enumerate(entries, 1):
        cells = (
            entry.date,
            " ".join(entry.label.split()),
            " ".join(entry.payer.split()),
            " ".join(entry.reference.split()),
            f"{entry.amount:.2f}",
            entry.currency,
            entry.number,
            entry.status,
        )
        rows.append(FileRow(line, cells))
        counter.count(rows[-1])
    if len(rows) == 1:
        raise TableError("no_entries", format=kind)
    return FileSheet(rows, "bank", name=accounts[0] if accounts else "", format=kind)


def join_label(name, memo):
    """Return the label of a movement: banks put it in its name, in its memo, or in both."""
    return f"{name} {memo}" if memo and memo != name else name


def read_decimal(text, kind, line=None):
    """Return an amount as banks write it in these formats: ``-12.50``, ``1,234.50``, ``12,50``.

    :raise TableError: ``damaged_bank_file``.
    """
    text = "".join((text or "").split())
    if "," in text and "." in text:
        text = text.replace(",", "")
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or abs(number) >= 10**13:
        raise TableError("damaged_bank_file", format=kind, line=line or "?")
    return number


def read_day(text, forms, kind, line=None):
    """Return a day by the first of some forms of ``strptime`` that it has.

    :raise TableError: ``damaged_bank_file``.
    """
    for form in forms:
        try:
            return datetime.datetime.strptime(text or "", form).date()
        except ValueError:
            continue
    raise TableError("damaged_bank_file", format=kind, line=line or "?")
