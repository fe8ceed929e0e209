"""What the database knows of what a list speaks of, read in a number of queries that does not depend on how
many lines there are.
"""

from dataclasses import dataclass

from babel import Locale
from odoo.fields import Domain

from ...calculation.member_import.cell_vocabulary import CellVocabulary
from ...calculation.member_import.member_columns import FIGURE_TARGETS
from ...calculation.member_import.member_matching import Body
from ...calculation.register import identifiers
from ...calculation.table.headers import fold
from ..register.res_partner import SIREN_COUNTRY_CODES

#: Fields of a contact that a line may give.
PARTNER_FIELDS = (
    "name",
    "company_registry",
    "rna",
    "ref",
    "legal_form",
    "founded_on",
    "street",
    "street2",
    "zip",
    "city",
    "country_id",
    "email",
    "phone",
    "website",
    "industry_id",
    "comment",
)
_MEMBERSHIP_FIELDS = (
    "member_id",
    "date_from",
    "date_to",
    "last_day",
    "amount",
    "payment_state",
    "amount_due",
    "open_elsewhere",
    "import_id",
)


class Directory:
    """Names and numbers by which the words and the members of a list are recognised.

    :param company: the association whose list it is.
    """

    def __init__(self, env, company):
        self._env, self._company = env, company
        self._of_company = Domain("company_id", "in", [False, company.id])

    def vocabulary(self):
        """Return the :class:`CellVocabulary` of this database, names in every language."""
        by_code = {}
        countries = {}
        for country_id, name, code in self._select(self._env["res.country"], [], ("name", "code")):
            by_code[code] = country_id
            for word in [code, *_translations(name)]:
                countries.setdefault(fold(word), country_id)
        # French names, even where French is not installed.
        for language in ("fr", "en"):
            for code, name in Locale(language).territories.items():
                if code in by_code:
                    countries.setdefault(fold(name), by_code[code])
        countries.setdefault("france metropolitaine", by_code.get("FR"))
        legal_form = self._env["res.partner"]._fields["legal_form"]
        return CellVocabulary(
            countries=countries,
            sectors=self._words("res.partner.industry", [], ("name", "full_name")),
            categories=self._words("association.category", self._of_company, ("name", "code")),
            legal_forms={fold(label): key for key, label in legal_form._description_selection(self._env)},
            siren_countries=frozenset(by_code.get(code) for code in SIREN_COUNTRY_CODES),
            default_has_siren=self._company.sudo().country_id.code in SIREN_COUNTRY_CODES,
        )

    def bodies(self, with_persons):
        """Return the :class:`Body` of every organisation that may be a member, of contacts that bear a
        number, and of persons if the list has some.
        """
        identified = Domain("rna", "!=", False) | Domain("company_registry", "!=", False) | Domain("ref", "!=", False)
        single = Domain("parent_id", "=", False) & (Domain.TRUE if with_persons else identified)
        rows = self._select(
            self._env["res.partner"].with_context(active_test=False),
            self._of_company & (Domain("is_company", "=", True) | single),
            ("name", "zip", "company_registry", "rna", "ref", "active", "email", "is_company", "phone"),
        )
        return [
            Body(
                partner_id,
                name or "",
                zip_code or "",
                identifiers.normalise(registry),
                rna or "",
                ref or "",
                active,
                email or "",
                not (is_company or registry or rna),
                phone or "",
            )
            for partner_id, name, zip_code, registry, rna, ref, active, email, is_company, phone in rows
        ]

    def _words(self, model_name, domain, names):
        """Return folded name → id of the records of a model, the first one winning."""
        words = {}
        for record_id, *texts in self._select(self._env[model_name], domain, names):
            for text in texts:
                for word in _translations(text):
                    words.setdefault(fold(word), record_id)
        return words

    def _select(self, model, domain, names):
        """Return rows of id and columns, in one query and under the rules of access.

        Translated columns come with all their languages.
        """
        query = model._search(domain, order="id")
        columns = [
            model.with_context(prefetch_langs=True)._field_to_sql(query.table, name, query) for name in ("id", *names)
        ]
        return self._env.execute_query(query.select(*columns))


def _translations(value):
    """Return the texts of a column, translated (a dict) or not."""
    if isinstance(value, dict):
        return {text for text in value.values() if text}
    return {value} if value else set()


@dataclass(frozen=True)
class KnownRecords:
    """What is known of the contacts that lines speak of.

    :param partners: contact's id → contact.
    :param members: contact's id → member's file.
    :param figures: contact's id → figures of the year.
    :param memberships: member's id → its memberships that are neither refused nor cancelled.
    """

    partners: dict
    members: dict
    figures: dict
    memberships: dict

    @classmethod
    def of_contacts(cls, env, company, partner_ids, year, with_history):
        """Return what is known of some contacts.

        :param year: that of the figures.
        :param with_history: whether memberships are wanted.
        """
        ids = list({*partner_ids})
        Partner = env["res.partner"].with_context(active_test=False)
        Member = env["association.member"].with_context(active_test=False)
        partners = Partner.search_fetch([("id", "in", ids)], [*PARTNER_FIELDS, "active", "is_company"])
        members = Member.search_fetch(
            [("partner_id", "in", ids), ("company_id", "=", company.id)],
            ["partner_id", "category_id", "since", "active"],
        )
        figures = env["association.annual.figures"].search_fetch(
            [("partner_id", "in", ids), ("year", "=", year)], ["partner_id", *FIGURE_TARGETS]
        )
        return cls(
            {partner.id: partner for partner in partners},
            {member.partner_id.id: member for member in members},
            {known.partner_id.id: known for known in figures},
            _live_memberships(members) if with_history else {},
        )

    def memberships_over(self, period, partner_id):
        """Return the memberships in the register over some days of a period."""
        member = self.members.get(partner_id)
        if not member:
            return []
        return [
            known
            for known in self.memberships.get(member.id, ())
            if known.date_from.isoformat() <= period["date_to"] and known.last_day.isoformat() >= period["date_from"]
        ]


def _live_memberships(members):
    memberships = members.env["association.membership"].search_fetch(
        [
            ("member_id", "in", members.ids),
            ("admission", "!=", "refused"),
            ("payment_state", "!=", "cancelled"),
        ],
        _MEMBERSHIP_FIELDS,
    )
    return {member.id: list(known) for member, known in memberships.grouped("member_id").items()}
