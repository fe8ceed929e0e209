"""Who may install nothing prints too: wkhtmltopdf is unpacked in the user's cache, and a page printed with it."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from launcher import unpacked_pdf
from launcher.source import debian

#: What the machine is taken not to have.
ABSENT = ("wkhtmltopdf", "libqt5", "libhyphen", "libwoff")


@unittest.skipUnless(debian.is_debian(), "wkhtmltopdf is unpacked on Debian only")
class TestUnpackedPdf(unittest.TestCase):
    def test_a_page_is_printed_with_what_was_unpacked(self):
        with tempfile.TemporaryDirectory() as cache, mock.patch.dict(os.environ, XDG_CACHE_HOME=cache):
            status = Path(cache) / "status"
            packages = unpacked_pdf.STATUS.read_text(encoding="utf-8").split("\n\n")
            kept = (text for text in packages if not text.startswith(tuple(f"Package: {name}" for name in ABSENT)))
            status.write_text("\n\n".join(kept), encoding="utf-8")
            unpacked_pdf.unpack(status)
            self.assertIn(str(unpacked_pdf.folder() / "bin"), os.environ["PATH"].split(os.pathsep))
            page = Path(cache) / "page.html"
            page.write_text('<meta charset="utf-8"><p>Adhésion</p>', encoding="utf-8")
            program = unpacked_pdf.folder() / "bin" / "wkhtmltopdf"
            subprocess.run([program, "-q", page, page.with_suffix(".pdf")], check=True, capture_output=True)
            self.assertTrue(page.with_suffix(".pdf").read_bytes().startswith(b"%PDF"))
            libraries = subprocess.run(
                ["ldd", unpacked_pdf.folder() / "files/usr/bin/wkhtmltopdf"],
                env={**os.environ, "LD_LIBRARY_PATH": str(next(unpacked_pdf.folder().rglob("libQt5Core.so.5")).parent)},
                capture_output=True, text=True, check=True,
            ).stdout  # fmt: skip
            self.assertNotIn("not found", libraries)
