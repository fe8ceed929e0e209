"""CAMT.052, 053 and 054 of ISO 20022: a bank's report of the day, its statement, its notice of entries.

Read by ``lxml``, without entities and without anything fetched; the version of the message does not matter.
"""

from lxml import etree

from .bank_rows import BankEntry, make_sheet, read_day, read_decimal
from .table_rows import TableError

KIND = "CAMT"


def is_camt(start):
    """Return whether a file begins as a CAMT message does.

    :param start: its first bytes, in lower case.
    """
    return b"camt.05" in start or b"bktocstmr" in start


def read_camt(content):
    """Return the :class:`FileSheet` of a CAMT message.

    An entry of several transactions whose amounts sum to it is told as these: one transfer each.

    :raise TableError: ``damaged_bank_file``, or what :func:`make_sheet` raises.
    """
    root = _parse(content)
    accounts = [
        _text(node, "Id/IBAN") or _text(node, "Id/Othr/Id") for node in root.iter("Acct") if _is_of_a_report(node)
    ]
    entries = [part for line, node in enumerate(root.iter("Ntry"), 1) for part in _read(node, line)]
    return make_sheet(KIND, accounts, entries)


def _parse(content):
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise TableError("damaged_bank_file", format=KIND, line=error.lineno or "?") from error
    if root.getroottree().docinfo.doctype:
        # No bank declares a type of document: entities can be made to fill the memory.
        raise TableError("damaged_bank_file", format=KIND, line=1)
    for node in root.iter(etree.Element):
        node.tag = etree.QName(node).localname
    return root


def _is_of_a_report(account):
    return account.getparent().tag in ("Stmt", "Rpt", "Ntfctn")


def _text(node, path):
    return " ".join((node.findtext(path) or "").split())


def _read(node, line):
    amount = _signed(node, node.findtext("Amt"), line)
    details = node.findall("NtryDtls/TxDtls")
    parts = [
        _signed(node, _text(one, "Amt") or _text(one, "AmtDtls/TxAmt/Amt"), line, optional=True) for one in details
    ]
    if len(details) > 1 and None not in parts and sum(parts) == amount:
        return [
            _entry(node, one, part, line, rank) for rank, (one, part) in enumerate(zip(details, parts, strict=True), 1)
        ]
    return [_entry(node, details[0] if details else node, amount, line)]


def _signed(node, text, line, optional=False):
    if optional and not text:
        return None
    number = read_decimal(text, KIND, line)
    return -number if _text(node, "CdtDbtInd") == "DBIT" else number


def _entry(node, details, amount, line, rank=None):
    party = "Dbtr" if amount >= 0 else "Cdtr"
    told = [" ".join((one.text or "").split()) for one in details.iterfind("RmtInf/Ustrd")]
    end_to_end = _text(details, "Refs/EndToEndId")
    number = _text(details, "Refs/AcctSvcrRef") or _text(node, "AcctSvcrRef") or _text(node, "NtryRef")
    day = node.find("BookgDt") if node.find("BookgDt") is not None else node.find("ValDt")
    return BankEntry(
        date=read_day(
            (_text(day, "Dt") or _text(day, "DtTm")[:10]) if day is not None else "", ["%Y-%m-%d"], KIND, line
        ),
        amount=amount,
        label=" ".join(filter(None, told)) or _text(details, "AddtlTxInf") or _text(node, "AddtlNtryInf"),
        payer=_text(details, f"RltdPties/{party}/Nm") or _text(details, f"RltdPties/{party}/Pty/Nm"),
        reference=" ".join(
            filter(
                None,
                [
                    _text(details, "RmtInf/Strd/CdtrRefInf/Ref"),
                    "" if end_to_end.upper() == "NOTPROVIDED" else end_to_end,
                ],
            )
        ),
        currency=node.find("Amt").get("Ccy", ""),
        number=f"{number}/{rank}" if number and rank and not _text(details, "Refs/AcctSvcrRef") else number,
        # What is only announced is not there yet.
        status="pending" if (_text(node, "Sts/Cd") or _text(node, "Sts")) in ("PDNG", "INFO") else "booked",
    )
