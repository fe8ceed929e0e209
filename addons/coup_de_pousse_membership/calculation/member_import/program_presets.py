"""What the exports of other programs call their columns.

Each preset is a plain table: the headers by which the program's export is recognised, and what each
of its columns feeds. Headers are compared folded (:func:`headers.fold`): case, accents and
punctuation do not count. Columns that a network has added of its own (the questions of an online
form) are understood as those of any list.

Where the headers were read: HelloAsso, the export of the memberships of a campaign; Galette, the
labels of ``members_fields`` that ``MembersCsv`` exports; Dolibarr, data set "Adhérents et
adhésions" of the module of members; Paheko, the default fields of a member's file.
"""

from dataclasses import dataclass, field

from ..table.headers import fold

#: A target with this mark yields to another column that feeds it.
WEAK = "?"


@dataclass(frozen=True)
class ProgramPreset:
    """One program's export.

    :param name: as the program calls itself.
    :param signature: sets of headers; a file that has all those of one of them is recognised.
    :param columns: header → target, or None for a column that is not imported.
    :param keep: header → values of the lines to import; lines with another value are left out.
    """

    name: str
    signature: tuple
    columns: dict
    keep: dict = field(default_factory=dict)

    def target(self, header):
        """Return ``(target, strength)`` of a header of this program, or None for another one."""
        key = fold(header)
        if key not in self.columns:
            return None
        target = self.columns[key]
        if not target:
            return None, 0
        return target.removesuffix(WEAK), 1 if target.endswith(WEAK) else 3

    def leaves_out(self, header, value):
        """Return whether a line is not to be imported, by the value of one of its cells."""
        kept = self.keep.get(fold(header))
        return bool(kept) and fold(value) not in kept

    def recognises(self, headers):
        """Return whether a set of folded headers is of this program."""
        return any(signature <= headers for signature in self.signature)


def _headers(text):
    return frozenset(fold(header) for header in text.split("|"))


HELLOASSO = ProgramPreset(
    name="HelloAsso",
    signature=(
        _headers("Référence commande|Date de la commande|Nom adhérent|Prénom adhérent"),
        _headers("Référence commande|Statut de la commande|Nom payeur|Email payeur"),
    ),
    columns={
        "reference commande": None,
        "date de la commande": "paid_on",
        "statut de la commande": None,
        "nom adherent": "last_name",
        "prenom adherent": "first_name",
        "nom payeur": "last_name?",
        "prenom payeur": "first_name?",
        "email payeur": "email?",
        "raison sociale": "name",
        "moyen de paiement": None,
        "billet": None,
        "numero de billet": None,
        "tarif": None,
        "montant tarif": "fee_paid",
        "code promo": None,
        "montant code promo": None,
        "carte d adherent": None,
        "attestation": None,
        "date de naissance": None,
    },
    keep={"statut de la commande": frozenset(["", "valide", "validee", "processed"])},
)

GALETTE = ProgramPreset(
    name="Galette",
    signature=(
        _headers("Titre|Nom|Prénom|Société|Exempt de cotisation"),
        _headers("Nom|Prénom|Pseudo|Date d'échéance"),
        _headers("Title|Name|First name|Company|Freed of dues"),
        frozenset(["nom adh", "prenom adh", "societe adh"]),
    ),
    columns={
        "numero d adherent": "ref",
        "identifiant": None,
        "member number": "ref",
        "id adh": None,
        "num adh": "ref",
        "statut": None,
        "status": None,
        "id statut": None,
        "nom": "last_name",
        "name": "last_name",
        "nom adh": "last_name",
        "prenom": "first_name",
        "first name": "first_name",
        "prenom adh": "first_name",
        "societe": "name",
        "company": "name",
        "societe adh": "name",
        "titre": "civility",
        "title": "civility",
        "titre adh": "civility",
        "pseudo": None,
        "nickname": None,
        "pseudo adh": None,
        "adresse adh": "street",
        "adresse2 adh": "street2",
        "adresse suite": "street2",
        "address continuation": "street2",
        "cp adh": "zip",
        "ville adh": "city",
        "pays adh": "country",
        "tel": "phone",
        "telephone": "phone",
        "phone": "phone",
        "tel adh": "phone",
        "gsm": "phone2",
        "mobile phone": "phone2",
        "gsm adh": "phone2",
        "e mail": "email",
        "email adh": "email",
        "site web": "website",
        "url adh": "website",
        "autres informations": "notes",
        "other informations": "notes",
        "autres informations admin": None,
        "info adh": None,
        "info public adh": "notes",
        "profession": None,
        "date de creation": "since",
        "creation date": "since",
        "date crea adh": "since",
        "date de modification": None,
        "date d echeance": None,
        "due date": None,
        "date echeance": None,
        "compte": None,
        "langue": None,
        "identifiant de connexion": None,
    },
)

