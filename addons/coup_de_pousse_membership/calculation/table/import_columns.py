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
    "zip_city": (
        "code postal ville, cp ville, code postal commune, ville code postal, cp commune, ville cp,"
        "localite code postal, code postal localite, postcode city, postcode town, zip city"
    ),
    "phone2": "autre telephone, telephone 2, tel 2, phone 2, second telephone, other phone",
    "last_name": "nom famille, last name, surname, nom usage personne, family name",
    "first_name": "prenom, prenoms, first name, given name, forename",
    "full_name": "nom prenom, prenom nom, nom et prenom adherent, full name",
    "civility": "civilite, titre civilite, pronom, civility, salutation, user title",
    "kind": (
        "personne physique ou morale, physique morale, moral physique, type personne, nature personne,"
        "particulier ou organisme, individual or organisation"
    ),
    "fee": (
        "cotisation appelee, montant appele, cotisation attendue, montant cotisation attendu, appel cotisation,"
        "fee, fee called, montant, amount, tarif"
    ),
    "fee_paid": (
        "cotisation, cotisation payee, cotisation reglee, cotisation versee, montant cotisation, adhesion,"
        "montant adhesion, adhesion payee, adhesion reglee, membership, membership fee, fee paid, montant paye,"
        "montant regle, montant verse, amount paid, paye, regle, paid"
    ),
    "fee_due": (
        "cotisation due, adhesion due, montant due, due, amount due, reste, reste due, reste payer, reste regler,"
        "reste due cotisation, solde cotisation, reste cotisation, impaye cotisation, restant due, solde, solde due, impaye, impayes, cotisation impayee, arriere, arrieres, balance due"
    ),
    "paid_on": (
        "date cotisation, date paiement cotisation, date paiement,"
        "date reglement, date versement, date encaissement, paid on, payment date"
    ),
    "period_year": (
        "annee cotisation, saison, campagne, annee campagne, membership year, annee, exercice, year, season"
    ),
    "period_from": (
        "debut adhesion, date debut adhesion, adhesion du, debut periode, date debut, valable du, valid from,start date"
    ),
    "period_to": (
        "fin adhesion, date fin adhesion, fin periode, date fin, valable jusqu, echeance, date echeance,"
        "expiration, date expiration, valid until, end date"
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
#: What says which years somebody was a member, and what was paid.
HISTORY_TARGETS = ("fee", "fee_paid", "fee_due", "paid_on", "period_year", "period_from", "period_to")
#: Of those, what may stand in one column for each year.
YEARLY_TARGETS = HISTORY_TARGETS[:4]
#: What may stand in several columns.
REPEATED_TARGETS = frozenset(["phone2"])
#: Words that make a column of amounts or years one about memberships: a list of grants has amounts too.
_SPOKEN = "cotisation cotisations adhesion adhesions fee membership saison season"
MEMBERSHIP_WORDS = frozenset(_SPOKEN.split())
#: Phrases that mean what was called where another column says what was paid, else what is still owed.
DUE_OR_CALLED = frozenset(["cotisation due", "adhesion due", "montant due", "due", "amount due"])
#: Beside a column of first names, these are family names.
FAMILY_NAMES = frozenset(
    [frozenset(["nom"]), frozenset(["name"]), frozenset(["nom", "usage"]), frozenset(["nom", "usuel"])]
)

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
_SEASON = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-/–]\s*((?:(?:19|20)?\d\d))(?!\d)")
_DUE = re.compile(r"\bd[ûÛ](?:e?s?)\b", re.IGNORECASE)
#: "Payé le" is a date, "payé" an amount.
_PAID_ON = re.compile(r"\b(?:pay|r[eé]gl|encaiss|vers)[eé]e?s?\s+le\b", re.IGNORECASE)
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
    # Without its accent, "dû" is the article of "date du".
    header = _PAID_ON.sub("date paiement", _DUE.sub("due", header.replace("_", " ")))
    header = _YEAR.sub(" ", _SEASON.sub(" ", _BRACKETS.sub(" ", header)))
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


