"""What lines change on contacts, members' files, yearly figures and past memberships.

The same changes serve the preview and the writing, so that they cannot differ.
"""

import re
from dataclasses import dataclass

from odoo import fields

from ...calculation.member_import.member_columns import FIGURE_TARGETS
from ...calculation.member_import.member_line import LineProblem
from .agreement import agree, says_same
from .known_records import PARTNER_FIELDS, KnownRecords


@dataclass(frozen=True)
class LineChanges:
    """What one line writes; dates in ISO text.

    :param partner: field → value.
    :param member: field → value; None when there is nothing to write, and empty when a file is to be
        created with nothing particular in it.
    :param figures: field → value.
    :param history: the periods of the memberships to create.
    """

    partner: dict
    member: dict | None
    figures: dict
    history: list


@dataclass(frozen=True)
class NewRecordDefaults:
    """What the lines do not say of new contacts and of new members' files.

    :param is_french: whether the association's country is France.
    """

    country_id: int
    is_french: bool
    category_id: int
    person_category_id: int
    since: str | bool

    @classmethod
    def of(cls, record):
        """Return the defaults of an import, by its options."""
        country = record.company_id.sudo().country_id
        return cls(
            country_id=country.id,
            is_french=country.code == "FR",
            category_id=record.category_id.id,
            person_category_id=record.person_category_id.id,
            since=fields.Date.to_string(record.since) if record.since else False,
        )


def known_name_kept(values, partner_id):
    """Return the values of a line without its name, where a contact is used that is merely alike.

    Whoever says that two names are one organisation does not say which of the two is right.

    :param partner_id: the contact used by decision, or False.
    """
    return {name: value for name, value in values.items() if name != "name"} if partner_id else values


class ChangeFinder:
    """Compares what lines say with what is known, for many lines at once.

    :param known: :class:`KnownRecords`.
    :param defaults: :class:`NewRecordDefaults`.
    """

    def __init__(self, known, defaults):
        self.known, self._defaults = known, defaults

    @classmethod
    def of(cls, record, partner_ids, all_values):
        """Return the finder of an import for these contacts, all that it needs read beforehand.

        :param all_values: the values of the lines.
        """
        with_history = any(values and "history" in values for values in all_values)
        known = KnownRecords.of_contacts(
            record.env, record.company_id, partner_ids, record._figures_year(), with_history
        )
        return cls(known, NewRecordDefaults.of(record))

    def changes(self, values, partner_id):
        """Return the :class:`LineChanges` of a line about a contact, or about a new one."""
        partner = self.known.partners.get(partner_id) if partner_id else None
        return LineChanges(
            self._partner_changes(values, partner),
            self._member_changes(values, self.known.members.get(partner_id)),
            self._figures_changes(values, self.known.figures.get(partner_id)),
            [period for period in values.get("history", ()) if not self.known.memberships_over(period, partner_id)],
        )

    def conflicts(self, values, partner_id, sentences):
        """Return why past memberships of a line cannot be written: the register says otherwise.

        :param sentences: :class:`ImportSentences`.
        :return: list of :class:`LineProblem`.
        """
        return [
            LineProblem(
                "",
                "known_otherwise",
                {
                    "period": sentences.period(period["date_from"], period["date_to"]),
                    "known": known.display_name,
                    "state": dict(known._fields["payment_state"]._description_selection(known.env))[
                        known.payment_state
                    ],
                },
            )
            for period in values.get("history", ())
            for known in self.known.memberships_over(period, partner_id)
            if not agree(period, known)
        ]

    # ---- contact ----
    def _partner_changes(self, values, partner):
        given = {name: values[name] for name in PARTNER_FIELDS if name in values and name != "comment"}
        remarks = [values.get("comment"), *values.get("extras", ())]
        if partner is None:
            country = self._default_country(values)
            if told := "\n".join(filter(None, remarks)):
                given["comment"] = told
            return {**({"country_id": country} if country else {}), **given}
        changes = {name: value for name, value in given.items() if not says_same(partner, name, value)}
        if told := "\n".join(text for text in remarks if text and not says_same(partner, "comment", text)):
            changes["comment"] = told
        if not partner.active:
            changes["active"] = True
        return changes

    def _default_country(self, values):
        """Return the association's country for a new organisation, unless its postcode is not of it."""
        postcode = values.get("zip")
        if postcode and self._defaults.is_french and not re.fullmatch(r"\d{5}", postcode):
            return False
        return self._defaults.country_id

    # ---- member's file ----
    def _member_changes(self, values, member):
        category, since = values.get("category_id"), values.get("since")
        if not member:
            default = self._defaults.person_category_id if values.get("is_person") else self._defaults.category_id
            vals = {"category_id": category or default, "since": since or self._defaults.since}
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

    # ---- yearly figures ----
    @staticmethod
    def _figures_changes(values, figures):
        given = {name: values[name] for name in FIGURE_TARGETS if name in values}
        if not figures:
            return given
        return {
            name: value for name, value in given.items() if figures[name] is False or round(figures[name] - value, 2)
        }
