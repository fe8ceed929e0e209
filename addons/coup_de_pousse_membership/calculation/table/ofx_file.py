"""OFX, what French banks offer as "Money" or "Quicken": read by ``ofxtools``, SGML (1.x) and XML (2.x) alike.

Its tree is taken as it is: ``ofxtools`` can also check header and tree against the specification, which the files of
many banks do not follow to the letter.
"""

from .bank_rows import BankEntry, join_label, make_sheet, read_day, read_decimal
from .encodings import decode
from .table_rows import TableError

KIND = "OFX"


def is_ofx(start):
    """Return whether a file begins as an OFX does.

    :param start: its first bytes, in lower case.
    """
    return start.startswith((b"ofxheader", b"<ofx")) or b"<?ofx" in start


def read_ofx(content):
    """Return the :class:`FileSheet` of an OFX file.

    :raise TableError: ``no_ofx_reader`` where the library is not installed, ``damaged_bank_file``, or what :func:`make_sheet` raises.
    """
    root = _parse(content)
    accounts = [node.findtext("ACCTID") for name in ("BANKACCTFROM", "CCACCTFROM") for node in root.iter(name)]
    entries = []
    for statement in (node for name in ("STMTRS", "CCSTMTRS") for node in root.iter(name)):
        currency = (statement.findtext("CURDEF") or "").strip().upper()
        entries += [
            _read(node, currency, line) for line, node in enumerate(statement.iter("STMTTRN"), len(entries) + 1)
        ]
    return make_sheet(KIND, accounts, entries)


def _parse(content):
    try:
        from ofxtools.Parser import TreeBuilder
    except ImportError as error:
        # Odoo's own image lacks it; whatever is no OFX is read without.
        raise TableError("no_ofx_reader") from error

    text = decode(content).text
    begin, end = text.upper().find("<OFX>"), text.upper().rfind("</OFX>")
    # SGML need not close its tags: a file that was cut would lose its last movements in silence.
    if begin < 0 or end < begin or "<!" in text[:begin]:
        raise TableError("damaged_bank_file", format=KIND, line="?")
    builder = TreeBuilder()
    try:
        builder.feed(text[begin : end + len("</OFX>")])
        return builder.close()
    except Exception as error:
        # Whatever the library stumbles over, the file is not one that a bank has written whole.
        raise TableError("damaged_bank_file", format=KIND, line="?") from error


def _read(node, currency, line):
    texts = {name: (node.findtext(name) or "").strip() for name in ("NAME", "MEMO", "FITID", "CHECKNUM", "REFNUM")}
    return BankEntry(
        date=read_day((node.findtext("DTPOSTED") or "")[:8], ["%Y%m%d"], KIND, line),
        amount=read_decimal(node.findtext("TRNAMT"), KIND, line),
        label=join_label(texts["NAME"], texts["MEMO"]),
        reference=texts["REFNUM"] or texts["CHECKNUM"],
        currency=currency,
        number=texts["FITID"],
    )
