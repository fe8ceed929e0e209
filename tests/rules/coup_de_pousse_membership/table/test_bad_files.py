"""Forty files that are no list: each is refused early with its sentence, or read, and costs little memory and time."""

import io
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from unittest import TestCase, skipUnless

from coup_de_pousse_membership.calculation.table.table_reader import TableError, read_table
from openpyxl import Workbook

MB = 1024 * 1024
ADDONS = Path(__file__).parents[4] / "addons"
#: What reading one upload may take: seconds of a processor, and memory (bytes).
SECONDS, MEMORY = 20, 500 * MB
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
)


def _book(rows=(("Nom", "Ville"), ("A", "X"))):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _replaced(name, text):
    """Return a workbook of which one part is another text."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_book())) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, text if info.filename == name else old.read(info.filename))
    return made.getvalue()


def _sheet(cells):
    return _replaced("xl/worksheets/sheet1.xml", SHEET % cells)


def _protected():
    content = bytearray(_book())
    place = -1
    while (place := content.find(b"PK\x01\x02", place + 1)) >= 0:
        content[place + 8] |= 1
    return bytes(content)


def _archive(**members):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)
    return made.getvalue()


#: File → what makes it, and the code of its sentence; None where it is read.
BAD_FILES = {
    "nothing": (lambda: b"", "empty"),
    "spaces": (lambda: b" \t " * 1000, "empty"),
    "line ends only": (lambda: b"\n" * (29 * MB), "empty"),
    "line ends of Windows only": (lambda: b"\r\n" * (14 * MB), "empty"),
    "semicolons and line ends": (lambda: b";\n" * (14 * MB), "too_many_lines"),
    "a million blank lines": (lambda: b";\n" * 999_999, "empty"),
    "only a mark of order": (lambda: b"\xef\xbb\xbf", "empty"),
    "a line of 29 MB": (lambda: b"Nom;Ville\n" + b"a;" * (14 * MB), "huge_line"),
    "a line of 100 MB": (lambda: b"x" * (100 * MB), "too_big"),
    "a cell of 200 KB": (lambda: b"Nom;Ville\n" + b"x" * 200_000 + b";y\n", "huge_cell"),
    "a cell of many lines": (lambda: b'Nom;Ville\n"' + b"x\n" * 100_000 + b'";y\n', "open_quote"),
    "an open quotation mark": (lambda: b'Nom;Ville\nA;"x\n' + b"B;y\n" * 50_000, "open_quote"),
    "too many lines": (lambda: b"Nom;Ville\n" + b"A;x\n" * 100_001, "too_many_rows"),
    "too many cells": (lambda: b"Nom;Ville\n" + (b"a;" * 299 + b"\n") * 20_000, "too_many_cells_in_file"),
    "NUL everywhere": (lambda: b"\0" * MB, "binary"),
    "NUL in a cell": (lambda: b"Nom;Ville\n" + b"A;x\n" * 2000 + b"B\0B;y\n", None),
    "control letters": (lambda: bytes(range(1, 32)) * 100, "binary"),
    "random bytes": (lambda: bytes((i * i * 31 + 7 * i) % 251 for i in range(200_000)), "binary"),
    "UTF-16 cut in two": (lambda: "Nom;Ville\nA;x\n".encode("utf-16")[:-1], "damaged"),
    "a lone surrogate": (lambda: b"\xff\xfe" + b"\x00\xd8" * 50, "damaged"),
    "PDF": (lambda: b"%PDF-1.7\n", "pdf"),
    "PNG": (lambda: b"\x89PNG\r\n\x1a\n", "image"),
    "JPEG": (lambda: b"\xff\xd8\xff\xe0", "image"),
    "old Excel": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
    "RAR": (lambda: b"Rar!\x1a\x07", "binary"),
    "7z": (lambda: b"7z\xbc\xaf\x27\x1c", "binary"),
    "gzip": (lambda: b"\x1f\x8b\x08\x00", "binary"),
    "web page": (lambda: b"<html><table><tr><td>A</td></tr></table></html>", "web_page"),
    "entities of XML": (lambda: b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]>", "web_page"),
    "OFX cut in its header": (lambda: b"OFXHEADER:100\n", "damaged_bank_file"),
    "archive of another kind": (lambda: _archive(readme="x"), "not_a_workbook"),
    "OpenDocument": (lambda: _archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "open_document"),
    "protected archive": (_protected, "protected"),
    "workbook cut in two": (lambda: _book()[:2000], "damaged"),
    "workbook with a damaged part": (lambda: _book().replace(b"\x00\x00\x00", b"\x01\x02\x03", 40), "damaged"),
    "workbook without sheets": (lambda: _archive(xl__workbook="x"), "damaged"),
    "sheet that is no XML": (lambda: _sheet("<row><c>"), "damaged"),
    "row 2,000,000,000": (
        lambda: _sheet(
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="2000000000"><c r="A2000000000"><v>1</v></c></row>'
        ),
        "impossible_row",
    ),
    "column ZZZZZ": (lambda: _sheet('<row r="1"><c r="ZZZZZ1"><v>1</v></c></row>'), "damaged"),
    "number of 40,000 digits": (lambda: _sheet(f'<row r="1"><c r="A1"><v>{"9" * 40_000}</v></c></row>'), "damaged"),
    "a cell of 150 MB": (
        lambda: _sheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 150 * MB}</t></is></c></row>'),
        "huge_cell_of_workbook",
    ),
    "a cell of 380 MB": (
        lambda: _sheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 380 * MB}</t></is></c></row>'),
        "too_big",
    ),
    "styles of 100 MB": (
        lambda: _replaced("xl/styles.xml", "<styleSheet>" + "<a/>" * 25 * MB + "</styleSheet>"),
        "too_big",
    ),
    "number of 40,000 digits in a text": (lambda: b"Nom;SIREN\nA;" + b"9" * 40_000 + b"\n", None),
}


def read(content):
    """Return the code of the reason why a file is refused, or None."""
    try:
        read_table(content)
    except TableError as error:
        return error.code
    return None


class TestBadFiles(TestCase):
    def test_each_is_refused_with_its_sentence(self):
        self.assertGreaterEqual(len(BAD_FILES), 40)
        for name, (make, code) in BAD_FILES.items():
            with self.subTest(file=name):
                content = make()
                start = time.process_time()
                self.assertEqual(read(content), code)
                self.assertLess(time.process_time() - start, SECONDS)

    @skipUnless(Path("/proc/self/status").exists(), "the memory of a process is read where Linux tells it")
    def test_memory(self):
        """The largest ones, each read in a process of its own, whose memory is measured."""
        for name in (
            "a line of 29 MB",
            "a million blank lines",
            "a cell of 150 MB",
            "styles of 100 MB",
            "too many cells",
        ):
            with self.subTest(file=name):
                path = Path(self.enterContext(_folder())) / "file"
                path.write_bytes(BAD_FILES[name][0]())
                self.assertLess(_memory_of_reading(path), MEMORY)

    @skipUnless(Path("/proc/self/status").exists(), "the memory of a process is read where Linux tells it")
    def test_a_hundred_thousand_lines_are_read_as_promised(self):
        path = Path(self.enterContext(_folder())) / "file"
        line = "Association n°{0};{0:05};Nantes;{0}@example.org;0612345678;2 rue du Port;100,00;;;x\n"
        path.write_text(
            "Nom;CP;Ville;E-mail;Tél;Adresse;Budget;A;B;C\n" + "".join(line.format(n) for n in range(99_999))
        )
        start = time.process_time()
        self.assertEqual(len(read_table(path.read_bytes()).rows), 100_000)
        self.assertLess(time.process_time() - start, SECONDS)
        self.assertLess(_memory_of_reading(path), MEMORY)


def _folder():
    from tempfile import TemporaryDirectory

    return TemporaryDirectory()


def _memory_of_reading(path):
    """Return the most memory (bytes) that a process took to read a file."""
    code = (
        "import sys, types, pathlib\n"
        "package = types.ModuleType('coup_de_pousse_membership'); package.__path__ = [sys.argv[1]]\n"
        "sys.modules['coup_de_pousse_membership'] = package\n"
        "from coup_de_pousse_membership.calculation.table.table_reader import TableError, read_table\n"
        "try:\n    read_table(pathlib.Path(sys.argv[2]).read_bytes())\nexcept TableError:\n    pass\n"
        "print(pathlib.Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    )
    command = [sys.executable, "-c", code, str(ADDONS / "coup_de_pousse_membership"), str(path)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout) * 1024
