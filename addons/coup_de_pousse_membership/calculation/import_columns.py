"""Understand the headers of a list of members: which column is the name, the SIREN, the budget…

Headers are matched by meaning: case, accents, punctuation, small words and what stands in brackets
do not count, and French and English synonyms are known. A column that is not recognised is left
out: the user may map it by hand. Two columns never feed the same target.
"""

import re
import unicodedata
from dataclasses import dataclass

from .table_reader import cell_text

#: Lines at the top of a file among which the header is looked for.
HEADER_SEARCH_LINES = 40

FIGURE_TARGETS = (
    "budget",
    "turnover",
    "employees",
    "volunteers",
    "members",
    "sites",
    "inhabitants",
)

#: Target → phrases that name it, without small words, accents or punctuation. The first ones are
#: what the file of refused lines and the documentation show.
SYNONYMS = {
    "name": (
        "nom, name, nom beneficiaire, association, structure, organisation, organisme, organization,"
        "raison sociale, denomination, denomination sociale, denomination unite legale, intitule,"
        "titre, nom complet, nom usage, nom usuel, libelle, beneficiaire, adherent, membre, member,"
        "nom structure, member name, company name, societe, etablissement, titre association,"
        "display name, nom entreprise, company, tiers, nom tiers"
    ),
    "siren": (
        "siren, numero siren, identification beneficiaire, identifiant beneficiaire,"
        "id beneficiaire, siren siret, siret siren, company registry, company id,"
        "identifiant siren, id prof 1, numero identification"
    ),
    "siret": (
        "siret, numero siret, siret siege, siret beneficiaire, identifiant siret, id prof 2,"
        "code siret, numero siret siege"
    ),
    "rna": (
        "rna, numero rna, waldec, numero waldec, code rna, identifiant rna, id rna,"
        "rna waldec, numero rna waldec, identifiant association, numero prefecture, numero declaration prefecture"
    ),
    "legal_form": (
        "forme juridique, legal form, statut juridique, nature juridique, categorie juridique,"
        "type structure, type organisme"
    ),
    "founded_on": (
        "date creation, founded on, founded, foundation date, creation, annee creation,"
        "date fondation, date declaration, date immatriculation"
    ),
    "street": (
        "adresse, street, adresse 1, adresse postale, rue, voie, numero voie, address,"
        "address 1, street 1, adresse ligne 1, numero rue, numero et voie, libelle voie"
    ),
    "street2": (
        "complement adresse, street 2, adresse 2, complement, address 2, adresse ligne 2,"
        "complement adresse 1, adresse suite"
    ),
    "zip": "code postal, zip, cp, postcode, postal code, zip code",
    "city": "ville, city, commune, localite, town, nom commune, libelle commune, bureau distributeur",
    "country": "pays, country, libelle pays, nom pays, code pays, country code",
    "email": (
        "email, mail, courriel, adresse email, adresse mail, adresse electronique, e mail,"
        "adresse e mail, mel, adresse courriel, email contact, mail contact, email address"
    ),
    "phone": (
        "telephone, phone, tel, numero telephone, telephone fixe, tel fixe, phone number,"
        "telephone 1, tel 1, portable, mobile, telephone portable, telephone mobile"
    ),
    "website": "site web, website, site internet, site, web, url, adresse site, page web",
    "sector": (
        "secteur, sector, secteur activite, industry, domaine, domaine activite, activite,"
        "activite principale, champ activite, thematique"
    ),
    "category": (
        "categorie, category, type adherent, categorie adherent, type adhesion, type membre,"
        "categorie membre, member category, membership type, qualite adherent, type"
    ),
    "since": (
        "date adhesion, since, member since, adherent depuis, membre depuis, date entree,"
        "annee adhesion, premiere adhesion, date premiere adhesion, joined on, joined, depuis,"
        "annee premiere adhesion, date admission, join date, date inscription"
    ),
    "budget": (
        "budget, budget annuel, montant budget, budget total, budget previsionnel, annual budget,"
        "total budget, produits, total produits, charges, total charges, budget realise"
    ),
    "turnover": (
        "chiffre affaires, turnover, ca, ca ht, chiffre affaires ht, ca annuel, revenue,"
        "chiffre affaires annuel, chiffre affaire"
    ),
    "employees": (
        "salaries, employees, etp, nombre salaries, nombre etp, effectif, effectifs, nb salaries,"
        "equivalent temps plein, fte, nb etp, effectif salarie, salaries etp, staff, etp salaries"
    ),
    "volunteers": "benevoles, volunteers, nombre benevoles, nb benevoles",
    "members": (
        "adherents, members, nombre adherents, nombre membres, nb adherents, nb membres, membres,"
        "number members, effectif adherents"
    ),
    "sites": (
        "nombre sites, sites, nombre etablissements, nb sites, nb etablissements, etablissements,"
        "number sites, nombre antennes, nombre creches"
    ),
    "inhabitants": (
        "habitants, inhabitants, population, nombre habitants, nb habitants, population municipale,"
        "population totale, number inhabitants"
    ),
    "notes": (
        "notes, remarques, observations, commentaires, commentaire, note, remarque, observation,comment, comments"
    ),
    "ref": (
        "reference, ref, code adherent, numero adherent, code, identifiant, id, code membre,"
        "numero membre, member number, code client, reference interne, internal reference,"
        "reference externe, matricule"
    ),
}
TARGETS = tuple(SYNONYMS)

