"""What an import writes, and how it says so beforehand: the same changes serve the preview and the
writing, so that they cannot differ."""

import re

from odoo import fields, models
from odoo.tools import clean_context, html2plaintext, plaintext2html

from ..calculation.import_columns import FIGURE_TARGETS, fold
from ..calculation.import_matching import name_key

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
#: Records written by one call: memory stays bounded, whatever the file.
BATCH = 1000
#: No message in the chatter of each of thousands of contacts: the import is the record of it.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
}


class Changer:
    """Compares what lines say with what is known, for many lines at once.

    :param partners: the contacts concerned, already read.
    :param members: contact's id → member's file.
    :param figures: contact's id → figures of the year.
    :param defaults: what the lines do not say: values of new contacts and of new members' files,
        and the year of the figures.
    """

    def __init__(self, env, partners, members, figures, defaults):
        self._env = env
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

    def changes(self, values, partner_id):
        """Return what to write: ``{"partner": {…}, "member": {…} or None, "figures": {…}}``.

        ``member`` is None when there is nothing to write, and ``{}`` when a file is to be created
        with nothing particular in it.
        """
        partner = self._partners.get(partner_id) if partner_id else None
        return {
            "partner": self._partner_changes(values, partner),
            "member": self._member_changes(values, self._members.get(partner_id)),
            "figures": self._figures_changes(values, self._figures.get(partner_id)),
        }

    def member(self, partner_id):
        """Return the file of a contact, or None."""
        return self._members.get(partner_id)

    def figures(self, partner_id):
        """Return the figures of a contact in the year of the import, or None."""
        return self._figures.get(partner_id)

    def outcome(self, values, partner_id):
        """Return ``status``, ``partner_id`` and ``changes`` of a line."""
        changes = self.changes(values, partner_id)
        changed = changes["partner"] or changes["member"] is not None or changes["figures"]
        status = "create" if not partner_id else "update" if changed else "unchanged"
        text = self._text(changes, partner_id) or False
        return {"status": status, "partner_id": partner_id or False, "changes": text}

    # -- contact -----------------------------------------------------------------------------------
    def _partner_changes(self, values, partner):
        given = {name: values[name] for name in PARTNER_FIELDS if name in values}
        if partner is None:
            country = self._default_country(values)
            return {**({"country_id": country} if country else {}), **given}
        changes = {
            name: value for name, value in given.items() if not _says_same(partner, name, value)
        }
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
            vals = {
                "category_id": category or self._defaults["category_id"],
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
            name: value
            for name, value in given.items()
            if figures[name] is False or round(figures[name] - value, 2)
        }

    # -- in words ----------------------------------------------------------------------------------
    def _text(self, changes, partner_id):
        """Return one line of text per change: ``label: from → to``."""
        partner = self._partners.get(partner_id) if partner_id else None
        member, figures = self._members.get(partner_id), self._figures.get(partner_id)
        lines = [
            self._change(self._labels[name], "res.partner", name, value, partner)
            for name, value in changes["partner"].items()
            if partner or name != "name"
        ]
        if changes["member"] is not None:
            if partner and not member:
                lines.append(self._env._("New member's file"))
            lines += [
                self._change(
                    self._labels.get(name, name), "association.member", name, value, member
                )
                for name, value in changes["member"].items()
            ]
        lines += [
            self._change(
                f"{self._labels[name]} {self.year}",
                "association.annual.figures",
                name,
                value,
                figures,
            )
            for name, value in changes["figures"].items()
        ]
        return "\n".join(lines)

    def _change(self, label, model, name, value, record):
        new = self._shown(model, name, value)
        if not record:
            return f"{label}: {new}"
        old = record[name]
        old = self._shown(model, name, old.id if isinstance(old, models.BaseModel) else old)
        return f"{label}: {old or '∅'} → {new}"

    def _shown(self, model, name, value):
        field = self._env[model]._fields[name]
        if value is False or value is None or value == "":
            return ""
        if field.type == "many2one":
            return self._env[field.comodel_name].browse(value).display_name
        if field.type == "selection":
            return dict(field._description_selection(self._env)).get(value, value)
        if field.type == "boolean":
            return self._env._("yes") if value else self._env._("no")
        if field.type == "html":
            return html2plaintext(value).strip()
        if isinstance(value, float):
            return f"{value:.2f}".removesuffix(".00")
        return str(value)


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
        return name_key(known) == name_key(value)
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


