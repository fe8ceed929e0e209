"""The file of a meeting: one archive with what a court would ask for, each document with its hash."""

import hashlib
import io
import zipfile

from odoo.addons.coup_de_pousse_membership.calculation.common.spreadsheet import Sheet, workbook
from odoo.addons.coup_de_pousse_membership.models.common.record_sheet import make_sheet

REPORT = "network_governance.action_report_{}"


def make_archive(meeting):
    """Return the archive as bytes."""
    files = dict(_make_files(meeting))
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(name, content)
        archive.writestr("SHA256SUMS.txt", sums)
    return buffer.getvalue()


def _make_files(meeting):
    """Yield (name, content) of each document."""
    env = meeting.env
    yield (
        "1 " + env._("Convocations and attendance") + ".xlsx",
        workbook([_list_convened(meeting), _list_proxies(meeting)]),
    )
    yield "2 " + env._("Attendance sheet") + ".pdf", _print("attendance", meeting)
    votes = meeting.resolution_ids
    if votes:
        yield "3 " + env._("Votes") + ".xlsx", workbook([_list_votes(votes), _list_electors(votes)])
    if meeting.minutes_ids:
        yield "4 " + env._("Minutes") + ".pdf", _print("minutes", meeting.minutes_ids)
    for folder, documents in (
        ("5 " + env._("Proxies"), meeting.proxy_ids.document_ids),
        ("6 " + env._("Papers of the agenda"), meeting.agenda_ids.document_ids),
    ):
        for rank, document in enumerate(documents, 1):
            yield f"{folder}/{rank:02d} {document.name.replace('/', '-')}", document.raw or b""


def _print(report, record):
    content, _kind = record.env["ir.actions.report"]._render_qweb_pdf(REPORT.format(report), record.ids)
    return content


def _list_convened(meeting):
    columns = [
        ("partner_id", 32, "text"),
        ("structure_id", 36, "text"),
        ("college_id", 22, "text"),
        ("voices", 8, "integer"),
        ("channel", 12, "text"),
        ("email", 32, "text"),
        ("convened_at", 20, "text"),
        ("sending", 18, "text"),
        ("failure", 36, "text"),
        ("arrived_at", 20, "text"),
        ("left_at", 20, "text"),
    ]
    return _show(make_sheet(meeting.attendance_ids, meeting.env._("Convened"), columns, [meeting.name]), meeting)


def _list_proxies(meeting):
    columns = [
        ("giver_id", 36, "text"),
        ("holder_id", 36, "text"),
        ("given_on", 14, "date"),
        ("paper_seen", 12, "text"),
        ("why_not", 40, "text"),
    ]
    return _show(make_sheet(meeting.proxy_ids, meeting.env._("Proxies"), columns, [meeting.name]), meeting)


def _list_votes(votes):
    columns = [
        ("number", 14, "text"),
        ("name", 48, "text"),
        ("ballot", 20, "text"),
        ("opened_at", 20, "text"),
        ("closed_at", 20, "text"),
        ("quorum", 40, "text"),
        ("result", 18, "text"),
        ("sentence", 90, "text"),
    ]
    return _show(make_sheet(votes, votes.env._("Votes"), columns), votes.meeting_id)


def _list_electors(votes):
    columns = [
        ("resolution_id", 40, "text"),
        ("partner_id", 32, "text"),
        ("structure_id", 36, "text"),
        ("college_id", 22, "text"),
        ("voices", 8, "integer"),
        ("proxies", 8, "integer"),
        ("yes", 8, "integer"),
        ("no", 8, "integer"),
        ("blank", 8, "integer"),
        ("abstain", 8, "integer"),
    ]
    return make_sheet(votes.elector_ids, votes.env._("Electorate"), columns)


def _show(sheet, meeting):
    """Return a sheet whose moments are written as they are read on the association's own clock."""
    rows = [[_show_value(meeting, value) for value in row] for row in sheet.rows]
    return Sheet(sheet.name, sheet.columns, rows, sheet.title)


def _show_value(meeting, value):
    if hasattr(value, "hour"):
        return meeting._show_moment(value)
    if value is True:
        return meeting.env._("yes")
    return value