DOLIBARR = ProgramPreset(
    name="Dolibarr",
    signature=(
        _headers("Libellé du type adhérent|Date fin adhésion"),
        _headers("Nom|Prénom|Nature|Société|Id adhésion"),
        _headers("Lastname|Firstname|Nature|Company|Member type label"),
        frozenset(["a lastname", "a firstname", "a morphy"]),
    ),
    columns={
        "id": None,
        "id adherent": "ref",
        "ref adherent": "ref",
        "titre civilite": "civility",
        "civilite": "civility",
        "nom": "last_name",
        "lastname": "last_name",
        "a lastname": "last_name",
        "prenom": "first_name",
        "firstname": "first_name",
        "a firstname": "first_name",
        "login": None,
        "identifiant": None,
        "genre": None,
        "nature": "kind",
        "nature de l adherent": "kind",
        "a morphy": "kind",
        "societe": "name",
        "company": "name",
        "a societe": "name",
        "departement": None,
        "departement canton": None,
        "code pays": None,
        "pays": "country",
        "tel pro": "phone",
        "telephone pro": "phone",
        "tel perso": "phone2",
        "telephone perso": "phone2",
        "tel portable": "phone2",
        "telephone portable": "phone2",
        "mobile": "phone2",
        "date de naissance": None,
        "anniversaire": None,
        "etat": None,
        "statut": None,
        "photo": None,
        "note publique": "notes",
        "note privee": None,
        "date creation": "since",
        "date de creation": "since",
        "date validation": None,
        "date derniere modification": None,
        "date de modification": None,
        "id type adherent": None,
        "libelle du type adherent": "category",
        "member type label": "category",
        "id adhesion": None,
        "date adhesion": "period_from",
        "date d adhesion": "period_from",
        "date fin adhesion": None,
        "date de fin d adhesion": None,
        "montant": "fee_paid",
        "amount": "fee_paid",
    },
)

PAHEKO = ProgramPreset(
    name="Paheko",
    signature=(
        _headers("Numéro de membre|Nom & prénom|Adresse E-Mail"),
        _headers("Numéro de membre|Nom et prénom|Date d'inscription"),
        _headers("Numéro de membre|Inscription à la lettre d'information"),
    ),
    columns={
        "numero de membre": "ref",
        "nom prenom": "full_name",
        "nom et prenom": "full_name",
        "pronom": "civility",
        "adresse e mail": "email",
        "mot de passe": None,
        "adresse postale": "street",
        "numero de telephone": "phone",
        "inscription a la lettre d information": None,
        "date d inscription": "since",
        "categorie": "category",
        "date de naissance complete": None,
        "annee de naissance": None,
        "anciennete": None,
        "age": None,
        "photo": None,
    },
)

#: The national directory of associations, as data.gouv.fr publishes it: those that are dissolved are in it.
RNA = ProgramPreset(
    name="RNA",
    signature=(_headers("id|id_ex|titre|titre_court|date_disso|position"),),
    columns={
        "id": "rna",
        "id ex": None,
        "siret": "siret",
        "titre": "name",
        "titre court": None,
        "objet": None,
        "date creat": "founded_on",
        "date decla": None,
        "nature": None,
        "observation": None,
        "adrs codepostal": "zip?",
        "adrs libcommune": "city?",
        "adrg libvoie": "street",
        "adrg codepostal": "zip",
        "adrg achemine": "city",
        "adrg pays": "country",
        "dir civilite": None,
        "siteweb": "website",
    },
    keep={"position": ("a",)},
)

PRESETS = {"helloasso": HELLOASSO, "galette": GALETTE, "dolibarr": DOLIBARR, "paheko": PAHEKO, "rna": RNA}


def recognise_preset(headers):
    """Return the key of the program that wrote a file with these headers, or None."""
    folded = {fold(header) for header in headers} - {""}
    return next((key for key, preset in PRESETS.items() if preset.recognises(folded)), None)
