"""What the headers of a bank's statement mean, or of a list of payments by card.

The phrases are those of the exports of French banks (Crédit Agricole, Crédit Mutuel, La Banque Postale,
BNP Paribas, Société Générale, Caisse d'Épargne, Crédit Coopératif, Qonto…), of HelloAsso, and their
English equivalents. How headers are compared stands in ``table/headers.py``.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise, permutations

from ..table.headers import (
    SAMPLE_ROWS,
    SMALL_WORDS,
    SPELLINGS,
    HeaderVocabulary,
    TableColumn,
    header_words,
    list_columns,
    outdone,
)
from ..table.values import ValueProblem
from .payment_lines import read_amount

#: Target → phrases that name it, the best claim first.
SYNONYMS = {
    "date": (
        "date operation, date op, date comptabilisation, date comptable, date paiement, date, date operation local,"
        "date operation utc, date reglement, date ecriture, operation date, settlement date, settlement date utc,"
        "settlement date local, booking date, transaction date, payment date, completed date, date transaction,"
        "date valeur, date val, value date, date valeur utc, date valeur local, date commande"
    ),
    "label": (
        "libelle, libelle operation, libelle simplifie, libelle court, libelle long, libelle complet, detail ecriture,"
        "detail, details, nature operation, nature, operation, description, informations complementaires, motif,"
        "label, wording, communication, message, intitule, commentaire, note, memo, campagne, formulaire"
    ),
    "reference": (
        "reference, ref, reference operation, reference virement, reference bancaire, reference client, reference facture,"
        "numero facture, payment reference, invoice, end to end id, reference bout en bout, piece"
    ),
    "amount": (
        "montant, montant operation, montant euro, montant operation euro, montant total, montant total ttc,"
        "montant ttc, montant paiement, montant net, montant eur, amount, total amount, total amount incl vat,"
        "montant regle, montant paye, valeur, montant tarif"
    ),
    "debit": "debit, debit euro, montant debit, debits, sortie, sorties, depense, depenses, debit amount, paid out",
    "credit": "credit, credit euro, montant credit, credits, entree, entrees, recette, recettes, credit amount, paid in",
    "direction": "sens, debit credit, sens operation, credit debit, side, type debit credit",
    "payer": (
        "nom payeur, payeur, nom contrepartie, contrepartie, nom emetteur, emetteur, donneur ordre, nom tiers, tiers,"
        "raison sociale, raison sociale payeur, counterparty name, counterparty, payer, payer name, debtor name, nom,"
        "nom adherent, name, nom donneur ordre, nom titulaire"
    ),
    "payer_first": "prenom payeur, prenom, prenom adherent, first name, payer first name",
    "email": "email payeur, email, mail, courriel, e mail, adresse email, email adherent, payer email, adresse mail",
    "currency": "devise, currency, monnaie, code devise, devise locale, local amount currency",
    "transaction_id": (
        "transaction id, id transaction, identifiant transaction, numero operation, numero transaction, id paiement,"
        "numero paiement, reference paiement, identifiant paiement, payment id, identifiant operation, id operation,"
        "numero ecriture, id, identifiant, reference commande, numero commande"
    ),
    "status": "statut, statut paiement, etat, etat paiement, status, payment status, statut commande",
}
#: What may stand in several columns: their texts are joined.
REPEATED = frozenset(["label", "reference"])
_SMALL_WORDS = SMALL_WORDS | {"qui"}
_SPELLINGS = {**SPELLINGS, "euros": "euro", "eur": "euro", "mel": "mail"}
_BRACKETS = re.compile(r"\(([^)]*)\)")


def _phrase(header):
    return " ".join(header_words(header, _SPELLINGS, _SMALL_WORDS))


def _phrase_without_brackets(header):
    return _phrase(_BRACKETS.sub(" ", header))


def _joined(header):
    return _phrase(header).replace(" ", "")


#: What stands in brackets is left out last: "Montant (EUROS)"; "dateOp" is "date op".
PAYMENT_HEADERS = HeaderVocabulary(SYNONYMS, (_phrase, _phrase_without_brackets, _joined), longest=60)
#: What a bank may write twice: above the amounts, and above the balance that they lead to.
_BALANCE = frozenset(["solde", "balance", "solde compte", "account balance"])
find_header = PAYMENT_HEADERS.find_header
table_score = PAYMENT_HEADERS.table_score


@dataclass
class PaymentColumn(TableColumn):
    """A column of a file of payments."""

    @property
    def slot(self):
        """What two columns cannot both feed."""
        return (self.target, self.index) if self.target in REPEATED else self.target


def understand(header, rows):
    """Return the :class:`PaymentColumn` of each column, with the target it feeds.

    Two columns never feed the same target, except the texts of :data:`REPEATED`; the better phrase
    wins, then the first column. A column without any value is left out where another has the same
    target (a bank's amounts in francs). Pairs of debit and credit go before a single amount.
    """
    columns = list_columns(header, rows, PaymentColumn)
    ranks = {}
    for column in columns:
        found = PAYMENT_HEADERS.recognise(column.header)
        column.target = found.target
        # A company's name is worth more than its person's, and the payer's than the member's.
        ranks[column.index] = (bool(column.sample), -found.form, -found.phrase)
    for column in outdone(columns, lambda column: ranks[column.index]):
        column.target = None
    _find_amounts_under_balance(columns, rows)
    _choose_amount(columns)
    return columns


def _find_amounts_under_balance(columns, rows):
    """Where two columns are headed "Solde", the amounts are what the other one moves by from line to line."""
    if any(column.target in ("amount", "credit") for column in columns):
        return
    alike = [column for column in columns if _phrase(column.header) in _BALANCE]
    for amounts, balance in permutations(alike, 2):
        if _leads_to(_read_amounts(rows, amounts), _read_amounts(rows, balance)):
            amounts.target = "amount"
            return


def _read_amounts(rows, column):
    found = []
    for row in rows[:SAMPLE_ROWS]:
        with suppress(ValueProblem):
            found.append(read_amount(row.cells[column.index]) if column.index < len(row.cells) else None)
    return found


def _leads_to(amounts, balances):
    """Return whether balances move by the amounts, the latest line being the first or the last one."""
    if len(amounts) != len(balances) or len(amounts) < 2 or None in amounts or None in balances:
        return False
    latest_first = [after - before for after, before in pairwise(balances)] == amounts[:-1]
    return latest_first or [after - before for before, after in pairwise(balances)] == amounts[1:]


def _choose_amount(columns):
    """Read the amounts in a pair of columns, debit and credit, or in a single one."""
    targets = {column.target for column in columns}
    if "amount" not in targets:
        return
    left_out = "amount" if "credit" in targets else "debit"
    for column in columns:
        if column.target == left_out:
            column.target = None
