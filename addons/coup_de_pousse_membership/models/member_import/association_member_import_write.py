"""What an import writes, once confirmed."""

import datetime

from odoo import fields, models
from odoo.tools import clean_context, plaintext2html

from ...calculation.table.import_columns import FIGURE_TARGETS
from .association_member_import_change import PARTNER_FIELDS, Changer

#: Records written by one call: memory stays bounded, whatever the file.
BATCH = 500
#: No message in the chatter of each of thousands of contacts: the import is the record of it.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
}


class AssociationMemberImport(models.Model):
    _inherit = "association.member.import"

    def _changer(self, partner_ids, all_values):
        """Return a :class:`Changer` for these contacts, all that it needs read beforehand.

        :param all_values: the values of the lines, for the records that they name.
        """
        ids = list({*partner_ids})
        year = self._figures_year()
        Partner = self.env["res.partner"].with_context(active_test=False)
        Member = self.env["association.member"].with_context(active_test=False)
        partners = Partner.search_fetch([("id", "in", ids)], [*PARTNER_FIELDS, "active", "is_company"])
        members = Member.search_fetch(
            [("partner_id", "in", ids), ("company_id", "=", self.company_id.id)],
            ["partner_id", "category_id", "since", "active"],
        )
        figures = self.env["association.annual.figures"].search_fetch(
            [("partner_id", "in", ids), ("year", "=", year)], ["partner_id", *FIGURE_TARGETS]
        )
        self._read_names(all_values)
        return Changer(
            self.env,
            partners,
            {member.partner_id.id: member for member in members},
            {figure.partner_id.id: figure for figure in figures},
            self._live_memberships(members) if any(values and "history" in values for values in all_values) else {},
            {"year": year, **self._new_defaults()},
        )

    def _live_memberships(self, members):
        """Return member's id → its memberships that are neither refused nor cancelled."""
        memberships = self.env["association.membership"].search_fetch(
            [
                ("member_id", "in", members.ids),
                ("admission", "!=", "refused"),
                ("payment_state", "!=", "cancelled"),
            ],
            [
                "member_id",
                "date_from",
                "date_to",
                "last_day",
                "amount",
                "payment_state",
                "amount_due",
                "open_elsewhere",
                "import_id",
            ],
        )
        return {member.id: list(known) for member, known in memberships.grouped("member_id").items()}

    def _read_names(self, all_values):
        """Read at once the names of what lines point to, which the changes will show."""
        for model, name in (
            ("res.country", "country_id"),
            ("res.partner.industry", "industry_id"),
            ("association.category", "category_id"),
        ):
            named = {values[name] for values in all_values if values and name in values}
            self.env[model].browse(named).mapped("display_name")

    def _new_defaults(self):
        """Return the values of new contacts and members that the lines do not give."""
        country = self.company_id.sudo().country_id
        return {
            "country_id": country.id,
            "is_french": country.code == "FR",
            "currency": self.company_id.sudo().currency_id,
            "category_id": self.category_id.id,
            "person_category_id": self.person_category_id.id,
            "since": fields.Date.to_string(self.since) if self.since else False,
        }

    def _write_plan(self, plan):
        """Write what a plan says. The caller's transaction makes it everything or nothing."""
        wanted = [vals for vals in plan if vals["status"] in ("create", "update")]
        changer = self._changer(
            [vals["partner_id"] for vals in wanted if vals["partner_id"]],
            [vals["values"] for vals in wanted],
        )
        partners, owing = {}, self.env["association.membership"]
        for start in range(0, len(wanted), BATCH):
            self._tell_progress(start, len(wanted))
            written, open_memberships = self._write_batch(wanted[start : start + BATCH], changer)
            partners.update(written)
            owing |= open_memberships
        self._tell_progress(len(wanted), len(wanted))
        self._call_balances(owing)
        self._link_lines(partners)

    def _tell_progress(self, done, total):
        """Tell how far the writing is: only a job in the background has somebody to tell."""

    def _write_batch(self, batch, changer):
        """Write some lines; return line number → contact, and the memberships that owe something."""
        todo = [(vals, _with_dates(changer.changes(vals["values"], vals["partner_id"]))) for vals in batch]
        partners = self._write_partners(todo, changer)
        members = self._write_members(todo, partners, changer)
        self._write_figures(todo, partners, changer)
        owing = self._write_history(todo, members, changer)
        self.env.flush_all()
        return partners, owing

    def _write_partners(self, todo, changer):
        """Create and update the contacts; return line number → contact."""
        Partner = self.env["res.partner"].with_context(**{**clean_context(self.env.context), **QUIET})
        new = [(vals, changes) for vals, changes in todo if not vals["partner_id"]]
        created = Partner.create([self._new_partner_vals(changes["partner"], vals) for vals, changes in new])
        partners = {vals["number"]: partner for (vals, _changes), partner in zip(new, created, strict=True)}
        for vals, changes in todo:
            if not vals["partner_id"]:
                continue
            partner = Partner.browse(vals["partner_id"])
            partners[vals["number"]] = partner
            if changes["partner"]:
                partner.write(self._partner_vals(changes["partner"], partner))
        return partners

    def _new_partner_vals(self, changes, line_vals):
        lang = self.company_id.sudo().partner_id.lang or self.env.lang
        is_company = not line_vals["values"].get("is_person")
        return {"is_company": is_company, "lang": lang, **self._partner_vals(changes)}

    @staticmethod
    def _partner_vals(changes, partner=None):
        """Return the values to write to a contact: notes are added to those that it has."""
        if "comment" not in changes:
            return changes
        known = partner.comment if partner else False
        return {**changes, "comment": (known or "") + plaintext2html(changes["comment"])}

    def _write_members(self, todo, partners, changer):
        """Create and update the members' files; return line number → file."""
        Member = self.env["association.member"].with_context(**{**clean_context(self.env.context), **QUIET})
        new, members = {}, {}
        for vals, changes in todo:
            if member := changer.member(vals["partner_id"]):
                members[vals["number"]] = Member.browse(member.id)
                if changes["member"] is not None:
                    members[vals["number"]].write(changes["member"])
            elif changes["member"] is not None:
                partner = partners[vals["number"]]
                new[vals["number"]] = {
                    "partner_id": partner.id,
                    "company_id": self.company_id.id,
                    **changes["member"],
                }
        members.update(zip(new, Member.create(list(new.values())), strict=True))
        return members

    def _write_figures(self, todo, partners, changer):
        Figures = self.env["association.annual.figures"]
        today = fields.Date.context_today(self)
        new = []
        for vals, changes in todo:
            if not changes["figures"]:
                continue
            received = {**changes["figures"], "source": "imported", "declared_on": today}
            if figures := changer.figures(vals["partner_id"]):
                figures.write(received)
            else:
                partner = partners[vals["number"]]
                new.append({"partner_id": partner.id, "year": changer.year, **received})
        Figures.create(new)

    def _link_lines(self, partners):
        """Link each line with its contact and member's file, those of unchanged lines too.

        :param partners: line number → contact, of the lines that were written.
        """
        of_line = {line.number: partners.get(line.number) or line.partner_id for line in self.line_ids}
        found = {line: of_line.get(line.joined_number or line.number) for line in self.line_ids}
        found = {line: partner for line, partner in found.items() if partner}
        members = self.env["association.member"].search_fetch(
            [
                ("partner_id", "in", [partner.id for partner in found.values()]),
                ("company_id", "=", self.company_id.id),
            ],
            ["partner_id"],
        )
        by_partner = {member.partner_id.id: member.id for member in members}
        for line, partner in found.items():
            line.write({"partner_id": partner.id, "member_id": by_partner.get(partner.id)})


def _with_dates(changes):
    """Return changes with dates instead of ISO texts: Odoo is slow to read those."""
    for part, name in (("partner", "founded_on"), ("member", "since")):
        values = changes[part]
        if values and isinstance(values.get(name), str):
            values[name] = datetime.date.fromisoformat(values[name])
    for index, period in enumerate(changes["history"]):
        changes["history"][index] = {
            name: datetime.date.fromisoformat(value) if isinstance(value, str) else value
            for name, value in period.items()
        }
    return changes
