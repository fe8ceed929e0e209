"""What an import of members says: the sentences for the reasons that the plain modules give as codes."""

from odoo.tools import format_amount
from odoo.tools.translate import LazyTranslate

from ..table.sentences import FILE_NOTES, FILE_SENTENCES, LINE_SENTENCES

_lt = LazyTranslate(__name__)

#: The file as a whole.
MEMBER_FILE_SENTENCES = {
    **FILE_SENTENCES,
    "empty": _lt("The file is empty. Choose a file with one line of headers, and one line for each member."),
    "no_lines": _lt(
        "The file has headers on line %(line)s, and nothing below. Choose a file with one line for each member."
    ),
}

#: One line, or one of its cells.
MEMBER_LINE_SENTENCES = {
    **LINE_SENTENCES,
    "no_name": _lt("there is no name. Give the name of the organisation."),
    "total": _lt(
        "“%(value)s” looks like a line of totals. Remove it; or if it is an organisation, write its name in full."
    ),
    "too_many_cells": _lt(
        "it has %(count)s cells, where the headers have %(expected)s: a delimiter stands "
        "inside a cell. Put that cell between quotation marks."
    ),
    "line_break": _lt(
        "the cell holds a line break and “%(delimiter)s”: a quotation mark is probably not "
        "closed, and the next line was taken with it. Close or remove the mark."
    ),
    "email": _lt("“%(value)s” is not an email address. Correct it, or empty the cell."),
    "not_whole": _lt("“%(value)s” is not a whole number. Round it."),
    "scientific": _lt(
        "“%(value)s” was shortened by a spreadsheet, which lost its last digits. Write the "
        "number again, in a column formatted as text."
    ),
    "rounded": _lt(
        "“%(value)s” was rounded by a spreadsheet: no establishment has the number 00000. Write the SIRET again, in a "
        "column formatted as text."
    ),
    "siret_of_another": _lt(
        "the SIRET %(siret)s does not begin with the SIREN %(siren)s of the same line. "
        "Correct one of them, or empty it."
    ),
    "unknown_country": _lt("the country “%(value)s” is not known. Write its name or its code of two letters."),
    "unknown_sector": _lt(
        "the sector “%(value)s” is not known. Write one of those of the contacts, ask an "
        "administrator to add it, or leave the column out."
    ),
    "unknown_category": _lt(
        "the category “%(value)s” is not known. Write the name or code of one of the member "
        "categories, ask an administrator to add it, or leave the column out."
    ),
    "unknown_legal_form": _lt(
        "the legal form “%(value)s” is not known. Write one of those of the contacts, such "
        "as “Association”, or leave the column out."
    ),
    "unknown_kind": _lt("“%(value)s” says neither person nor organisation. Write one of the two, or empty the cell."),
    "year": _lt("“%(value)s” is not a year. Write it with four digits, such as 2024."),
    "season": _lt(
        "“%(value)s” names two years. Give the month in which a membership year starts in the options, or "
        "write the first year only."
    ),
    "period": _lt(
        "a membership from %(first)s to %(last)s is not possible: it ends before it starts, lasts more than "
        "three years, or is yet to come. Correct its year or dates."
    ),
    "periods_overlap": _lt(
        "the memberships that start on %(first)s and on %(other)s share some days. Correct the dates of one."
    ),
    "unpaid_without_fee": _lt(
        "the line says a member of %(year)s, and neither the fee nor that it was paid. Give one of them, or empty the cell."
    ),
    "same_period": _lt("line %(line)s already gives this member a membership over these days. Remove one of the two."),
    "known_otherwise": _lt(
        "the register already has the membership “%(known)s” (%(state)s) over days of %(period)s, and the line says "
        "otherwise. Empty that year on the line, or correct the register by hand."
    ),
}