#: Words that change nothing to what a column is.
_SMALL = "a au aux d de des du en et l la le les un une pour par sur of the in for and s"
SMALL_WORDS = frozenset(_SMALL.split())
#: Words that say whose, or where, which do not matter as all columns are about the same organisation.
_NEUTRAL = """
    association asso structure organisme organisation organization siege social postal principal
    principale actuel actuelle adherent adherente membre beneficiaire entite general generale
    obligatoire facultatif euros euro eur annuel annuelle annee exercice
"""
NEUTRAL_WORDS = frozenset(_NEUTRAL.split())
ABBREVIATIONS = {"n": "numero", "no": "numero", "num": "numero", "nb": "nombre", "nbre": "nombre"}

_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: The dots of "C.P." and of "S.I.R.E.N.".
_INITIALS = re.compile(r"(?<=\b\w)\.(?=\w\b)")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def fold(text):
    """Return a text in plain small letters and digits, its words separated by one space.

    ``"N° de SIRET (siège)"`` gives ``"n de siret siege"``: accents, ligatures and punctuation go.
    """
    text = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    text = text.replace("°", " ").replace("º", " ").replace("€", " euros ")
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", plain.casefold()).strip()


def _words(header):
    header = _YEAR.sub(" ", _BRACKETS.sub(" ", header.replace("_", " ")))
    header = _INITIALS.sub("", header)
    # "codePostal" is two words.
    header = re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])", " ", header)
    words = [ABBREVIATIONS.get(word, word) for word in fold(header).split()]
    return [word for word in words if word not in SMALL_WORDS]


def _essence(words):
    return frozenset(word for word in words if word not in NEUTRAL_WORDS)


def _index():
    exact, loose = {}, {}
    for target, phrases in SYNONYMS.items():
        for phrase in phrases.split(","):
            words = _words(phrase)
            exact.setdefault(" ".join(words), target)
            if essence := _essence(words):
                loose.setdefault(essence, target)
    return exact, loose


_EXACT, _LOOSE = _index()


def recognise(header):
    """Return ``(target, strength)`` of one header: strength 2 for a known phrase, 1 for a phrase
    with neutral words around, ``(None, 0)`` for neither.
    """
    words = _words(header)
    if not words:
        return None, 0
    if target := _EXACT.get(" ".join(words)):
        return target, 2
    if target := _LOOSE.get(_essence(words)):
        return target, 1
    return None, 0


def year_in(header):
    """Return the year that a header names (``Budget 2025``), or None."""
    years = _YEAR.findall(header)
    return int(years[-1]) if years else None


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


def find_header(rows):
    """Return the place in ``rows`` of the header: the line of the first ones that names most
    targets.

    Titles and notes above the table name none or one. One word may be recognised in any line (a
    legal form is "Association"): when no line names two targets, the first line with two cells or
    more is taken, else the first line.
    """
    scores = [_header_score(row) for row in rows[:HEADER_SEARCH_LINES]]
    best = max(range(len(scores)), key=lambda place: (scores[place], -place), default=0)
    if scores and scores[best] >= 2:
        return best
    wide = (place for place, row in enumerate(rows) if sum(cell != "" for cell in row.cells) > 1)
    return next(wide, best)


def table_score(rows):
    """Tell how much rows look like a list of members: the number of targets that its header
    names.
    """
    return max((_header_score(row) for row in rows[:HEADER_SEARCH_LINES]), default=0)


def _header_score(row):
    """Count the targets that a line names."""
    texts = (cell for cell in row.cells if isinstance(cell, str) and len(cell) < 80)
    return len({recognise(text)[0] for text in texts} - {None})


def understand(header, rows, year=None):
    """Return the :class:`Column` of each column, with the target it feeds.

    When several headers name one target, a known phrase goes before a phrase with words around, a
    figure of ``year`` (else of the latest year) before those of other years, then the first column.

    :param header: the header's row.
    :param rows: the rows below it, from which samples are taken.
    :param year: year of the figures to import, if it is known.
    """
    width = max([len(header.cells), *(len(row.cells) for row in rows)])
    cells = [cell_text(cell) for cell in header.cells] + [""] * (width - len(header.cells))
    columns = [
        Column(index, text, sample=_sample(rows, index))
        for index, text in enumerate(cells)
        if text or any(index < len(row.cells) and row.cells[index] != "" for row in rows)
    ]
    claims = {}
    for column in columns:
        target, strength = recognise(column.header)
        if not target:
            continue
        named = year_in(column.header) if target in FIGURE_TARGETS else None
        rank = (strength, named == year if year else 0, named or 0, -column.index)
        if target not in claims or rank > claims[target][0]:
            claims[target] = (rank, column)
    for target, (_rank, column) in claims.items():
        column.target = target
    return columns


def _sample(rows, index):
    for row in rows[:200]:
        if index < len(row.cells) and row.cells[index] not in ("", None):
            return cell_text(row.cells[index])[:80]
    return ""
