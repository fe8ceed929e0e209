"""How an import understands its file: from the table to what each line would do now."""

import dataclasses
from collections import Counter
from dataclasses import dataclass

from odoo import fields
from odoo.exceptions import UserError

from ...calculation.member_import.line_reader import LineReader, ReadingOptions
from ...calculation.member_import.member_columns import TARGETS
from ...calculation.member_import.member_matching import Body, Matcher, judge, name_key, person_key
from ...calculation.member_import.past_memberships import JoinedLines, YearStart, join_lines
from .association_member_import_word import WORD_FIELDS
from .changes import ChangeFinder, known_name_kept
from .known_records import Directory
from .outcomes import ChangeWords, Outcomes
from .sentences import ImportSentences


@dataclass(frozen=True)
class PlannedLine:
    """What one line of the file would do: the fields of a line of the import, under their names."""

    number: int
    name: str | None
    values: dict
    status: str = ""
    partner_id: int | bool = False
    changes: str | bool = False
    fingerprint: str | bool = False
    message: str | bool = False
    doubtful: bool = False
    proposed_partner_id: int | bool = False
    decision: str | bool = False
    decision_partner_id: int | bool = False
    joined_number: int | bool = False

    def vals(self):
        """Return the values of the line of the import, without the import itself."""
        return vars(self)

    def with_values(self, **values):
        """Return the line with other values."""
        return dataclasses.replace(self, **values)


class Planner:
    """Finds what the lines of a file would do now.

    Decisions that the user has taken hold as long as the line is about the same name.

    :param record: the import.
    :param file: its :class:`ListFile`.
    :ivar unknown_words: (target, word) → lines that are refused because of it, once the plan is made.
    """

    def __init__(self, record, file):
        self._record, self._env = record, record.env
        self._table, self._preset = file.table, file.preset
        self._directory = Directory(record.env, record.company_id)
        self._sentences = ImportSentences(record.env)
        self.unknown_words = {}

    def plan(self, in_words=True):
        """Return a :class:`PlannedLine` for each line of the file.

        :param in_words: whether the changes are wanted in words, to be shown.
        """
        reader = self._line_reader()
        lines = reader.read_rows(self._table.rows)
        self.unknown_words = _unknown_words(lines)
        read = [line for line in lines if not (line.problems or line.left_out)]
        joint = join_lines(read, _identity) if reader.history.is_long else JoinedLines(read, {})
        taken = {line.number: line for line in joint.lines}
        good = [line for line in joint.lines if not line.problems and line.number not in joint.heads]
        verdicts = self._verdicts(good)
        all_values = [line.values for line in good]
        finder = ChangeFinder.of(
            self._record, [verdict.known for verdict in verdicts.values() if verdict.kind == "same"], all_values
        )
        words = ChangeWords(self._record, self._sentences, all_values) if in_words else None
        outcomes = Outcomes(finder, words)
        return [
            self._plan_line(
                taken.get(line.number, line),
                verdicts.get(line.number),
                joint.heads.get(line.number),
                finder,
                outcomes,
            )
            for line in lines
        ]

    def _line_reader(self):
        """Return the reader of the lines, as the options say.

        :raise UserError: seasons are named, and no first day of the season is given.
        """
        record = self._record
        reader = LineReader(
            list(record.column_ids.filtered(lambda column: column.target in (False, *TARGETS))),
            self._table.header,
            self._vocabulary(),
            ReadingOptions(
                fields.Date.context_today(record),
                self._table.sheet.delimiter,
                self._preset,
                YearStart(int(record.period_month), record.period_day),
                record.membership_year or None,
            ),
        )
        if seasons := reader.history.seasons_without_start():
            raise UserError(
                self._env._(
                    "“%(header)s” names two years. Give the month in which a membership year starts, then "
                    "press “Preview” again.",
                    header=seasons[0],
                )
            )
        return reader

    def _vocabulary(self):
        """Return the :class:`CellVocabulary` of this database, and of what the user said of the words of the list."""
        vocabulary = self._directory.vocabulary()
        self._record.word_ids._teach(vocabulary)
        return vocabulary

    def _verdicts(self, lines):
        """Return {number of a line: which organisation or person it is}."""
        with_persons = any(line.values.get("is_person") for line in lines)
        return judge(
            [_body(line) for line in lines],
            Matcher(self._directory.bodies(with_persons)),
            {line.number: line.values for line in lines},
            self._decisions(lines),
        )

    def _decisions(self, lines):
        names = {line.number: line.values["name"] for line in lines}
        decided = self._env["association.member.import.line"].search_fetch(
            [("import_id", "=", self._record.id), ("decision", "!=", False)],
            ["number", "name", "decision", "decision_partner_id"],
        )
        return {
            line.number: (line.decision, line.decision_partner_id.id)
            for line in decided
            if names.get(line.number) == line.name
        }

    def _plan_line(self, line, verdict, head, finder, outcomes):
        """Return the :class:`PlannedLine` of a line.

        :param verdict: :class:`member_matching.Verdict`, or None for a line that is not judged.
        :param head: number of the line with which it is written, or None.
        """
        say = self._sentences
        planned = PlannedLine(line.number, line.values.get("name"), line.values, message=say.notes(line.notes) or False)
        if line.left_out:
            return planned.with_values(status="skipped", message=say.left_out(line.left_out))
        if line.problems:
            return planned.with_values(status="refused", message=say.refusal(line.number, line.problems))
        if head:
            return planned.with_values(status="joined", message=say.joined(head), joined_number=head)
        if verdict.kind == "repeated":
            # Said once, by their number, and not for each of thousands.
            return planned.with_values(status="joined", message=say.repeated(verdict.line), joined_number=verdict.line)
        if verdict.kind == "doubt" or verdict.decided:
            planned = self._with_doubt(planned, verdict)
        if verdict.kind == "doubt":
            return planned.with_values(status="decide")
        if verdict.kind == "skip":
            return planned.with_values(status="skipped")
        used = verdict.known if verdict.kind == "same" else False
        if conflicts := finder.conflicts(line.values, used, say):
            return planned.with_values(status="refused", message=say.refusal(line.number, conflicts))
        values = known_name_kept(line.values, used if verdict.decided else False)
        return planned.with_values(**vars(outcomes.of_line(values, used)))

    def _with_doubt(self, planned, verdict):
        """Return a line with what there is to decide, or was decided."""
        used = verdict.known if verdict.kind == "same" else False
        return planned.with_values(
            message="\n".join(filter(None, [self._sentences.doubt(verdict), planned.message])),
            doubtful=True,
            proposed_partner_id=verdict.known,
            decision=verdict.decided or False,
            decision_partner_id=used if verdict.decided else False,
        )


def _unknown_words(lines):
    """Return {(target, word): number of lines} of the words that refuse lines."""
    return Counter(
        (problem.code.removeprefix("unknown_"), problem.values["value"])
        for line in lines
        for problem in line.problems
        if problem.code.removeprefix("unknown_") in WORD_FIELDS
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
        phone=values.get("phone") or "",
    )


def _identity(values):
    """Return what two lines of one list, of two years, have in common if they are about one member."""
    name = values["name"]
    if values.get("ref"):
        return "ref", values["ref"].casefold()
    if values.get("is_person"):
        return "person", person_key(name), (values.get("email") or values.get("zip") or "").casefold()
    number = values.get("rna") or values.get("company_registry")
    return "organisation", name_key(name), number or values.get("zip")