#: What was read otherwise than it was written.
NOTE_SENTENCES = {
    "zeros_mended": _lt("%(value)s had lost its leading zeros: read as %(mended)s."),
    "zip_mended": _lt("The postcode %(value)s had lost its leading zero: read as %(mended)s."),
    "zip_contradicts": _lt("The postcode %(value)s has four digits, and does not suit %(town)s: left out. Correct it."),
    "rna_found": _lt("%(value)s is an RNA number: read as such."),
    "email_mended": _lt("%(value)s has spaces: read as %(mended)s."),
    "no_proof_of_payment": _lt("Nothing says that the fee of %(year)s was paid: taken as still owed."),
    "year_only": _lt("The year %(value)s alone is read as its first of January."),
}

#: Why the user must decide. “names” are the organisations that may be the same.
DOUBT_SENTENCES = {
    "several": _lt("Several contacts may be this organisation: %(names)s. Choose the one to use, or create another."),
    "contradiction": _lt(
        "The contact “%(names)s” has one number in common with this line, and another that "
        "differs. Use it if the line is right (the numbers are then replaced), or create "
        "another organisation."
    ),
    "archived": _lt("The contact “%(names)s” is archived. Using it takes it out of the archive."),
    "one_zip": _lt(
        "The contact “%(names)s” has the same name, and only one of the two has a postcode. "
        "Is it the same organisation?"
    ),
    "other_email": _lt(
        "The contact “%(names)s” has the same name and postcode, and another email address or none. Is it the "
        "same person?"
    ),
    "typing": _lt(
        "The contact “%(names)s” has nearly the same name, at the same place: a typing error? Use it, or create "
        "another."
    ),
    "same_siren": _lt(
        "The contact “%(names)s” has the same SIREN under another name: a new name, or another body of the same legal "
        "person? Use it (its name stays), or create another."
    ),
    "same_email": _lt(
        "The contact “%(names)s” has the same email address under another name. Use it (its name stays), or create "
        "another."
    ),
    "same_phone": _lt(
        "The contact “%(names)s” has the same telephone under another name. Use it (its name stays), or create another."
    ),
    "other_town": _lt(
        "The contact “%(names)s” has the same name, in another town. Has it moved? Use it, or create another."
    ),
    "spelling": _lt("The contact “%(names)s” may be this organisation, spelled otherwise."),
    "file_spelling": _lt(
        "Line %(line)s, “%(names)s”, may be the same organisation, spelled otherwise. Leave "
        "one of the two out, or create both."
    ),
    "file_typing": _lt(
        "Line %(line)s, “%(names)s”, has nearly the same name, at the same place: a typing error? Leave one of "
        "the two out, or create both."
    ),
    "file_other_email": _lt(
        "Line %(line)s, “%(names)s”, has the same name and postcode, and another email address or none. Leave one "
        "of the two out, or create both."
    ),
    "file_one_zip": _lt(
        "Line %(line)s, “%(names)s”, has the same name, and only one of the two has a "
        "postcode. Leave one of the two out, or create both."
    ),
    "file_same_siren": _lt(
        "Line %(line)s, “%(names)s”, has the same SIREN under another name. Leave one of the two out, or create both."
    ),
    "file_same_email": _lt(
        "Line %(line)s, “%(names)s”, has the same email address under another name. Leave one of the two out, or "
        "create both."
    ),
    "file_same_phone": _lt(
        "Line %(line)s, “%(names)s”, has the same telephone under another name. Leave one of the two out, or create "
        "both."
    ),
    "file_other_town": _lt(
        "Line %(line)s, “%(names)s”, has the same name, in another town. Leave one of the two out, or create both."
    ),
    "file_same": _lt(
        "Line %(line)s, “%(names)s”, is about the same organisation (same number, or same "
        "name and postcode), and says something else. Leave one of the two out, or create "
        "both."
    ),
}

#: What to confirm about the columns. “columns” are named with what they go to, where it matters.
QUESTION_SENTENCES = {
    "memberships": _lt(
        "Memberships are read so: %(columns)s. A membership without proof of payment is unpaid. "
        "If a column means something else, correct it under “Columns”."
    ),
    "fee_as_paid": _lt(
        "%(columns)s: amounts are taken as paid. If they were only asked for, choose “Membership: fee called” under "
        "“Columns”."
    ),
    "left_out": _lt(
        "Not imported, though full of values: %(columns)s. If something is missing below, choose under “Columns” "
        "where they go."
    ),
}
#: Columns named in one sentence, at most.
NAMED_COLUMNS = 12


