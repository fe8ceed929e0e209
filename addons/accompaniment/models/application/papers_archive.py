"""The papers of an application as one archive: a folder for each organisation, and the list of what is missing."""

import io
import zipfile


def make(application):
    """Return the archive as bytes."""
    env, buffer = application.env, io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        names = set()
        for paper in application.paper_ids.with_context(bin_size=False):
            ending = (paper.filename or "").rpartition(".")[2] or "pdf"
            folder, kind = _clean(paper.partner_id.name), _clean(paper.kind_id.name)
            name = f"{folder}/{kind} {paper.issued_on}.{ending}"
            if name not in names:
                names.add(name)
                archive.writestr(name, _get_content(paper))
        if application.papers_missing:
            archive.writestr(env._("Missing") + ".txt", application.papers_missing.replace(", ", "\n"))
    return buffer.getvalue()


def _get_content(paper):
    domain = [("res_model", "=", paper._name), ("res_field", "=", "document"), ("res_id", "=", paper.id)]
    return paper.env["ir.attachment"].sudo().search(domain, limit=1).raw or b""


def _clean(name):
    return (name or "").replace("/", "-").strip()
