"""Read the lines of a bank's statement: date, text, signed amount, and a key that never changes.

The key tells a line apart for ever: the transaction's number where the bank gives one with its day,
amount and payer, else the day, the amount and the text; and how many equal lines stood before it in the
file. Two files that overlap therefore give the same keys to the same lines, and two equal payments of
one day stay two.
"""

import datetime
import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from ..table.headers import fold
from ..table.table_reader import cell_text
from ..table.values import ValueProblem, decimal_mark, read_date, read_number, read_text

#: Words of a "status" column that say that money has come in…
RECEIVED = frozenset(
    """paye payee payes payees paid regle reglee valide validee validated execute executee executed effectue effectuee
    complete completee completed termine terminee reussi reussie succeeded successful success recu recue received
    encaisse encaissee collected credite creditee credited settled comptabilise comptabilisee booked posted traite
    traitee processed confirme confirmee confirmed accepte acceptee accepted captured cleared ok""".split()
)
#: … that it has not, or has gone back…
NOT_RECEIVED = frozenset(
    """refuse refusee refused rembourse remboursee remboursement refunded refund annule annulee annulation canceled
    cancelled declined denied echoue echouee echec failed failure attente pending venir prevu prevue planned scheduled
    conteste contestee contested disputed chargeback rejete rejetee rejected erreur error abandonne abandonnee abandoned
    expire expiree expired impaye impayee unpaid reverse reversed""".split()
)
#: … and that say neither.
_NEUTRAL = frozenset(
    """paiement payment virement transfer transaction operation commande order par carte cb bancaire le la du de est
    a ete statut status out""".split()
)
OUTGOING = frozenset("d debit db sortie out depense".split())
#: What banks print for their own currency.
CURRENCY_WORDS = {"€": "EUR", "EURO": "EUR", "EUROS": "EUR", "E": "EUR", "$": "USD", "£": "GBP", "FS": "CHF"}
_SIGNED = re.compile(r"^\s*(?P<open>\()?\s*(?P<before>[-+−–])?(?P<number>.*?)(?P<after>[-+−–])?\s*\)?\s*$", re.DOTALL)
_MINUS = frozenset("-−–")
CENT = Decimal("0.01")
_OLD_KEY = re.compile(r"id:(?P<number>.*?)(?:#\d+)?$", re.DOTALL)


@dataclass
class Movement:
    """One line of the statement.

    :param amount: signed: what came in is positive.
    :param kind: ``credit``, ``debit``, ``left_out`` (no money came in), ``doubtful`` (nobody knows whether it
        did), or ``refused``.
    :param status: what the file says of that.
    :param problems: codes and values of what cannot be read: ``(code, header, values)``.
    :param key: what tells the line apart for ever (``""`` where it is refused).
    """

    line: int
    kind: str = "credit"
    date: datetime.date | None = None
    label: str = ""
    reference: str = ""
    payer: str = ""
    email: str = ""
    amount: Decimal = Decimal(0)
    currency: str = ""
    transaction_id: str = ""
    status: str = ""
    key: str = ""
    problems: list = field(default_factory=list)


