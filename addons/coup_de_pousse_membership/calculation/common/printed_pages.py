"""Pages printed by a wkhtmltopdf without the patched Qt: one run for many documents, text that stays text.

That engine draws fonts of the web as shapes, which nobody can select, search or read aloud; prints one document
only; and knows neither page numbers nor an outline. Fonts of the system stay text. Several documents are printed
as one, with a page between two of them that says where the next one begins, and is taken out again.
"""

import io

import lxml.html
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

#: What the page between two documents says.
BREAK = "coup-de-pousse-next-document"
#: Bytes of drawing that the page between two documents does not need.
SHORT = 8000
#: Icons are drawn as shapes all the same.
STYLE = """
*:not(.fa) { font-family: "Liberation Sans", Arial, "DejaVu Sans", sans-serif !important; }
"""
NUMBER_SIZE = 8


def _parse(html):
    return lxml.html.fromstring(str(html), parser=lxml.html.HTMLParser(encoding="utf-8"))


def prepare_bodies(bodies):
    """Return one document of HTML that holds all these, written in fonts of the system.

    :param bodies: documents of HTML.
    """
    first, *others = [_parse(body) for body in bodies]
    head = first.find("head")
    style = lxml.html.Element("style")
    style.text = STYLE
    # After the styles of the layout.
    (first if head is None else head).append(style)
    body = first.find("body")
    for other in others:
        between = lxml.html.Element("div", style="page-break-before: always; page-break-after: always")
        between.text = BREAK
        body.append(between)
        for child in list(other.find("body")):
            body.append(child)
    return lxml.html.tostring(first, encoding="unicode", doctype="<!DOCTYPE html>")


def finish_pages(content, count):
    """Return a printed PDF without the pages between its documents, with page numbers and an outline.

    :param content: what the engine printed.
    :param count: how many documents were printed.
    :return: the PDF, or None if they are not to be told apart.
    """
    reader = PdfReader(io.BytesIO(content))
    documents = [[]]
    for page in reader.pages:
        if count > 1 and _is_break(page):
            documents.append([])
        else:
            documents[-1].append(page)
    if len(documents) != count or not all(documents):
        return None
    return _write([list(pages) for pages in documents])


def _is_break(page):
    """Return whether a page says that the next document begins; the text of long ones is not read, which takes time."""
    contents = page.get_contents()
    is_short = contents is not None and len(contents.get_data()) < SHORT
    return is_short and page.extract_text().strip() == BREAK


def join_documents(contents):
    """Return one PDF of several, with page numbers and an outline.

    :param contents: the documents.
    """
    return _write([list(PdfReader(io.BytesIO(content)).pages) for content in contents], number=False)


def _write(documents, number=True):
    """Return the PDF of these documents.

    :param documents: the pages of each.
    :param number: whether pages are still to be numbered.
    """
    writer, starts = PdfWriter(), []
    for pages in documents:
        starts.append(len(writer.pages))
        for index, page in enumerate(pages, start=1):
            added = writer.add_page(page)
            if number and len(pages) > 1:
                added.merge_page(_number_page(added, f"{index} / {len(pages)}"))
                added.compress_content_streams()
    if len(documents) > 1:
        _add_outline(writer, starts)
    result = io.BytesIO()
    writer.write(result)
    return result.getvalue()


def _number_page(page, text):
    """Return a page to be laid over another one, with its number at the bottom."""
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    overlay = io.BytesIO()
    canvas = Canvas(overlay, pagesize=(width, height))
    canvas.setFont("Helvetica", NUMBER_SIZE)
    canvas.drawRightString(width - 12 * mm, 6 * mm, text)
    canvas.save()
    return PdfReader(overlay).pages[0]


def _add_outline(writer, starts):
    """Write the outline that the patched engine would write: where each document begins.

    :param starts: indices of their first pages.
    """
    root, following = writer.root_object, None
    places = DictionaryObject()
    for number, start in reversed(list(enumerate(starts))):
        name = NameObject(f"/document{number}")
        places[name] = ArrayObject([NumberObject(start), NameObject("/Fit")])
        node = DictionaryObject({NameObject("/Dest"): name, NameObject("/Title"): TextStringObject(str(number + 1))})
        if following is not None:
            node[NameObject("/Next")] = following
        following = writer._add_object(node)
    root[NameObject("/Dests")] = places
    root[NameObject("/Outlines")] = writer._add_object(DictionaryObject({NameObject("/First"): following}))
