"""What an import writes, once confirmed: contacts, members' files, figures, past memberships."""

import datetime
from dataclasses import replace

from odoo import fields
from odoo.tools import clean_context, plaintext2html

from .changes import ChangeFinder, known_name_kept

#: Records written by one call: memory stays bounded, whatever the file.
BATCH = 500
#: No message in the chatter of each of thousands of contacts: the import is the record of it.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
}


class ListWriter:
    """Writes what a plan says. The caller's transaction makes it everything or nothing.

    :param record: the import.
    :param lines: each a :class:`PlannedLine` to create or to update.
    """

    def __init__(self, record, lines):
        self._record, self._env, self._lines = record, record.env, lines
        self._finder = ChangeFinder.of(
            record,
            [line.partner_id for line in lines if line.partner_id],
            [line.values for line in lines],
        )
        self._known = self._finder.known

    def write_lines(self):
        """Write the lines, batch by batch; return {number of a line: contact}."""
        partners, owing = {}, self._env["association.membership"]
        for start in range(0, len(self._lines), BATCH):
            self._record._tell_progress(start, len(self._lines))
            written, open_memberships = self._write_batch(self._lines[start : start + BATCH])
            partners.update(written)
            owing |= open_memberships
        self._record._tell_progress(len(self._lines), len(self._lines))
        self._call_balances(owing)
        return partners

    def _write_batch(self, batch):
        """Write some lines; return line number → contact, and the memberships that owe something."""
        todo = [(line, _with_dates(self._changes(line))) for line in batch]
        partners = self._write_partners(todo)
        members = self._write_members(todo, partners)
        self._write_figures(todo, partners)
        owing = self._write_history(todo, members)
        self._env.flush_all()
        return partners, owing

    def _changes(self, line):
        """Return the :class:`LineChanges` of a line, as the preview shows them."""
        values = known_name_kept(line.values, line.partner_id if line.decision else False)
        return self._finder.changes(values, line.partner_id)

    def _quiet(self, model_name):
        return self._env[model_name].with_context(**{**clean_context(self._env.context), **QUIET})

    # ---- contacts ----
    def _write_partners(self, todo):
        """Create and update the contacts; return line number → contact."""
        Partner = self._quiet("res.partner")
        new = [(line, changes) for line, changes in todo if not line.partner_id]
        created = Partner.create([self._new_partner_vals(changes.partner, line) for line, changes in new])
        partners = {line.number: partner for (line, _changes), partner in zip(new, created, strict=True)}
        for line, changes in todo:
            if not line.partner_id:
                continue
            partner = Partner.browse(line.partner_id)
            partners[line.number] = partner
            if changes.partner:
                partner.write(_partner_vals(changes.partner, partner))
        return partners

    def _new_partner_vals(self, values, line):
        lang = self._record.company_id.sudo().partner_id.lang or self._env.lang
        is_company = not line.values.get("is_person")
        return {"is_company": is_company, "lang": lang, **_partner_vals(values)}

    # ---- members' files ----
    def _write_members(self, todo, partners):
        """Create and update the members' files; return line number → file."""
        Member = self._quiet("association.member")
        new, members = {}, {}
        for line, changes in todo:
            if member := self._known.members.get(line.partner_id):
                members[line.number] = Member.browse(member.id)
                if changes.member is not None:
                    members[line.number].write(changes.member)
            elif changes.member is not None:
                new[line.number] = {
                    "partner_id": partners[line.number].id,
                    "company_id": self._record.company_id.id,
                    **changes.member,
                }
        members.update(zip(new, Member.create(list(new.values())), strict=True))
        return members

    # ---- yearly figures ----
    def _write_figures(self, todo, partners):
        Figures = self._env["association.annual.figures"]
        year, today = self._record._figures_year(), fields.Date.context_today(self._record)
        new = []
        for line, changes in todo:
            if not changes.figures:
                continue
            received = {**changes.figures, "source": "imported", "declared_on": today}
            if figures := self._known.figures.get(line.partner_id):
                figures.write(received)
            else:
                new.append({"partner_id": partners[line.number].id, "year": year, **received})
        Figures.create(new)

    # ---- past memberships ----
    def _write_history(self, todo, members):
        """Create the memberships of past years, without any entry in the accounts.

        :param members: line number → member's file.
        :return: those with something still owed.
        """
        body = self._env._("Before this system")
        created = self._quiet("association.membership")._create_with_facts(
            [
                {
                    "member_id": members[line.number].id,
                    "date_from": period["date_from"],
                    "date_to": period["date_to"],
                    "applied_on": period["date_from"],
                    "admission": "admitted",
                    "admission_decided_on": period["date_from"],
                    "admission_body": body,
                    "amount": period["amount"],
                    "settled_elsewhere_on": period["settled_on"],
                    "open_elsewhere": period["due"],
                    "import_id": self._record.id,
                }
                for line, changes in todo
                for period in changes.history
            ]
        )
        return created.filtered("open_elsewhere")

    def _call_balances(self, memberships):
        """Issue the calls for what is still owed, if the treasurer chose so."""
        if self._record.open_balances != "call":
            return
        for start in range(0, len(memberships), BATCH):
            memberships[start : start + BATCH]._issue_calls(invoice_date=self._record.balances_on)


def _partner_vals(values, partner=None):
    """Return the values to write to a contact: notes are added to those that it has."""
    if "comment" not in values:
        return values
    known = partner.comment if partner else False
    return {**values, "comment": (known or "") + plaintext2html(values["comment"])}


def _with_dates(changes):
    """Return :class:`LineChanges` with dates instead of ISO texts: Odoo is slow to read those."""
    return replace(
        changes,
        partner=_dated(changes.partner, ("founded_on",)),
        member=changes.member and _dated(changes.member, ("since",)),
        history=[_dated(period, ("date_from", "date_to", "settled_on")) for period in changes.history],
    )


def _dated(values, names):
    dates = {name: datetime.date.fromisoformat(values[name]) for name in names if isinstance(values.get(name), str)}
    return {**values, **dates}