def read_amount(cell, mark=None):
    """Return a signed amount to the cent, or None for an empty cell.

    Read: ``-12,50``, ``12,50-``, ``(12,50)``, ``− 1 250,00 €``.

    :raise ValueProblem: as :func:`table.values.read_number`, and ``cents``.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        number = abs(Decimal(str(cell)))
        sign = -1 if cell < 0 else 1
    else:
        text = cell if isinstance(cell, str) else cell_text(cell)
        match = _SIGNED.match(text)
        negative = match["open"] or {match["before"], match["after"]} & _MINUS
        sign = -1 if negative and match["number"].strip() else 1
        number = read_number(match["number"].strip(), mark)
    if number is None:
        return None
    rounded = number.quantize(CENT)
    if abs(rounded - number) > Decimal("0.0001"):
        raise ValueProblem("cents", value=cell_text(cell))
    return sign * rounded


def read_movements(rows, columns, today, currency):
    """Return the :class:`Movement` of each row.

    :param columns: objects with ``index``, ``header`` and ``target``.
    :param today: settles the century of a year of two digits.
    :param currency: code of the journal's currency, for lines that name none.
    """
    reader = _MovementReader(columns, rows, today, currency)
    movements = [movement for row in rows if (movement := reader.read_row(row)) is not None]
    seen = Counter()
    # What is left out comes last: beside a payment that was tried again, it would take its rank.
    for movement in sorted(movements, key=lambda movement: movement.kind not in ("credit", "debit")):
        if not movement.problems:
            movement.key = _key(movement, seen)
    return movements


def _key(movement, seen):
    payer = movement.payer or movement.label or movement.reference
    if movement.transaction_id:
        return _transaction_key(movement.transaction_id, movement.date, movement.amount, payer, seen)
    text = " ".join([fold(movement.label), fold(movement.reference), fold(movement.payer)])
    return _hashed("h:", f"{movement.date.isoformat()}|{movement.amount}|{text}", seen)


def _transaction_key(number, day, amount, payer, seen):
    """Return the key of a payment that has a number: some banks start their numbers again each month."""
    return _hashed("n:", f"{number}|{day.isoformat()}|{amount:.2f}|{fold(payer)}", seen)


def _hashed(kind, base, seen):
    # Equal payments are told apart by their rank: several of one order, or of one day.
    seen[base] += 1
    return kind + hashlib.sha256(f"{base}|{seen[base]}".encode()).hexdigest()[:40]


def renew_keys(lines):
    """Return keys as :func:`read_movements` gives them, for lines that may have been read by an earlier version.

    That one took the number alone, and the rank of equal numbers: ``id:0000001``, ``id:0000001#2``.

    :param lines: ``[(key, day, amount, payer, or what the line says instead)]``, in the order in which they were read.
    """
    seen = Counter()
    return [
        _transaction_key(found["number"], day, amount, payer, seen) if (found := _OLD_KEY.match(key)) else key
        for key, day, amount, payer in lines
    ]


class _MovementReader:
    """Reads the cells of one file, whose decimal mark is told once from all its amounts."""

    def __init__(self, columns, rows, today, currency):
        self.columns = {}
        for column in columns:
            if column.target:
                self.columns.setdefault(column.target, []).append(column)
        self.today, self.currency = today, currency
        money = [column.index for target in ("amount", "debit", "credit") for column in self.columns.get(target, [])]
        self.has_status = any(self.text(row, "status") for row in rows)
        self.mark = decimal_mark(
            row.cells[index].strip("()+-−– ")
            for row in rows
            for index in money
            if index < len(row.cells) and isinstance(row.cells[index], str)
        )

    def cells(self, row, target):
        """Return ``(header, cell)`` of the columns that feed a target."""
        return [
            (column.header, row.cells[column.index] if column.index < len(row.cells) else "")
            for column in self.columns.get(target, [])
        ]

    def text(self, row, target, separator=" "):
        texts = [" ".join(cell_text(cell).split()) for _header, cell in self.cells(row, target)]
        return separator.join(dict.fromkeys(filter(None, texts)))

    def read_row(self, row):
        """Return the movement of a row, or None where it holds neither a date nor an amount."""
        movement = Movement(row.line)
        movement.date = self.value(row, "date", lambda cell: read_date(cell, self.today), movement)
        amount = self.amount(row, movement)
        movement.label = self.text(row, "label")
        movement.reference = self.text(row, "reference")
        names = [self.text(row, "payer_first"), self.text(row, "payer")]
        movement.payer = " ".join(filter(None, names))
        movement.email = self.text(row, "email").casefold()
        movement.transaction_id = self.text(row, "transaction_id")
        code = self.text(row, "currency").upper()
        movement.currency = CURRENCY_WORDS.get(code, code) or self.currency
        if not movement.problems:
            if movement.date is None and amount is None:
                return None
            # A line of totals or of balance has an amount and no day.
            self.check(movement, amount)
        movement.amount = amount if amount is not None else Decimal(0)
        movement.status = self.text(row, "status")
        movement.kind = self.kind(movement)
        return movement

    def check(self, movement, amount):
        if movement.date is None:
            movement.problems.append(("no_date", "", {}))
        elif not datetime.date(1990, 1, 1) <= movement.date <= self.today + datetime.timedelta(days=31):
            movement.problems.append(("future", "", {"value": movement.date.isoformat()}))
        if amount is None:
            movement.problems.append(("no_amount", "", {}))
        elif not amount:
            movement.problems.append(("zero", "", {}))
        if movement.currency != self.currency:
            values = {"value": movement.currency, "expected": self.currency}
            movement.problems.append(("currency", "", values))

    def kind(self, movement):
        """Return what becomes of a line: only a state that is known to bring money makes a payment of it."""
        words = {*fold(movement.status.replace("_", " ")).split()} - _NEUTRAL
        if words & NOT_RECEIVED:
            return "left_out"
        if movement.problems:
            return "refused"
        if self.has_status and not (words and words <= RECEIVED):
            return "doubtful"
        return "credit" if movement.amount > 0 else "debit"

    def value(self, row, target, read, movement):
        """Read the first cell of a target that holds something; note what cannot be read."""
        for header, cell in self.cells(row, target):
            try:
                read_text(cell)
                value = read(cell)
            except ValueProblem as problem:
                movement.problems.append((problem.code, header, problem.values))
                return None
            if value is not None:
                return value
        return None

    def amount(self, row, movement):
        """Return the signed amount: one column, one with its direction, or a debit and a credit."""

        def read(cell):
            return read_amount(cell, self.mark)

        credit = self.value(row, "credit", read, movement)
        debit = self.value(row, "debit", read, movement)
        if credit and debit:
            movement.problems.append(("both", "", {}))
            return None
        if credit or debit:
            # Some banks print the debits with a minus, others without.
            return credit or -abs(debit)
        amount = self.value(row, "amount", read, movement)
        if amount is None:
            return credit if credit is not None else debit
        outgoing = fold(self.text(row, "direction")) in OUTGOING
        return -abs(amount) if outgoing else amount
