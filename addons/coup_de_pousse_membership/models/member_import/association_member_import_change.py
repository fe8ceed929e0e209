"""What lines change on contacts, members' files and yearly figures, in values and in words: the same
changes serve the preview and the writing, so that they cannot differ.
"""

import datetime
import hashlib
import json
import re

from odoo import fields, models
from odoo.tools import format_date, html2plaintext

from ...calculation.member_import.import_lines import Problem
from ...calculation.member_import.import_matching import name_key, person_key
from ...calculation.table.import_columns import FIGURE_TARGETS, fold

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


class Changer:
    """Compares what lines say with what is known, for many lines at once.

    :param partners: the contacts concerned, already read.
    :param members: contact's id → member's file.
    :param figures: contact's id → figures of the year.
    :param memberships: member's id → its memberships that are neither refused nor cancelled.
    :param defaults: what the lines do not say: values of new contacts and of new members' files,
        and the year of the figures.
    """

    def __init__(self, env, partners, members, figures, memberships, defaults):
        self._env = env
        self._memberships = memberships
        self._say = env["association.member.import"]
        self._partners = {partner.id: partner for partner in partners}
        self._members = members
        self._figures = figures
        self.year = defaults["year"]
        self._defaults = defaults
        self._labels = {
            name: env[model]._fields[name]._description_string(env)
            for model, names in (
                ("res.partner", (*PARTNER_FIELDS, "active")),
                ("association.member", ("category_id", "since")),
                ("association.annual.figures", FIGURE_TARGETS),
            )
            for name in names
        }
        # Its own name in every language; Odoo's is "Company ID".
        self._labels["company_registry"] = "SIREN / SIRET"
        # Translated once: a long list has hundreds of thousands of these sentences.
        self._templates = {
            "new": env._("%(field)s: %(value)s"),
            "changed": env._("%(field)s: %(old)s → %(new)s"),
            "file": env._("New member's file"),
            "membership": env._("Membership %(period)s: %(fee)s"),
        }
        self._fees, self._names = {}, {}
        self._days = {}

    def changes(self, values, partner_id):
        """Return what to write: ``{"partner": {…}, "member": {…} or None, "figures": {…}, "history":
        […]}``.

        ``member`` is None when there is nothing to write, and ``{}`` when a file is to be created
        with nothing particular in it.
        """
        partner = self._partners.get(partner_id) if partner_id else None
        return {
            "partner": self._partner_changes(values, partner),
            "member": self._member_changes(values, self._members.get(partner_id)),
            "figures": self._figures_changes(values, self._figures.get(partner_id)),
            "history": [period for period in values.get("history", ()) if not self._running_over(period, partner_id)],
        }

    def conflicts(self, values, partner_id):
        """Return why past memberships of a line cannot be written: the register says otherwise.

        :return: list of :class:`import_lines.Problem`.
        """
        problems = []
        for period in values.get("history", ()):
            for known in self._running_over(period, partner_id):
                if not _agree(period, known):
                    told = {
                        "period": self._say._period_text(period["date_from"], period["date_to"]),
                        "known": known.display_name,
                        "state": dict(known._fields["payment_state"]._description_selection(self._env))[
                            known.payment_state
                        ],
                    }
                    problems.append(Problem("", "known_otherwise", told))
        return problems

    def _running_over(self, period, partner_id):
        """Return the memberships in the register over some days of a period."""
        member = self._members.get(partner_id)
        if not member:
            return []
        return [
            known
            for known in self._memberships.get(member.id, ())
            if known.date_from.isoformat() <= period["date_to"] and known.last_day.isoformat() >= period["date_from"]
        ]

    def member(self, partner_id):
        """Return the file of a contact, or None."""
        return self._members.get(partner_id)

    def figures(self, partner_id):
        """Return the figures of a contact in the year of the import, or None."""
        return self._figures.get(partner_id)

    def outcome(self, values, partner_id, in_words=True):
        """Return ``status``, ``partner_id``, ``changes`` and ``fingerprint`` of a line.

        :param in_words: whether ``changes`` is wanted: the sentences to show.

        The fingerprint stands for the changes, in no language: it is what is compared before the
        import is written, perhaps by someone who reads another language.
        """
        writes = self._list(self.changes(values, partner_id), partner_id)
        status = "create" if not partner_id else "update" if writes else "unchanged"
        # The name of a new organisation already stands beside.
        told = in_words and [write for write in writes if partner_id or write[:2] != ["res.partner", "name"]]
        # What changes stands line by line; what is new, in one line, as there is much of it.
        text = in_words and ("\n" if partner_id else " · ").join(self._sentence(*write) for write in told)
        return {
            "status": status,
            "partner_id": partner_id or False,
            "changes": text or False,
            "fingerprint": fingerprint(status, partner_id or False, values, writes),
        }

    # -- contact -----------------------------------------------------------------------------------
    def _partner_changes(self, values, partner):
        given = {name: values[name] for name in PARTNER_FIELDS if name in values and name != "comment"}
        remarks = [values.get("comment"), *values.get("extras", ())]
        if partner is None:
            country = self._default_country(values)
            if told := "\n".join(filter(None, remarks)):
                given["comment"] = told
            return {**({"country_id": country} if country else {}), **given}
        changes = {name: value for name, value in given.items() if not _says_same(partner, name, value)}
        if told := "\n".join(text for text in remarks if text and not _says_same(partner, "comment", text)):
            changes["comment"] = told
        if not partner.active:
            changes["active"] = True
        return changes

    def _default_country(self, values):
        """A new organisation is of the association's country, unless its postcode is not of it."""
        postcode = values.get("zip")
        if postcode and self._defaults["is_french"] and not re.fullmatch(r"\d{5}", postcode):
            return False
        return self._defaults["country_id"]

    # -- member's file -----------------------------------------------------------------------------
    def _member_changes(self, values, member):
        category, since = values.get("category_id"), values.get("since")
        if not member:
            kind = "person_category_id" if values.get("is_person") else "category_id"
            vals = {
                "category_id": category or self._defaults[kind],
                "since": since or self._defaults["since"],
            }
            return {name: value for name, value in vals.items() if value}
        changes = {}
        if category and category != member.category_id.id:
            changes["category_id"] = category
        # The first joining only moves when an older one becomes known.
        if since and (not member.since or since < member.since.isoformat()):
            changes["since"] = since
        if not member.active:
            changes["active"] = True
        return changes or None

    # -- yearly figures ----------------------------------------------------------------------------
    @staticmethod
    def _figures_changes(values, figures):
        given = {name: values[name] for name in FIGURE_TARGETS if name in values}
        if not figures:
            return given
        return {
            name: value for name, value in given.items() if figures[name] is False or round(figures[name] - value, 2)
        }

    # -- in words ----------------------------------------------------------------------------------
    def _list(self, changes, partner_id):
        """Return each change as ``[model, field, old value, new value]``, in plain JSON values.

        The old value is None where there is no record yet. A member's file that is created for a
        known contact stands there with no field.
        """
        partner = self._partners.get(partner_id) if partner_id else None
        member, figures = self._members.get(partner_id), self._figures.get(partner_id)
        listed = [["res.partner", name, _old(partner, name), value] for name, value in changes["partner"].items()]
        if changes["member"] is not None:
            if partner and not member:
                listed.append(["association.member", "", None, None])
            listed += [
                ["association.member", name, _old(member, name), value] for name, value in changes["member"].items()
            ]
        listed += [
            ["association.annual.figures", name, _old(figures, name), value]
            for name, value in changes["figures"].items()
        ]
        return listed + [["association.membership", "", None, period] for period in changes["history"]]

    def _sentence(self, model, name, old, new):
        """Return ``label: from → to``, or ``label: value`` on a record that is created."""
        if model == "association.membership":
            period = self._say._period_text(new["date_from"], new["date_to"])
            return self._templates["membership"] % {"period": period, "fee": self._fee(new["amount"], new["due"])}
        if not name:
            return self._templates["file"]
        label = self._labels.get(name, name)
        if model == "association.annual.figures":
            label = f"{label} {self.year}"
        shown = self._shown(model, name, new)
        if old is None:
            return self._templates["new"] % {"field": label, "value": shown}
        shown_before = self._shown(model, name, old) or "∅"
        return self._templates["changed"] % {"field": label, "old": shown_before, "new": shown}

    def _fee(self, amount, due):
        """Return a fee in words; there are few different ones."""
        if (amount, due) not in self._fees:
            self._fees[amount, due] = self._say._fee_text(amount, due, self._defaults["currency"])
        return self._fees[amount, due]

    def _shown(self, model, name, value):
        if value is False or value is None or value == "":
            return ""
        field = self._env[model]._fields[name]
        if field.type == "many2one":
            key = field.comodel_name, value
            if key not in self._names:
                self._names[key] = self._env[field.comodel_name].browse(value).display_name
            return self._names[key]
        if field.type == "selection":
            return dict(field._description_selection(self._env)).get(value, value)
        if field.type == "boolean":
            return self._env._("yes") if value else self._env._("no")
        if field.type == "html":
            return html2plaintext(value).strip()
        if field.type == "date":
            if value not in self._days:
                self._days[value] = format_date(self._env, value)
            return self._days[value]
        if isinstance(value, float):
            return f"{value:.2f}".removesuffix(".00")
        return str(value)