class ImportSentences:
    """Puts into words, in the user's language, what is found in a list of members."""

    def __init__(self, env):
        self._env = env

    def _sentence(self, sentences, code, values):
        sentence = self._env._(sentences[code])
        return sentence % values

    def file(self, error):
        """Return why a file cannot be read.

        :param error: :class:`table_reader.TableError`.
        """
        return self._sentence(MEMBER_FILE_SENTENCES, error.code, error.values)

    def refusal(self, number, problems):
        """Return why a line is refused: what, where, and how to correct it.

        :param problems: each a :class:`member_line.LineProblem`.
        """
        sentences = []
        for problem in problems:
            reason = self._reason(problem)
            if problem.header:
                sentences.append(
                    self._env._(
                        "Line %(line)s, column “%(header)s”: %(reason)s",
                        line=number,
                        header=problem.header,
                        reason=reason,
                    )
                )
            else:
                sentences.append(self._env._("Line %(line)s: %(reason)s", line=number, reason=reason))
        return "\n".join(sentences)

    def _reason(self, problem):
        Partner = self._env["res.partner"]
        if problem.code == "registry":
            return Partner._registry_refusal(problem.values["value"])
        if problem.code == "rna":
            return Partner._rna_refusal(problem.values["value"])
        return self._sentence(MEMBER_LINE_SENTENCES, problem.code, problem.values)

    def left_out(self, reason):
        """Return why a line is left out: the program that wrote the file does not mean it as done.

        :param reason: :class:`member_line.LeftOut`.
        """
        return self._env._("Left out: “%(header)s” is “%(value)s”.", header=reason.header, value=reason.value)

    def repeated(self, line):
        """Return what becomes of a line that says the same as an earlier one."""
        return self._env._("Same as line %(line)s: the two count as one.", line=line)

    def joined(self, head):
        """Return what becomes of a line that is written together with an earlier one."""
        return self._env._("Same member as line %(line)s: the two are written together.", line=head)

    def notes(self, notes):
        """Return what was read otherwise than it was written."""
        return "\n".join(self._sentence(NOTE_SENTENCES, code, values) for code, values in notes)

    def file_note(self, code, values):
        """Return what was corrected in the file as a whole."""
        return self._sentence(FILE_NOTES, code, values)

    def question(self, question):
        """Return what to confirm about some columns.

        :param question: :class:`column_questions.ColumnQuestion`, about records of columns.
        """
        return self._sentence(QUESTION_SENTENCES, question.code, {"columns": self._columns(question)})

    def _columns(self, question):
        with_target = question.code == "memberships"
        named = [column._told(with_target) for column in question.columns[:NAMED_COLUMNS]]
        if more := len(question.columns) - len(named):
            named.append(self._env._("%(count)s more", count=more))
        return ", ".join(named)

    def doubt(self, verdict):
        """Return what there is to decide about a line.

        :param verdict: :class:`member_matching.Verdict`.
        """
        reason = verdict.reason if verdict.reason in DOUBT_SENTENCES else "file_same"
        names = ", ".join(verdict.candidates[:5])
        return self._sentence(DOUBT_SENTENCES, reason, {"names": names, "line": verdict.line})

    def period(self, date_from, date_to):
        """Return a period as people say it: its year, or its two days.

        :param date_from: in ISO text, as ``date_to``.
        """
        if date_from[5:] == "01-01" and date_to == f"{date_from[:4]}-12-31":
            return date_from[:4]
        return f"{date_from} – {date_to}"

    def fee(self, amount, due, currency):
        """Return what was paid and what is owed, in words."""
        values = {"amount": format_amount(self._env, amount, currency), "due": format_amount(self._env, due, currency)}
        if due:
            return self._env._("%(amount)s, of which %(due)s owed", **values)
        return self._env._("%(amount)s, settled", **values) if amount else self._env._("settled")
