"""The exports of other programs are recognised by their headers."""

from unittest import TestCase

from coup_de_pousse_membership.calculation.member_import.program_presets import PRESETS, recognise_preset
from coup_de_pousse_membership.calculation.table.headers import fold
from made_files import export_of


class TestImportPresets(TestCase):
    def test_recognised_by_their_headers(self):
        for program in PRESETS:
            with self.subTest(program=program):
                head = export_of(program).decode().splitlines()[0]
                headers = [cell.strip('"') for cell in head.replace(",", ";").split(";")]
                self.assertEqual(recognise_preset(headers), program)

    def test_a_plain_list_is_of_no_program(self):
        for headers in (
            ["Nom", "Prénom", "Email"],
            ["Nom", "SIREN", "Ville"],
            ["Nom", "Cotisation 2024"],
            ["Numéro de membre", "Nom", "Date d'inscription"],
        ):
            with self.subTest(headers=headers):
                self.assertIsNone(recognise_preset(headers))

    def test_headers_are_written_folded(self):
        for program, preset in PRESETS.items():
            for header in [*preset.columns, *preset.keep, *(h for signature in preset.signature for h in signature)]:
                with self.subTest(program=program, header=header):
                    self.assertEqual(fold(header), header)