def season_in(text):
    """Return the first year of a season (``2023-2024``, ``2023/24``), or None."""
    for first, second in _SEASON.findall(text):
        following = int(first) + 1
        if second in (str(following), f"{following % 100:02}"):
            return int(first)
    return None


def period_year_in(header):
    """Return the year of membership that a header names: the first one of a season."""
    return season_in(header) or year_in(header)


@dataclass
class Column:
    """A column of the file.

    :param index: place in the row, from 0.
    :param target: one of :data:`TARGETS`, or None when it is left out.
    :param sample: first value below, to show.
    :param year: year of membership, for a column of :data:`YEARLY_TARGETS` about one year.
    """

    index: int
    header: str
    target: str | None = None
    sample: str = ""
    year: int | None = None

    @property
    def slot(self):
        """What two columns cannot both feed."""
        if self.target in REPEATED_TARGETS:
            return self.target, self.index
        return self.target, self.year if self.target in YEARLY_TARGETS else None


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


def understand(header, rows, year=None, preset=None, membership_year=None):
    """Return the :class:`Column` of each column, with the target it feeds.

    When several headers name one target, one of the preset goes first, then a known phrase before a
    phrase with words around, a figure of ``year`` (else of the latest year) before those of other
    years, then the first column. Other columns of telephone numbers feed ``phone2``.

    :param header: the header's row.
    :param rows: the rows below it, from which samples are taken.
    :param year: year of the figures to import, if it is known.
    :param preset: :class:`import_presets.Preset` of the program that wrote the file, or None.
    :param membership_year: year of the memberships, where the file does not say it.
    """
    width = max([len(header.cells), *(len(row.cells) for row in rows)])
    cells = [cell_text(cell) for cell in header.cells] + [""] * (width - len(header.cells))
    columns = [
        Column(index, text, sample=_sample(rows, index))
        for index, text in enumerate(cells)
        if text or any(index < len(row.cells) and row.cells[index] != "" for row in rows)
    ]
    strengths = {}
    for column in columns:
        known = preset.target(column.header) if preset else None
        column.target, strengths[column.index] = known or recognise(column.header)
        if column.target in YEARLY_TARGETS:
            column.year = period_year_in(column.header)
    _tell_persons(columns)
    if not preset:
        _tell_history(columns, membership_year)
    _settle_claims(columns, strengths, year)
    return columns


def _tell_persons(columns):
    """Beside first names, a column of names holds family names."""
    if all(column.target != "first_name" for column in columns):
        return
    for column in columns:
        if column.target == "name" and frozenset(_words(column.header)) in FAMILY_NAMES:
            column.target = "last_name"


def _tell_history(columns, membership_year):
    """Take amounts and years for the history of memberships only where the headers say so.

    Some column must speak of memberships, and the year must stand in the header, or in a column of
    its own, or be given.
    """
    history = [column for column in columns if column.target in HISTORY_TARGETS]
    has_period = bool(membership_year) or any(column.target in ("period_year", "period_from") for column in history)
    usable = [column for column in history if column.year or has_period]
    spoken = any(MEMBERSHIP_WORDS & set(_words(column.header)) for column in usable)
    for column in history:
        if not spoken or column not in usable:
            column.target = column.year = None
    paid = {column.year for column in history if column.target == "fee_paid"}
    for column in history:
        if column.target == "fee_due" and column.year in paid and " ".join(_words(column.header)) in DUE_OR_CALLED:
            column.target = "fee"


def _settle_claims(columns, strengths, year):
    """Leave each slot to the column that has the best claim to it."""
    claims = {}
    for column in columns:
        if not column.target:
            continue
        named = year_in(column.header) if column.target in FIGURE_TARGETS else None
        rank = (strengths[column.index], named == year if year else 0, named or 0, -column.index)
        if column.slot not in claims or rank > claims[column.slot][0]:
            claims[column.slot] = (rank, column)
    winners = {column.index for _rank, column in claims.values()}
    for column in columns:
        if column.target and column.index not in winners:
            column.target = "phone2" if column.target == "phone" else None
            column.year = None


def _sample(rows, index):
    for row in rows[:200]:
        if index < len(row.cells) and row.cells[index] not in ("", None):
            return cell_text(row.cells[index])[:80]
    return ""
