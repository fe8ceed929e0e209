"""The papers of an application as one archive: a folder for each organisation, and the list of what is missing."""

import io
import zipfile
from base64 import b64decode


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
                archive.writestr(name, b64decode(paper.document))
        missing = application._list_missing_papers(application._get_latest_papers())
        if missing:
            archive.writestr(env._("Missing") + ".txt", "\n".join(missing))
    return buffer.getvalue()


def _clean(name):
    return (name or "").replace("/", "-").strip()
