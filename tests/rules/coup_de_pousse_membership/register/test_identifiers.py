"""SIREN, SIRET and RNA numbers: tables of cases, then properties."""

from unittest import TestCase

from coup_de_pousse_membership.calculation.register import identifiers
from coup_de_pousse_membership.calculation.register.identifiers import NumberProblem, Part, Reason
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import luhn

LA_POSTE = "356000000"

# Everything people and spreadsheets put between digits.
SEPARATORS = " \u00a0\u202f\u2009\u200b\ufeff\t\n.-\u2010\u2011\u2013\u2014\u2212"

siren_bodies = st.text("0123456789", min_size=8, max_size=8)
sirens = siren_bodies.map(lambda body: body + luhn.calc_check_digit(body)).filter(int)
sirets = (
    st.tuples(
        sirens.filter(lambda siren: siren != LA_POSTE),
        st.text("0123456789", min_size=4, max_size=4),
    )
    .map("".join)
    .map(lambda body: body + luhn.calc_check_digit(body))
    # No establishment has this number: it is what a spreadsheet leaves of another.
    .filter(lambda siret: not siret.endswith("00000"))
)
rnas = st.from_regex(identifiers.RNA_PATTERN.removesuffix("$"), fullmatch=True)


class TestIdentifiers(TestCase):
    def test_siren_cases(self):
        for text, reason in [
            ("", None),
            (None, None),
            (False, None),
            ("  ", None),
            ("552008443", None),
            ("552 008 443", None),
            ("552.008.443", None),
            ("552\u00a0008\u202f443", None),
            ("005520176", None),  # leading zeros belong to the number
            (LA_POSTE, None),
            ("552008444", Reason.CHECK_DIGIT),
            ("552008434", Reason.CHECK_DIGIT),  # two digits swapped
            ("55200844", Reason.LENGTH),
            ("5520084433", Reason.LENGTH),
            ("FR552008443", Reason.CHARACTERS),
            ("55200844E", Reason.CHARACTERS),
            ("٥٥٢٠٠٨٤٤٣", Reason.CHARACTERS),  # digits of another script
            ("55200844³", Reason.CHARACTERS),
            ("000000000", Reason.ZEROS),
            ("W442001234", Reason.RNA),
        ]:
            with self.subTest(text=text):
                problem = identifiers.registry_problem(text)
                self.assertIs(problem and problem.reason, reason)

    def test_siret_cases(self):
        for text, reason, part in [
            ("", None, None),
            ("73282932000074", None, None),
            ("732 829 320 00074", None, None),
            ("73282932000079", Reason.CHECK_DIGIT, Part.ESTABLISHMENT),
            ("73282932100074", Reason.CHECK_DIGIT, Part.SIREN),
            ("7328293200007", Reason.LENGTH, Part.WHOLE),
            ("7328293200007A", Reason.CHARACTERS, Part.WHOLE),
            ("00000000000000", Reason.ZEROS, Part.WHOLE),
            ("00000000000018", Reason.ZEROS, Part.SIREN),
            ("91034900000000", Reason.ZEROS, Part.ESTABLISHMENT),
            # La Poste: the head office follows Luhn, the others the sum of digits
            ("35600000000048", None, None),
            ("35600000049837", None, None),
            ("35600000049838", Reason.CHECK_DIGIT, Part.ESTABLISHMENT),
            # follows Luhn, but its digits sum to 20 + 1: no establishment of La Poste
            ("35600000000006", None, None),
            ("35600000000014", Reason.CHECK_DIGIT, Part.ESTABLISHMENT),
        ]:
            with self.subTest(text=text):
                problem = identifiers.registry_problem(text)
                self.assertIs(problem and problem.reason, reason)
                self.assertIs(problem and problem.part, part)

    def test_registry_takes_siren_or_siret(self):
        for text in ("552008443", "73282932000074", ""):
            self.assertIsNone(identifiers.registry_problem(text))
        for text, reason in [
            ("552008444", Reason.CHECK_DIGIT),
            ("73282932000079", Reason.CHECK_DIGIT),
            ("73282932000", Reason.LENGTH),
            ("w2a1000001", Reason.RNA),
        ]:
            with self.subTest(text=text):
                self.assertIs(identifiers.registry_problem(text).reason, reason)

    def test_rna_cases(self):
        for text, reason, position in [
            ("", None, 0),
            ("W442001234", None, 0),
            ("w 442-001 234", None, 0),
            ("W2A1000001", None, 0),
            ("W2B2000001", None, 0),
            ("W9R1000001", None, 0),
            ("W9C1000001", None, 0),
            ("W44200123", Reason.LENGTH, 0),
            ("W4420012345", Reason.LENGTH, 0),
            ("W2C1000001", Reason.CHARACTERS, 3),
            ("WA42001234", Reason.CHARACTERS, 2),
            ("X442001234", Reason.CHARACTERS, 1),
            ("442001234", Reason.CHARACTERS, 1),
            ("W44200123O", Reason.CHARACTERS, 10),
            ("W44200123٤", Reason.CHARACTERS, 10),
        ]:
            with self.subTest(text=text):
                problem = identifiers.rna_problem(text)
                self.assertIs(problem and problem.reason, reason)
                self.assertEqual(problem.position if problem else 0, position)

    def test_where_the_wrong_character_is(self):
        self.assertEqual(
            identifiers.registry_problem("55 2O 08 443"),
            NumberProblem(Reason.CHARACTERS, "552O08443", found="O", position=4),
        )

    @given(sirens, st.integers(0, 8), st.integers(1, 9))
    def test_one_wrong_digit_is_seen(self, siren, position, shift):
        wrong = str((int(siren[position]) + shift) % 10)
        changed = siren[:position] + wrong + siren[position + 1 :]
        assume(int(changed))
        self.assertIsNone(identifiers.registry_problem(siren))
        self.assertIs(identifiers.registry_problem(changed).reason, Reason.CHECK_DIGIT)

    @given(sirens, st.integers(0, 7))
    def test_swapped_digits_are_seen(self, siren, position):
        first, second = siren[position], siren[position + 1]
        # the one pair that Luhn cannot tell from its mirror
        assume(first != second and {first, second} != {"0", "9"})
        swapped = siren[:position] + second + first + siren[position + 2 :]
        self.assertIs(identifiers.registry_problem(swapped).reason, Reason.CHECK_DIGIT)

    @given(
        st.one_of(sirens, sirets),
        st.lists(st.tuples(st.integers(0, 14), st.sampled_from(SEPARATORS))),
    )
    def test_separators_do_not_matter(self, number, separators):
        text = number
        for position, separator in separators:
            text = text[:position] + separator + text[position:]
        self.assertEqual(identifiers.normalise(text), number)
        self.assertIsNone(identifiers.registry_problem(text))

    @given(sirets)
    def test_siret_starts_with_its_siren(self, siret):
        self.assertIsNone(identifiers.registry_problem(siret))
        self.assertIsNone(identifiers.registry_problem(siret[:9]))

    @given(st.text("0123456789", min_size=4, max_size=4))
    def test_la_poste_has_two_establishments_for_each_four_digits(self, body):
        """Of ten endings, the sum rule leaves two, whatever Luhn says of them."""
        head_office = "35600000000048"
        accepted = [
            number
            for digit in "0123456789"
            if (number := LA_POSTE + body + digit) != head_office and not identifiers.registry_problem(number)
        ]
        self.assertEqual(len(accepted), 2)
        for number in accepted:
            self.assertEqual(sum(map(int, number)) % 5, 0)

    @given(rnas)
    def test_rna_shape_is_accepted(self, rna):
        self.assertIsNone(identifiers.rna_problem(rna.lower()))
        self.assertEqual(identifiers.normalise_rna(rna.lower()), rna)

    @given(st.text())
    def test_any_text_is_judged(self, text):
        """Whatever is imported gets a verdict, and the same one once normalised."""
        for judge in (identifiers.registry_problem, identifiers.rna_problem):
            self.assertEqual(judge(text), judge(identifiers.normalise(text)))
