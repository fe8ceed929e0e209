"""What the words in the cells of a list of members stand for: legal forms, countries, categories…"""

from dataclasses import dataclass, field

#: Legal forms as written in lists → key of ``res.partner.legal_form``.
LEGAL_FORMS = {
    "association_1901": (
        "association, association loi 1901, association loi de 1901, loi 1901, asso, association 1901,"
        "association declaree, association simple, association de fait loi 1901, 9220"
    ),
    "association_rup": ("association reconnue d utilite publique, arup, rup, reconnue d utilite publique, 9230"),
    "association_local_law": (
        "association de droit local, droit local, association alsace moselle, loi 1908,"
        "association de droit local alsace moselle, 9260"
    ),
    "foundation": "fondation, fondation reconnue d utilite publique, foundation, 9300",
    "endowment_fund": "fonds de dotation, endowment fund",
    "cooperative": "cooperative, scic, scop, sarl scop, sa scic, sas scic, cooperatif",
    "mutual": "mutuelle, mutual, mutual society",
    "company": "societe, entreprise, sarl, sas, sa, eurl, sasu, sci, company",
    "local_authority": (
        "collectivite, collectivite territoriale, commune, departement, region, mairie, epci,"
        "communaute de communes, metropole, communaute d agglomeration, local authority"
    ),
    "public_body": "etablissement public, organisme public, ccas, public body, epa, epic",
    "unincorporated": "collectif, association de fait, groupe, unincorporated group",
    "other": "autre, other, autres",
}
TOTALS = frozenset(("total", "totaux", "total general", "sous total", "subtotal", "totals"))

#: Columns and values by which a list says that an organisation is no more.
_ENDS = (
    "date dissolution,date de dissolution,date disso,dissoute le,dissous le,dissolution,date de radiation,"
    "date radiation,date de cessation,date de fermeture,date fermeture"
)
END_HEADERS = frozenset(_ENDS.split(","))
STATE_HEADERS = frozenset(
    ["position", "etat", "statut", "situation", "etat administratif", "etat association", "etat etablissement"]
)
ENDED = frozenset(
    "dissoute dissous dissout radiee radie fermee ferme cessee cesse supprimee supprime liquidee liquide".split()
)

#: What a list says in a column "person or organisation".
PERSON_KINDS = frozenset(["personne physique", *["physique", "phy", "particulier", "individu", "individual", "person"]])
ORGANISATION_KINDS = frozenset(
    ["personne morale", *["morale", "moral", "mor", "organisation", "organisme", "association", "company"]]
)


@dataclass
class CellVocabulary:
    """What the words in the cells of a list stand for.

    :param countries: folded name or code → id; same for ``sectors`` and ``categories``.
    :param legal_forms: folded name → key.
    :param left_empty: pairs of a target and a folded word that say nothing.
    :param siren_countries: ids of the countries whose organisations have a SIREN.
    :param default_has_siren: whether organisations without a country have one.
    """

    countries: dict = field(default_factory=dict)
    sectors: dict = field(default_factory=dict)
    categories: dict = field(default_factory=dict)
    legal_forms: dict = field(default_factory=dict)
    left_empty: set = field(default_factory=set)
    siren_countries: frozenset = frozenset()
    default_has_siren: bool = True

    def __post_init__(self):
        known = {phrase.strip(): key for key, text in LEGAL_FORMS.items() for phrase in text.split(",")}
        self.legal_forms = {**known, **self.legal_forms}

    def has_siren(self, country_id):
        """Return whether the organisations of a country (an id, or None) have a SIREN."""
        return country_id in self.siren_countries if country_id else self.default_has_siren
