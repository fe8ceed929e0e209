"""From postcodes to departments: a table of cases, and every postcode there is."""

from unittest import TestCase

from coup_de_pousse_membership.calculation.register.postcodes import department_code

CASES = [
    ("44000", "44"),
    ("44 000", "44"),
    ("44\u00a0000", "44"),
    (" 44000 ", "44"),
    (44000, "44"),
    ("F-44000", "44"),
    ("FR 44000", "44"),
    ("44036 NANTES CEDEX 1", "44"),
    ("75008 cedex", "75"),
    ("01000", "01"),
    ("1000", "01"),  # the leading zero lost in a spreadsheet
    (1000, "01"),
    ("95880", "95"),
    ("20000", "2A"),
    ("20137", "2A"),
    ("20200", "2B"),
    ("20620", "2B"),
    ("20700", None),
    ("97100", "971"),
    ("97133", "977"),  # Saint-Barthélemy
    ("97150", "978"),  # Saint-Martin
    ("97200", "972"),
    ("97300", "973"),
    ("97400", "974"),
    ("97500", "975"),
    ("97600", "976"),
    ("97900", None),
    ("98600", "986"),
    ("98714", "987"),
    ("98800", "988"),
    ("98000", None),  # Monaco
    ("00100", None),  # the armed forces
    ("96000", None),
    ("99999", None),
    ("440", None),
    ("440001", None),
    ("2A000", None),
    ("SW1A 1AA", None),
    ("Nantes", None),
    ("", None),
    (None, None),
    (False, None),
]


class TestPostcodes(TestCase):
    def test_cases(self):
        for postcode, code in CASES:
            with self.subTest(postcode=postcode):
                self.assertEqual(department_code(postcode), code)
