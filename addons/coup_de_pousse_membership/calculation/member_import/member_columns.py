"""What the headers of a list of members mean: the name, the SIREN, the budget, the fee of a year…

French and English synonyms are known; what stands in brackets does not count. A column that is not
recognised is left out: the user may map it by hand. Two columns never feed the same target. How
headers are compared stands in ``table/headers.py``.
"""

import re
from dataclasses import dataclass

from ..table.headers import SAMPLE_ROWS, SPELLINGS, HeaderVocabulary, TableColumn, header_words, list_columns, outdone
from .column_values import look_at_values

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
        "montant regle, montant verse, montant encaisse, amount paid, paye, payee, regle, reglee, verse, versee,"
        "encaisse, encaissee, paid"
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
#: Words of a header that say that something was paid: "Cotisation 2026" does not, beside "Payé 2026".
PAID_WORDS = frozenset(
    "paye payee regle reglee verse versee encaisse encaissee paid paiement reglement versement encaissement".split()
)
#: Beside a column of first names, these are family names.
FAMILY_NAMES = frozenset(
    [frozenset(["nom"]), frozenset(["name"]), frozenset(["nom", "usage"]), frozenset(["nom", "usuel"])]
)

#: Words that say whose, or where, which do not matter as all columns are about the same organisation.
_NEUTRAL = """
    association asso structure organisme organisation organization siege social postal principal
    principale actuel actuelle adherent adherente membre beneficiaire entite general generale
    obligatoire facultatif euros euro eur annuel annuelle annee exercice
"""
NEUTRAL_WORDS = frozenset(_NEUTRAL.split())
_SPELLINGS = {**SPELLINGS, "nb": "nombre", "nbre": "nombre"}

_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_SEASON = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-/–]\s*((?:(?:19|20)?\d\d))(?!\d)")
_DUE = re.compile(r"\bd[ûÛ](?:e?s?)\b", re.IGNORECASE)
#: "Payé le" is a date, "payé" an amount.
_PAID_ON = re.compile(r"\b(?:pay|r[eé]gl|encaiss|vers)[eé]e?s?\s+le\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: The dots of "C.P." and of "S.I.R.E.N.".
_INITIALS = re.compile(r"(?<=\b\w)\.(?=\w\b)")
#: "codePostal" is two words.
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")


def _words(header):
    # Without its accent, "dû" is the article of "date du".
    header = _PAID_ON.sub("date paiement", _DUE.sub("due", header.replace("_", " ")))
    header = _YEAR.sub(" ", _SEASON.sub(" ", _BRACKETS.sub(" ", header)))
    return header_words(_CAMEL.sub(" ", _INITIALS.sub("", header)), _SPELLINGS)


def _phrase(header):
    return " ".join(_words(header))


def _essence(header):
    return frozenset(word for word in _words(header) if word not in NEUTRAL_WORDS)


def _joined(header):
    """Return a header without its spaces: "nombeneficiaire" is "nom bénéficiaire"."""
    return "".join(_words(header))


#: A known phrase, else one with neutral words around it, else one written without spaces. One word may be recognised in any line: a legal
#: form is "Association".
MEMBER_HEADERS = HeaderVocabulary(SYNONYMS, (_phrase, _essence, _joined), longest=80, fewest=2)
TARGETS = MEMBER_HEADERS.targets


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


def member_slot(target, index, year):
    """Return what two columns of a list of members cannot both feed.

    :param index: place of the column, for a target of :data:`REPEATED_TARGETS`.
    :param year: year of membership, for one of :data:`YEARLY_TARGETS`.
    """
    if target in REPEATED_TARGETS:
        return target, index
    return target, (year or None) if target in YEARLY_TARGETS else None


@dataclass
class MemberColumn(TableColumn):
    """A column of a list of members.

    :param year: year of membership, for a column of :data:`YEARLY_TARGETS` about one year.
    """

    year: int | None = None

    @property
    def slot(self):
        """What two columns cannot both feed."""
        return member_slot(self.target, self.index, self.year)


def understand(header, rows, year=None, preset=None, membership_year=None):
    """Return the :class:`MemberColumn` of each column, with the target it feeds.

    When several headers name one target, one of the preset goes first, then a known phrase before a
    phrase with words around, a figure of ``year`` (else of the latest year) before those of other
    years, then the first column. Other columns of telephone numbers feed ``phone2``.

    :param header: the header's row.
    :param rows: the rows below it, from which samples are taken.
    :param year: year of the figures to import, if it is known.
    :param preset: :class:`program_presets.ProgramPreset` of the program that wrote the file, or None.
    :param membership_year: year of the memberships, where the file does not say it.
    """
    columns = list_columns(header, rows, MemberColumn)
    strengths = {}
    for column in columns:
        column.target, strengths[column.index] = _target(column.header, preset)
        if column.target in YEARLY_TARGETS:
            column.year = period_year_in(column.header)
    _find_family_names(columns)
    strengths.update(look_at_values(columns, rows[:SAMPLE_ROWS]))
    if not preset:
        if not membership_year:
            _date_undated(columns)
        _find_history(columns, membership_year)
    _settle_claims(columns, strengths, year)
    return columns


def _target(header, preset):
    """Return what a header names, and how sure that is: by the preset, a known phrase, or less."""
    if preset and (known := preset.target(header)):
        return known
    found = MEMBER_HEADERS.recognise(header)
    return found.target, (2, 1, 0.5)[found.form] if found.target else 0


def _find_family_names(columns):
    """Beside first names, a column of names holds family names."""
    if all(column.target != "first_name" for column in columns):
        return
    for column in columns:
        if column.target == "name" and frozenset(_words(column.header)) in FAMILY_NAMES:
            column.target = "last_name"


def _find_history(columns, membership_year):
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
    _tell_called_from_paid(history)


def _date_undated(columns):
    """Give what says no year ("Payé le") the year of the column before it, where each year has its own."""
    if any(column.target in ("period_year", "period_from") for column in columns):
        return
    yearly = [column for column in columns if column.target in YEARLY_TARGETS]
    dated = [column for column in yearly if column.year]
    for column in yearly:
        if not column.year and dated:
            before = [other for other in dated if other.index < column.index]
            column.year = before[-1].year if before else dated[0].year


def _tell_called_from_paid(history):
    """Where another column says what was paid, or when, "Cotisation 2026" says what is called."""
    spoken = {column.index: header_has(column.header, PAID_WORDS) for column in history}
    proofs = {
        column.year
        for column in history
        if column.target == "paid_on" or (column.target == "fee_paid" and spoken[column.index])
    }
    for column in history:
        if column.target == "fee_paid" and column.year in proofs and not spoken[column.index]:
            column.target = "fee"
    paid = {column.year for column in history if column.target == "fee_paid"}
    for column in history:
        if column.target == "fee_due" and column.year in paid and _phrase(column.header) in DUE_OR_CALLED:
            column.target = "fee"


def header_has(header, words):
    """Return whether a header holds one of some words."""
    return bool(words & set(_words(header or "")))


def _settle_claims(columns, strengths, year):
    """Leave each slot to the column that has the best claim to it."""

    def strength(column):
        named = year_in(column.header) if column.target in FIGURE_TARGETS else None
        return strengths[column.index], named == year if year else 0, named or 0

    for column in outdone(columns, strength):
        column.target = "phone2" if column.target == "phone" else None
        column.year = None
