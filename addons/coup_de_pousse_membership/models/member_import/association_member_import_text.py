"""What an import says: the sentences for the reasons that the plain modules give as codes."""

from odoo import api, models
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: The file as a whole.
FILE_SENTENCES = {
    "empty": _lt("The file is empty. Choose a file with one line of headers, and one line for each member."),
    "too_big": _lt(
        "The file is larger than %(limit)s MB. Remove what is not the list (pictures, other sheets), or cut it in two."
    ),
    "too_many_rows": _lt("The file has more than %(limit)s lines. Cut it in several files."),
    "pdf": _lt(
        "This is a PDF, which holds no table that can be read. Ask for the list as a spreadsheet (XLSX) or as CSV."
    ),
    "image": _lt("This is a picture. Ask for the list as a spreadsheet (XLSX) or as CSV."),
    "old_excel": _lt(
        "This is a file of the old Excel (XLS), or one protected by a password. Open it in a "
        "spreadsheet, and save it as XLSX or CSV, without a password."
    ),
    "open_document": _lt("This is an OpenDocument file (ODS). Open it in LibreOffice, and save it as XLSX or CSV."),
    "not_a_workbook": _lt(
        "This is an archive or a document of another program, not a spreadsheet. Choose an XLSX or CSV file."
    ),
    "damaged": _lt(
        "The file is damaged, or was not sent whole. Open it in a spreadsheet, and save it again as XLSX or CSV."
    ),
    "web_page": _lt(
        "This is a web page or an XML file, even if its name ends like that of a "
        "spreadsheet. Open it in a spreadsheet, and save it as XLSX or CSV."
    ),
    "ledger": _lt(
        "This is a file for accounting programs (OFX, QIF, CAMT), which is not read here. Where your bank offers the "
        "statement, choose CSV or Excel (XLSX)."
    ),
    "binary": _lt("This file is not a table. Choose an XLSX or CSV file."),
    "open_quote": _lt(
        'Line %(line)s: a quotation mark (") is opened and never closed, so the rest of the '
        "file cannot be told apart. Remove it or close it."
    ),
    "no_header_line": _lt(
        "The file has nothing on line %(line)s. Correct “Line of the headers”, or put 0 for it to be found."
    ),
    "no_lines": _lt(
        "The file has headers on line %(line)s, and nothing below. Choose a file with one line for each member."
    ),
}

#: One line, or one of its cells.
LINE_SENTENCES = {
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
    "cell_error": _lt("“%(value)s” is an error of the spreadsheet. Correct its formula, or empty the cell."),
    "email": _lt("“%(value)s” is not an email address. Correct it, or empty the cell."),
    "number": _lt(
        "“%(value)s” is not a number. Write digits only, such as 12500 or 12500,50; leave it empty if it is unknown."
    ),
    "ambiguous_number": _lt(
        "“%(value)s” may be thousands or decimals. Write it without a separator of "
        "thousands, such as 12500 or 12500,50."
    ),
    "negative": _lt("“%(value)s” is negative. Correct it, or leave it empty if it is unknown."),
    "too_large": _lt("“%(value)s” is too large for this figure. Is it another column, such as a phone number?"),
    "not_whole": _lt("“%(value)s” is not a whole number. Round it."),
    "date": _lt("“%(value)s” is not a date. Write it as 31/12/2024 or 2024-12-31."),
    "date_month_first": _lt(
        "“%(value)s” has no such month: it is written month first. Write the day first, as "
        "31/12/2024, in the whole column, as other dates of it may be read wrongly."
    ),
    "future": _lt("%(value)s is in the future, or too long ago. Correct the date."),
    "scientific": _lt(
        "“%(value)s” was shortened by a spreadsheet, which lost its last digits. Write the "
        "number again, in a column formatted as text."
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
    "same_period": _lt("line %(line)s already gives this member a membership over these days. Remove one of the two."),
    "known_otherwise": _lt(
        "the register already has the membership “%(known)s” (%(state)s) over days of %(period)s, and the line says "
        "otherwise. Empty that year on the line, or correct the register by hand."
    ),
    "repeated": _lt("it repeats line %(line)s. Remove one of the two."),
}

#: What was read otherwise than it was written.
NOTE_SENTENCES = {
    "zeros_mended": _lt("%(value)s had lost its leading zeros: read as %(mended)s."),
    "zip_mended": _lt("The postcode %(value)s had lost its leading zero: read as %(mended)s."),
    "rna_found": _lt("%(value)s is an RNA number: read as such."),
    "email_mended": _lt("%(value)s has spaces: read as %(mended)s."),
    "history_assumed_paid": _lt("Nothing says what was paid for %(year)s: taken as settled."),
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
    "file_same": _lt(
        "Line %(line)s, “%(names)s”, is about the same organisation (same number, or same "
        "name and postcode), and says something else. Leave one of the two out, or create "
        "both."
    ),
}


class AssociationMemberImport(models.Model):
    _inherit = "association.member.import"

    @api.model
    def _sentence(self, sentences, code, values):
        """Return the sentence for a code, in the user's language."""
        return self.env._(sentences[code]) % values

    @api.model
    def _file_sentence(self, error):
        return self._sentence(FILE_SENTENCES, error.code, error.values)

    @api.model
    def _refusal(self, number, problems):
        """Return why a line is refused: what, where, and how to mend it.

        :param problems: list of :class:`import_lines.Problem`.
        """
        sentences = []
        for problem in problems:
            reason = self._problem_reason(problem)
            if problem.header:
                sentences.append(
                    self.env._(
                        "Line %(line)s, column “%(header)s”: %(reason)s",
                        line=number,
                        header=problem.header,
                        reason=reason,
                    )
                )
            else:
                sentences.append(self.env._("Line %(line)s: %(reason)s", line=number, reason=reason))
        return "\n".join(sentences)

    @api.model
    def _problem_reason(self, problem):
        Partner = self.env["res.partner"]
        if problem.code == "registry":
            return Partner._registry_refusal(problem.values["value"])
        if problem.code == "rna":
            return Partner._rna_refusal(problem.values["value"])
        return self._sentence(LINE_SENTENCES, problem.code, problem.values)

    @api.model
    def _left_out_text(self, reason):
        """Return why a line is left out: the program that wrote the file does not mean it as done."""
        return self.env._("Left out: “%(header)s” is “%(value)s”.", **reason)

    @api.model
    def _notes_text(self, notes):
        return "\n".join(self._sentence(NOTE_SENTENCES, code, values) for code, values in notes)

    @api.model
    def _doubt_text(self, verdict):
        """Return what there is to decide about a line.

        :param verdict: :class:`import_matching.Verdict`.
        """
        reason = verdict.reason if verdict.reason in DOUBT_SENTENCES else "file_same"
        names = ", ".join(verdict.candidates[:5])
        return self._sentence(DOUBT_SENTENCES, reason, {"names": names, "line": verdict.line})
