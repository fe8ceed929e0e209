"""Papers of a plain wkhtmltopdf: text that can be selected, many documents in one run, numbered pages."""

import io
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from coup_de_pousse_membership.calculation.common.printed_pages import (
    BREAK,
    finish_pages,
    join_documents,
    prepare_bodies,
)
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

FONT = """@font-face { font-family: Web; src: url("file://%s"); } body { font-family: Web; }"""
BODY = "<!DOCTYPE html><html><head><meta charset='utf-8'/><style>%s</style></head><body><div class='article'><p>%s</p></div></body></html>"


def printed(*texts):
    """Return a PDF of such pages, as the engine would print it."""
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(300, 300))
    for text in texts:
        canvas.drawString(20, 100, text)
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def texts(content):
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def outline(content):
    root = PdfReader(io.BytesIO(content)).trailer["/Root"]
    node, starts = root["/Outlines"]["/First"], []
    while node:
        starts.append(root["/Dests"][node["/Dest"]][0])
        node = node.get("/Next")
    return starts


class TestPrintedPages(unittest.TestCase):
    def test_documents_are_told_apart_and_numbered(self):
        content = finish_pages(printed("A", BREAK, "B one", "B two", BREAK, "C"), 3)
        self.assertEqual(texts(content), ["A", "B one 1 / 2", "B two 2 / 2", "C"])
        self.assertEqual(outline(content), [0, 1, 3])

    def test_not_to_be_told_apart(self):
        for pages, count in ((("A", "B"), 2), (("A", BREAK, BREAK, "B"), 2), (("A", BREAK, "B"), 3)):
            with self.subTest(pages=pages):
                self.assertIsNone(finish_pages(printed(*pages), count))

    def test_joined(self):
        content = join_documents([finish_pages(printed("A"), 1), finish_pages(printed("B one", "B two"), 1)])
        self.assertEqual(texts(content), ["A", "B one 1 / 2", "B two 2 / 2"])
        self.assertEqual(outline(content), [0, 1])

    def test_one_html_of_many(self):
        html = prepare_bodies([BODY % ("", "Été"), BODY % ("", "Second")])
        self.assertLess(html.index("Été"), html.index(BREAK))
        self.assertLess(html.index(BREAK), html.index("Second"))
        self.assertEqual(html.count("<head>"), 1)

    @unittest.skipUnless(shutil.which("wkhtmltopdf"), "no wkhtmltopdf on this machine")
    def test_text_stays_text_whatever_the_font(self):
        fonts = list(Path("/usr/share/fonts").rglob("*Serif*.ttf"))
        bodies = [BODY % (FONT % (fonts[0] if fonts else ""), text) for text in ("Été à Nantes", "Cotisation")]
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder, "all.html"), Path(folder, "all.pdf")
            source.write_text(prepare_bodies(bodies), encoding="utf-8")
            command = ["wkhtmltopdf", "-q", "--enable-local-file-access", str(source), str(target)]
            subprocess.run(command, check=True, capture_output=True)
            content = finish_pages(target.read_bytes(), 2)
        self.assertEqual(texts(content), ["Été à Nantes", "Cotisation"])
        self.assertLess(len(content), 60_000)