def fingerprint(*facts):
    """Return a short text that differs when facts (plain JSON values) differ."""
    text = json.dumps(facts, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _old(record, name):
    """Return the value of a record as JSON keeps it, None without a record."""
    if not record:
        return None
    value = record[name]
    if isinstance(value, models.BaseModel):
        return value.id
    return value.isoformat() if isinstance(value, datetime.date) else value


def _says_same(partner, name, value):
    """Tell whether a contact already says what a line says, be it written otherwise."""
    known = partner[name]
    if isinstance(known, models.BaseModel):
        return known.id == value
    if not known:
        return False
    if name == "founded_on":
        return fields.Date.to_string(known) == value
    if name == "name":
        alike = name_key if partner.is_company else person_key
        return alike(known) == alike(value)
    if name == "company_registry":
        # A SIRET says more than its SIREN.
        return re.sub(r"\W", "", known).startswith(value)
    if name in ("street", "street2", "city"):
        return fold(known) == fold(value)
    if name == "email":
        return _addresses(known) == _addresses(value)
    if name == "phone":
        return _digits(known) == _digits(value)
    if name == "website":
        return _site(known) == _site(value)
    if name == "comment":
        return " ".join(value.split()) in " ".join(html2plaintext(known).split())
    return known == value


def _agree(period, known):
    """Tell whether the register says of a membership what a line says.

    What was imported is compared with what was imported then, whatever was paid since.
    """
    if (known.date_from.isoformat(), known.date_to.isoformat()) != (period["date_from"], period["date_to"]):
        return False
    if known.amount and period["amount"] and round(known.amount - period["amount"], 2):
        return False
    if known.import_id:
        return not round(known.open_elsewhere - period["due"], 2)
    settled = known.payment_state in ("paid", "free")
    return settled != bool(period["due"]) and (settled or not round(known.amount_due - period["due"], 2))


def _addresses(text):
    return {part for part in re.split(r"[,;\s]+", text.casefold()) if part}


def _digits(phone):
    return re.sub(r"^(?:\+|00)33(?:0|\(0\))?", "0", re.sub(r"[^\d+()]", "", phone))


def _site(address):
    return re.sub(r"^https?://", "", address.casefold()).rstrip("/")
