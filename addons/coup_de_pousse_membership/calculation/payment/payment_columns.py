"""Understand the headers of a bank's statement, or of a list of payments by card.

Headers are matched by meaning, as those of a list of members are: case, accents, punctuation and
small words do not count. The phrases are those of the exports of French banks (Crédit Agricole,
Crédit Mutuel, La Banque Postale, BNP Paribas, Société Générale, Caisse d'Épargne, Crédit Coopératif,
Qonto…), of HelloAsso, and their English equivalents.
"""

import re
from dataclasses import dataclass

from ..table.import_columns import HEADER_SEARCH_LINES, fold
from ..table.table_reader import cell_text

#: Target → phrases that name it, the best claim first.
SYNONYMS = {
    "date": (
        "date operation, date comptabilisation, date comptable, date paiement, date, date operation local,"
        "date operation utc, date reglement, date ecriture, operation date, settlement date, settlement date utc,"
        "settlement date local, booking date, transaction date, payment date, completed date, date transaction,"
        "date valeur, value date, date valeur utc, date valeur local, date commande"
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
TARGETS = tuple(SYNONYMS)
#: What may stand in several columns: their texts are joined.
REPEATED = frozenset(["label", "reference"])
#: A company's name is worth more than its person's, and the payer's than the member's.
_SMALL_WORDS = frozenset("a au aux d de des du en et l la le les un une pour par sur of the in for and s qui".split())
_SPELLINGS = {"n": "numero", "no": "numero", "num": "numero", "euros": "euro", "eur": "euro", "mel": "mail"}
_BRACKETS = re.compile(r"\(([^)]*)\)")


def _words(header):
    words = [_SPELLINGS.get(word, word) for word in fold(header.replace("_", " ")).split()]
    return " ".join(word for word in words if word not in _SMALL_WORDS)


_INDEX = {}
for _target, _phrases in SYNONYMS.items():
    for _rank, _phrase in enumerate(_phrases.split(",")):
        _INDEX.setdefault(_words(_phrase), (_target, _rank))


def recognise(header):
    """Return ``(target, rank)`` of one header (rank 0 is the best claim), or ``(None, 0)``.

    What stands in brackets is tried last: ``Montant (EUROS)``.
    """
    for penalty, text in ((0, header), (100, _BRACKETS.sub(" ", header))):
        if found := _INDEX.get(_words(text)):
            return found[0], found[1] + penalty
    return None, 0


@dataclass
class Column:
    """A column of the file.

    :param index: place in the row, from 0.
    :param target: one of :data:`TARGETS`, or None when it is left out.
    :param sample: first value below, to show.
    """

    index: int
    header: str
    target: str | None = None
    sample: str = ""


def table_score(rows):
    """Tell how much rows look like a list of payments: the number of targets its header names."""
    return max((_score(row) for row in rows[:HEADER_SEARCH_LINES]), default=0)


def find_header(rows):
    """Return the place in ``rows`` of the line, among the first ones, that names most targets."""
    scores = [_score(row) for row in rows[:HEADER_SEARCH_LINES]]
    return max(range(len(scores)), key=lambda place: (scores[place], -place), default=0)


def _score(row):
    texts = (cell for cell in row.cells if isinstance(cell, str) and 0 < len(cell) < 60)
    return len({recognise(text)[0] for text in texts} - {None})


def understand(header, rows):
    """Return the :class:`Column` of each column, with the target it feeds.

    Two columns never feed the same target, except the texts of :data:`REPEATED`; the better phrase
    wins, then the first column. A column without any value is left out where another has the same
    target (a bank's amounts in francs). Pairs of debit and credit go before a single amount.
    """
    width = max([len(header.cells), *(len(row.cells) for row in rows[:200])])
    columns, ranks = [], {}
    for index in range(width):
        text = cell_text(header.cells[index]) if index < len(header.cells) else ""
        sample = _sample(rows, index)
        if text or sample:
            column = Column(index, text, sample=sample)
            column.target, rank = recognise(text)
            ranks[index] = (not sample, rank, index)
            columns.append(column)
    _settle(columns, ranks)
    return columns


def _settle(columns, ranks):
    """Leave each target to the column that has the best claim to it."""
    best = {}
    for column in columns:
        if column.target and column.target not in REPEATED:
            if column.target not in best or ranks[column.index] < ranks[best[column.target].index]:
                best[column.target] = column
    for column in columns:
        if column.target in best and best[column.target] is not column:
            column.target = None
    if "credit" in best and "amount" in best:
        best["amount"].target = None
    elif "debit" in best and "amount" in best:
        best["debit"].target = None


def _sample(rows, index):
    for row in rows[:200]:
        if index < len(row.cells) and row.cells[index] not in ("", None):
            return cell_text(row.cells[index])[:80]
    return ""
