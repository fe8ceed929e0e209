"""The papers of an application as one archive: a folder for each organisation, and the list of what is missing."""

import io
import itertools
import zipfile
from base64 import b64decode


def make(application):
    """Return the archive as bytes."""
    env, buffer = application.env, io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        names = set()
        for paper in application.paper_ids.with_context(bin_size=False):
            name = _find_free_name(_name(paper), names)
            names.add(name)
            archive.writestr(name, b64decode(paper.document))
        missing = application._list_missing_papers(application._get_latest_papers())
        if missing:
            archive.writestr(env._("Missing") + ".txt", "\n".join(missing))
    return buffer.getvalue()


def _name(paper):
    """Return the folder and the name of a paper, and its ending."""
    ending = (paper.filename or "").rpartition(".")[2] or "pdf"
    return f"{_clean(paper.partner_id.name)}/{_clean(paper.kind_id.name)} {paper.issued_on}", ending


def _find_free_name(name, taken):
    """Return the whole name of a file, numbered where two organisations or papers are called alike."""
    stem, ending = name
    numbered = (f"{stem} ({number}).{ending}" for number in itertools.count(2))
    return next(name for name in itertools.chain([f"{stem}.{ending}"], numbered) if name not in taken)


def _clean(name):
    return (name or "").replace("/", "-").strip()
