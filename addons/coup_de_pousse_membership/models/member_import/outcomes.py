"""What a line leads to, as the preview shows it and as it is compared before it is written."""

import datetime
import hashlib
import json
from dataclasses import dataclass

from odoo import models
from odoo.tools import format_date, html2plaintext

from ...calculation.member_import.member_columns import FIGURE_TARGETS
from .known_records import PARTNER_FIELDS


@dataclass(frozen=True)
class LineOutcome:
    """What a line leads to.

    :param status: ``create``, ``update`` or ``unchanged``.
    :param changes: the sentences to show, or False.
    :param fingerprint: stands for the changes, in no language: it is what is compared before the
        import is written, perhaps by someone who reads another language.
    """

    status: str
    partner_id: int | bool
    changes: str | bool
    fingerprint: str


class Outcomes:
    """What lines lead to, looked up for many lines at once.

    :param finder: :class:`ChangeFinder`.
    :param words: :class:`ChangeWords`, or None where the sentences are not wanted.
    """

    def __init__(self, finder, words=None):
        self._finder, self._known, self._words = finder, finder.known, words

    def of_line(self, values, partner_id):
        """Return the :class:`LineOutcome` of a line about a contact, or about a new one."""
        writes = self._list(self._finder.changes(values, partner_id), partner_id)
        status = "create" if not partner_id else "update" if writes else "unchanged"
        return LineOutcome(
            status,
            partner_id or False,
            self._words.text(writes, is_new=not partner_id) or False if self._words else False,
            fingerprint(status, partner_id or False, values, writes),
        )

    def _list(self, changes, partner_id):
        """Return each change as ``[model, field, old value, new value]``, in plain JSON values.

        The old value is None where there is no record yet. A member's file that is created for a
        known contact stands there with no field.
        """
        partner = self._known.partners.get(partner_id) if partner_id else None
        member, figures = self._known.members.get(partner_id), self._known.figures.get(partner_id)
        listed = [["res.partner", name, _old(partner, name), value] for name, value in changes.partner.items()]
        if changes.member is not None:
            if partner and not member:
                listed.append(["association.member", "", None, None])
            listed += [
                ["association.member", name, _old(member, name), value] for name, value in changes.member.items()
            ]
        listed += [
            ["association.annual.figures", name, _old(figures, name), value] for name, value in changes.figures.items()
        ]
        return listed + [["association.membership", "", None, period] for period in changes.history]


class ChangeWords:
    """Puts changes into words, for a long list: what does not depend on the line is looked up once.

    :param record: the import.
    :param sentences: :class:`ImportSentences`.
    :param all_values: the values of the lines: the names of what they point to are read at once.
    """

    def __init__(self, record, sentences, all_values):
        env = self._env = record.env
        self._sentences = sentences
        self._year = record._figures_year()
        self._currency = record.company_id.sudo().currency_id
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
        self._fees, self._names, self._days = {}, {}, {}
        self._read_names(all_values)

    def _read_names(self, all_values):
        for model, name in (
            ("res.country", "country_id"),
            ("res.partner.industry", "industry_id"),
            ("association.category", "category_id"),
        ):
            named = {values[name] for values in all_values if values and name in values}
            self._env[model].browse(named).mapped("display_name")

    def text(self, writes, is_new):
        """Return changes in words: line by line; those of a new contact in one line, as there are many."""
        # The name of a new organisation already stands beside.
        told = [write for write in writes if not is_new or write[:2] != ["res.partner", "name"]]
        return (" · " if is_new else "\n").join(self._sentence(*write) for write in told)

    def _sentence(self, model, name, old, new):
        """Return ``label: from → to``, or ``label: value`` on a record that is created."""
        if model == "association.membership":
            period = self._sentences.period(new["date_from"], new["date_to"])
            return self._templates["membership"] % {"period": period, "fee": self._fee(new["amount"], new["due"])}
        if not name:
            return self._templates["file"]
        label = self._labels.get(name, name)
        if model == "association.annual.figures":
            label = f"{label} {self._year}"
        shown = self._shown(model, name, new)
        if old is None:
            return self._templates["new"] % {"field": label, "value": shown}
        shown_before = self._shown(model, name, old) or "∅"
        return self._templates["changed"] % {"field": label, "old": shown_before, "new": shown}

    def _fee(self, amount, due):
        """Return a fee in words; there are few different ones."""
        if (amount, due) not in self._fees:
            self._fees[amount, due] = self._sentences.fee(amount, due, self._currency)
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
