"""How an import understands its file: from bytes to what each line would do."""

from babel import Locale
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...calculation.member_import.import_history import YearStart, join_lines
from ...calculation.member_import.import_lines import LineReader, Problem, Reading, Vocabulary
from ...calculation.member_import.import_matching import Body, Matcher, judge, name_key, person_key
from ...calculation.member_import.import_presets import PRESETS, recognise_preset
from ...calculation.register import identifiers
from ...calculation.table.import_columns import (
    FIGURE_TARGETS,
    TARGETS,
    find_header,
    fold,
    table_score,
    understand,
    year_in,
)
from ..register.res_partner import SIREN_COUNTRY_CODES
from .association_member_import_column import TARGETS as TARGET_LABELS

#: One of these tells who a line is about.
NAME_TARGETS = {"name", "last_name", "full_name"}


class AssociationMemberImport(models.Model):
    _inherit = "association.member.import"

    # ----------------------------------------------------------------------------------------------
    # File and columns
    # ----------------------------------------------------------------------------------------------
    def _read_file(self):
        """Return the :class:`Table` of the file.

        :raise UserError: with a sentence, if it cannot be read.
        """
        if not self.file:
            raise UserError(self.env._("Choose the file of the list first (XLSX or CSV)."))
        return self._read_table(find_header, table_score)

    def _understand_columns(self, table):
        """Find what each column is, unless the user has corrected it; return whether lines can be
        read.

        When no column is the name, the columns are shown for the user to say which it is.
        """
        preset = self._preset(table)
        self.file_description = self._describe(table, preset and preset.name)
        if not self.column_ids:
            year = self.membership_year or None
            self._create_columns(understand(table.header, table.rows, self.year or None, preset, year))
        self._check_one_column_per_target()
        if NAME_TARGETS & set(self.column_ids.mapped("target")):
            return True
        self.line_ids.unlink()
        self.write(
            {
                "state": "draft",
                "notice": self.env._(
                    "No column was recognised as the name of the organisations. In the tab "
                    "“Columns”, choose which one goes to “Name” (or correct “Line of the headers”), "
                    "then press “Preview”."
                ),
            }
        )
        return False

    def _create_columns(self, found):
        self.env["association.member.import.column"].create(
            [
                {
                    "import_id": self.id,
                    "index": column.index,
                    "header": column.header,
                    "sample": column.sample,
                    "target": column.target,
                    "year": column.year or 0,
                }
                for column in found
            ]
        )

    def _preset(self, table):
        """Return the preset of the program that wrote the file, or None."""
        key = self.source
        if key == "auto":
            key = recognise_preset(cell for cell in table.header.cells if isinstance(cell, str))
        return PRESETS.get(key)

    def _check_one_column_per_target(self):
        taken = {}
        for column in self.column_ids.filtered("target"):
            other = taken.setdefault(column.slot, column)
            if other != column:
                raise UserError(
                    self.env._(
                        "The columns “%(first)s” and “%(second)s” both go to “%(target)s”. Keep one, "
                        "and empty “Goes to” of the other.",
                        first=other.header or other.letter,
                        second=column.header or column.letter,
                        target=dict(column._fields["target"]._description_selection(self.env))[column.target],
                    )
                )

    def _figures_year(self):
        """Return the year of the figures: given, else named by the headers, else last year."""
        named = [year_in(column.header or "") for column in self.column_ids if column.target in FIGURE_TARGETS]
        last_year = fields.Date.context_today(self).year - 1
        return self.year or max(filter(None, named), default=last_year)

    # ----------------------------------------------------------------------------------------------
    # What words stand for
    # ----------------------------------------------------------------------------------------------
    def _vocabulary(self):
        """Return the :class:`Vocabulary` of this database, names in every language."""
        Country = self.env["res.country"]
        countries = {}
        by_code = {}
        for country_id, name, code in self._select(Country, [], ("name", "code")):
            by_code[code] = country_id
            for word in [code, *_translations(name)]:
                countries.setdefault(fold(word), country_id)
        # French names, even where French is not installed.
        for language in ("fr", "en"):
            for code, name in Locale(language).territories.items():
                if code in by_code:
                    countries.setdefault(fold(name), by_code[code])
        countries.setdefault("france metropolitaine", by_code.get("FR"))
        company = Domain("company_id", "in", [False, self.company_id.id])
        legal_form = self.env["res.partner"]._fields["legal_form"]
        return Vocabulary(
            countries=countries,
            sectors=self._words("res.partner.industry", [], ("name", "full_name")),
            categories=self._words("association.category", company, ("name", "code")),
            legal_forms={fold(label): key for key, label in legal_form._description_selection(self.env)},
            siren_countries=frozenset(by_code.get(code) for code in SIREN_COUNTRY_CODES),
            default_has_siren=self.company_id.sudo().country_id.code in SIREN_COUNTRY_CODES,
        )

    def _words(self, model_name, domain, names):
        """Return folded name → id of the records of a model, the first one winning."""
        words = {}
        for record_id, *texts in self._select(self.env[model_name], domain, names):
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
        return self.env.execute_query(query.select(*columns))

    # ----------------------------------------------------------------------------------------------
    # The plan
    # ----------------------------------------------------------------------------------------------
    def _make_plan(self, table, in_words=True):
        """Return the values of the import's lines: what the file would do now.

        Decisions that the user has taken hold as long as the line is about the same name.

        :param in_words: whether the changes are wanted in words, to be shown.
        """
        reader = self._line_reader(table)
        lines = reader.read(table.rows)
        read = [line for line in lines if not (line.problems or line.left_out)]
        joined = join_lines(read, _identity) if reader.history.is_long else {}
        good = [line for line in read if not line.problems and line.number not in joined]
        verdicts = judge(
            [_body(line) for line in good],
            Matcher(self._known_bodies(any(line.values.get("is_person") for line in good))),
            {line.number: line.values for line in good},
            self._decisions(good),
        )
        for line in good:
            if verdicts[line.number].kind == "repeated":
                values = {"line": verdicts[line.number].line}
                line.problems.append(Problem("", "repeated", values))
        changer = self._changer(
            [verdict.known for verdict in verdicts.values() if verdict.kind == "same"],
            [line.values for line in good],
        )
        return [self._plan_line(line, verdicts.get(line.number), changer, joined, in_words) for line in lines]

    def _line_reader(self, table):
        """Return the reader of the lines, as the options say.

        :raise UserError: seasons are named, and no first day of the season is given.
        """
        start = YearStart(int(self.period_month), self.period_day)
        reader = LineReader(
            [column for column in self.column_ids if column.target in TARGETS],
            table.header,
            self._vocabulary(),
            Reading(
                fields.Date.context_today(self),
                table.sheet.delimiter,
                self._preset(table),
                start,
                self.membership_year or None,
            ),
        )
        if seasons := reader.history.seasons_without_start():
            raise UserError(
                self.env._(
                    "“%(header)s” names two years. Give the month in which a membership year starts, then "
                    "press “Preview” again.",
                    header=seasons[0],
                )
            )
        return reader

    def _known_bodies(self, with_persons):
        """Return every organisation that may be a member, contacts that bear a number, and persons
        if the list has some.
        """
        identified = Domain("rna", "!=", False) | Domain("company_registry", "!=", False) | Domain("ref", "!=", False)
        single = Domain("parent_id", "=", False) & (Domain.TRUE if with_persons else identified)
        domain = Domain("company_id", "in", [False, self.company_id.id]) & (Domain("is_company", "=", True) | single)
        rows = self._select(
            self.env["res.partner"].with_context(active_test=False),
            domain,
            ("name", "zip", "company_registry", "rna", "ref", "active", "email", "is_company"),
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
            )
            for partner_id, name, zip_code, registry, rna, ref, active, email, is_company in rows
        ]

    def _decisions(self, lines):
        names = {line.number: line.values["name"] for line in lines}
        decided = self.env["association.member.import.line"].search_fetch(
            [("import_id", "=", self.id), ("decision", "!=", False)],
            ["number", "name", "decision", "decision_partner_id"],
        )
        return {
            line.number: (line.decision, line.decision_partner_id.id)
            for line in decided
            if names.get(line.number) == line.name
        }

    def _plan_line(self, line, verdict, changer, joined, in_words):
        """Return the values of one line of the import."""
        vals = self._empty_line(line)
        if line.left_out:
            return {**vals, "status": "skipped", "message": self._left_out_text(line.left_out)}
        if line.problems:
            refusal = self._refusal(line.number, line.problems)
            return {**vals, "status": "refused", "message": refusal}
        if head := joined.get(line.number):
            joint = self.env._("Same member as line %(line)s: the two are written together.", line=head)
            return {**vals, "status": "joined", "message": joint, "joined_number": head}
        if verdict.kind == "doubt" or verdict.decided:
            doubt = self._doubt_text(verdict)
            vals["message"] = "\n".join(filter(None, [doubt, vals["message"]]))
            vals["doubtful"] = True
            vals["proposed_partner_id"] = verdict.known
            vals["decision"] = verdict.decided or False
        if verdict.kind == "doubt":
            return {**vals, "status": "decide"}
        if verdict.kind == "skip":
            return {**vals, "status": "skipped"}
        used = verdict.known if verdict.kind == "same" else False
        if verdict.decided:
            vals["decision_partner_id"] = used
        if conflicts := changer.conflicts(line.values, used):
            return {**vals, "status": "refused", "message": self._refusal(line.number, conflicts)}
        return {**vals, **changer.outcome(line.values, used, in_words)}

    def _empty_line(self, line):
        """Return the values of a line of which nothing is known yet but what it says."""
        return {
            "import_id": self.id,
            "number": line.number,
            "name": line.values.get("name"),
            "partner_id": False,
            "values": line.values,
            "changes": False,
            "fingerprint": False,
            "message": self._notes_text(line.notes) or False,
            "doubtful": False,
            "proposed_partner_id": False,
            "decision": False,
            "decision_partner_id": False,
            "joined_number": False,
        }

    def _store_plan(self, plan):
        """Replace the lines by those of a plan, and show them."""
        self.line_ids.unlink()
        self.env["association.member.import.line"].create(plan)
        self.write({"state": "previewed", "notice": False})

    def _count_differences(self, plan):
        """Return how many lines of a plan are not as they are shown."""
        lines = self.env["association.member.import.line"].search_fetch(
            [("import_id", "=", self.id)], ["number", "status", "fingerprint"]
        )
        shown = {line.number: (line.status, line.fingerprint) for line in lines}
        planned = {vals["number"]: (vals["status"], vals["fingerprint"]) for vals in plan}
        return sum(shown.get(number) != planned.get(number) for number in shown.keys() | planned.keys())

    def _apply_decisions(self, lines):
        """Show at once what decisions lead to.

        :raise UserError: a contact is to be used that another line already speaks of.
        """
        chosen = [(line.decision_partner_id or line.proposed_partner_id).id for line in lines]
        changer = self._changer(filter(None, chosen), [line.values for line in lines])
        for line, partner_id in zip(lines, chosen, strict=True):
            vals = {"status": "decide", "partner_id": False, "changes": False, "fingerprint": False}
            if line.decision == "skip":
                vals["status"] = "skipped"
            elif line.decision:
                used = partner_id if line.decision == "use" else False
                if line.decision == "use":
                    self._check_free(line, used)
                    if conflicts := changer.conflicts(line.values, used):
                        raise UserError(self._refusal(line.number, conflicts))
                vals.update(changer.outcome(line.values, used))
            line.write(vals)

    def _check_free(self, line, partner_id):
        if not partner_id:
            raise UserError(
                self.env._(
                    "Line %(line)s: choose the contact to use, or create another organisation.",
                    line=line.number,
                )
            )
        others = self.line_ids.filtered(lambda other: other != line and other.partner_id.id == partner_id)
        if others:
            raise UserError(
                self.env._(
                    "Line %(line)s: line %(other)s is already about this contact, and the two would "
                    "overwrite each other. Leave one out, or create another organisation.",
                    line=line.number,
                    other=others[0].number,
                )
            )


def _body(line):
    values = line.values
    return Body(
        line.number,
        values["name"],
        values.get("zip") or "",
        values.get("company_registry") or "",
        values.get("rna") or "",
        values.get("ref") or "",
        email=values.get("email") or "",
        person=bool(values.get("is_person")),
    )


def _identity(values):
    """Return what tells that two lines of one list, of two years, are about the same member."""
    name = values["name"]
    if values.get("ref"):
        return "ref", values["ref"].casefold()
    if values.get("is_person"):
        return "person", person_key(name), (values.get("email") or values.get("zip") or "").casefold()
    number = values.get("rna") or values.get("company_registry")
    return "organisation", name_key(name), number or values.get("zip")


def _translations(value):
    """Return the texts of a column, translated (a dict) or not."""
    if isinstance(value, dict):
        return {text for text in value.values() if text}
    return {value} if value else set()


assert {key for key, _label in TARGET_LABELS} == set(TARGETS)
