"""What the columns of a published list of grants mean: those of the schema, and those that authorities really write.

Source: schema SCDL "subventions" 2.1.1 (scdl.opendatafrance.net), and files published under other headers.
"""

from odoo.addons.coup_de_pousse_membership.calculation.table.headers import (
    SPELLINGS,
    HeaderVocabulary,
    header_words,
    list_columns,
    outdone,
)

#: Target → phrases that name it.
PHRASES = {
    "funder": (
        "nom attribuant, nomattribuant, attribuant, collectivite, nom collectivite, organisme attributaire, financeur,"
        "nom financeur, direction"
    ),
    "funder_number": "identification attribuant, idattribuant, id attribuant, siret attribuant, siren attribuant",
    "date": (
        "date convention, dateconvention, date convention subvention, date decision, date attribution, annee,"
        "date deliberation, exercice, annee budgetaire, date vote, date"
    ),
    "reference": "reference decision, referencedecision, numero deliberation, numero decision, deliberation",
    "name": (
        "nom beneficiaire, nombeneficiaire, beneficiaire, nom association, association, tiers, raison sociale,"
        "nom tiers, organisme beneficiaire, denomination"
    ),
    "number": (
        "identification beneficiaire, idbeneficiaire, id beneficiaire, siret beneficiaire, siren beneficiaire, siret,"
        "siren, numero siret, numero siren"
    ),
    "rna": "rnabeneficiaire, rna beneficiaire, rna, numero rna",
    "subject": "objet, objet subvention, objet dossier, intitule, libelle, projet, nature projet, description",
    "amount": (
        "montant, montant total, montant total subvention, montant subvention, montant vote, montant attribue,"
        "montant accorde, montant euros, subvention"
    ),
    "nature": "nature, nature subvention, type aide, type subvention",
    "scheme": "dispositifaide, dispositif aide, dispositif, programme, politique",
}
#: Without these no line says who gave how much to whom.
NEEDED = ("name", "amount")


def _phrase(text):
    return " ".join(header_words(text, SPELLINGS))


def _joined(text):
    return "".join(header_words(text, SPELLINGS))


GRANT_HEADERS = HeaderVocabulary(PHRASES, (_phrase, _joined), longest=80, fewest=2)


def find_columns(header):
    """Return {target: place of its column}, the best phrase winning where two columns name one target."""
    columns, ranks = list_columns(header, []), {}
    for column in columns:
        found = GRANT_HEADERS.recognise(column.header)
        column.target = found.target
        ranks[column.index] = (-found.form, -found.phrase)
    for column in outdone(columns, lambda column: ranks[column.index]):
        column.target = None
    return {column.target: column.index for column in columns if column.target}
