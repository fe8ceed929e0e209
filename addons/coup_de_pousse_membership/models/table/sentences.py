"""What is said of any table that was received: the sentences for the codes of ``calculation/table``."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: The file as a whole. Each import adds ``empty`` and ``no_lines``, which say what a line is for.
FILE_SENTENCES = {
    "too_big": _lt(
        "The file is larger than %(limit)s MB. Remove what is not the list (pictures, other sheets), or cut it in two."
    ),
    "too_many_cells_in_file": _lt(
        "The file has more than %(limit)s cells. Remove the columns that are not needed, or cut it in several files."
    ),
    "too_many_lines": _lt("The file has more than %(limit)s lines, most of them empty. Remove the empty ones."),
    "huge_line": _lt("Line %(line)s is longer than any list has. The file is damaged, or is no list."),
    "huge_cell": _lt("Line %(line)s: a cell is longer than any spreadsheet has. Shorten it, or remove it."),
    "huge_cell_of_workbook": _lt("A cell of this workbook is longer than any spreadsheet has. The file is damaged."),
    "impossible_row": _lt("This workbook names a row beyond %(limit)s, which no spreadsheet has. The file is damaged."),
    "protected": _lt("This file is protected by a password. Save it without the password, and send it again."),
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
    "too_costly": _lt(
        "Reading this file takes more memory or time than any list of members or payments does. Save the sheet that "
        "you want as CSV, without the rest of the workbook, and try again."
    ),
    "ledger": _lt(
        "This is the statement of a bank account (OFX, QIF, CAMT or CFONB), not a list: import it under “Bank files”."
    ),
    "damaged_bank_file": _lt(
        "The file begins as %(format)s, and cannot be read further (movement or line %(line)s). Download it again from "
        "your bank, whole, or choose another format."
    ),
    "no_ofx_reader": _lt(
        "This server cannot read OFX: the Python package “ofxtools” is not installed. Ask the one who runs it to install "
        "it, or choose another format of your bank (CAMT, QIF, CSV or Excel)."
    ),
    "several_accounts": _lt(
        "The file holds the statements of several accounts (%(accounts)s). Download one file for each account."
    ),
    "no_entries": _lt("The file is %(format)s, and holds no movement. Choose a period in which something happened."),
    "binary": _lt("This file is not a table. Choose an XLSX or CSV file."),
    "open_quote": _lt(
        'Line %(line)s: a quotation mark (") is opened and never closed, so the rest of the '
        "file cannot be told apart. Remove it or close it."
    ),
    "no_header_line": _lt(
        "The file has nothing on line %(line)s. Correct “Line of the headers”, or put 0 for it to be found."
    ),
}

#: One line, or one of its cells.
LINE_SENTENCES = {
    "cell_error": _lt("“%(value)s” is an error of the spreadsheet. Correct its formula, or empty the cell."),
    "number": _lt(
        "“%(value)s” is not a number. Write digits only, such as 12500 or 12500,50; leave it empty if it is unknown."
    ),
    "ambiguous_number": _lt(
        "“%(value)s” may be thousands or decimals. Write it without a separator of "
        "thousands, such as 12500 or 12500,50."
    ),
    "negative": _lt("“%(value)s” is negative. Correct it, or leave it empty if it is unknown."),
    "too_large": _lt("“%(value)s” is too large for this figure. Is it another column, such as a phone number?"),
    "date": _lt("“%(value)s” is not a date. Write it as 31/12/2024 or 2024-12-31."),
    "date_month_first": _lt(
        "“%(value)s” has no such month: it is written month first. Write the day first, as "
        "31/12/2024, in the whole column, as other dates of it may be read wrongly."
    ),
    "too_long": _lt("it has %(count)s letters, which is too long here. Shorten it."),
    "future": _lt("%(value)s is in the future, or too long ago. Correct the date."),
}

#: What was corrected in the file as a whole.
FILE_NOTES = {
    "odd_encoding": _lt(
        "Lines in another encoding than the rest of the file: %(lines)s (%(count)s in all). Look at their accents."
    ),
    "encoded_twice": _lt(
        "Accents had been damaged before (“%(value)s” on line %(line)s): they were mended. Look at the names."
    ),
}