def _addresses(text):
    return {part for part in re.split(r"[,;\s]+", text.casefold()) if part}


def _digits(phone):
    return re.sub(r"^(?:\+|00)33(?:0|\(0\))?", "0", re.sub(r"[^\d+()]", "", phone))


def _site(address):
    return re.sub(r"^https?://", "", address.casefold()).rstrip("/")


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
        partners = Partner.search_fetch([("id", "in", ids)], [*PARTNER_FIELDS, "active"])
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
            {"year": year, **self._new_defaults()},
        )

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
            "category_id": self.category_id.id,
            "since": fields.Date.to_string(self.since) if self.since else False,
        }

    def _write_plan(self, plan):
        """Write what a plan says. The caller's transaction makes it everything or nothing."""
        wanted = [vals for vals in plan if vals["status"] in ("create", "update")]
        changer = self._changer(
            [vals["partner_id"] for vals in wanted if vals["partner_id"]],
            [vals["values"] for vals in wanted],
        )
        partners = {}
        for start in range(0, len(wanted), BATCH):
            partners.update(self._write_batch(wanted[start : start + BATCH], changer))
        self._link_lines(partners)

    def _write_batch(self, batch, changer):
        """Write some lines; return line number → contact."""
        todo = [(vals, changer.changes(vals["values"], vals["partner_id"])) for vals in batch]
        partners = self._write_partners(todo, changer)
        self._write_members(todo, partners, changer)
        self._write_figures(todo, partners, changer)
        self.env.flush_all()
        return partners

    def _write_partners(self, todo, changer):
        """Create and update the contacts; return line number → contact."""
        Partner = self.env["res.partner"].with_context(
            **{**clean_context(self.env.context), **QUIET}
        )
        new = [(vals, changes) for vals, changes in todo if not vals["partner_id"]]
        created = Partner.create(
            [self._new_partner_vals(changes["partner"]) for _vals, changes in new]
        )
        partners = {
            vals["number"]: partner for (vals, _changes), partner in zip(new, created, strict=True)
        }
        for vals, changes in todo:
            if not vals["partner_id"]:
                continue
            partner = Partner.browse(vals["partner_id"])
            partners[vals["number"]] = partner
            if changes["partner"]:
                partner.write(self._partner_vals(changes["partner"], partner))
        return partners

    def _new_partner_vals(self, changes):
        lang = self.company_id.sudo().partner_id.lang or self.env.lang
        return {"is_company": True, "lang": lang, **self._partner_vals(changes)}

    @staticmethod
    def _partner_vals(changes, partner=None):
        """Return the values to write to a contact: notes are added to those that it has."""
        if "comment" not in changes:
            return changes
        known = partner.comment if partner else False
        return {**changes, "comment": (known or "") + plaintext2html(changes["comment"])}

    def _write_members(self, todo, partners, changer):
        Member = self.env["association.member"].with_context(
            **{**clean_context(self.env.context), **QUIET}
        )
        new = []
        for vals, changes in todo:
            member = changer.member(vals["partner_id"])
            if changes["member"] is None:
                continue
            if member:
                Member.browse(member.id).write(changes["member"])
            else:
                partner = partners[vals["number"]]
                new.append(
                    {
                        "partner_id": partner.id,
                        "company_id": self.company_id.id,
                        **changes["member"],
                    }
                )
        Member.create(new)

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
        lines = self.line_ids.filtered(lambda line: line.partner_id or line.number in partners)
        found = {line: partners.get(line.number) or line.partner_id for line in lines}
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
