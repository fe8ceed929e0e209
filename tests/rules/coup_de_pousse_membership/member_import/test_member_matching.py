"""Which organisation or person a line is: the same, a doubt, or another."""

from unittest import TestCase

from coup_de_pousse_membership.calculation.member_import.member_matching import (
    Body,
    Matcher,
    judge,
    loose_key,
    name_key,
)


class TestImportMatching(TestCase):
    A = Body(1, "Les Amis du Port", "44000", "308973635", "W442000001", "M1")

    def _match(self, *known, **line):
        match = Matcher(known or [self.A]).match(Body(99, **line))
        return match.kind, match.reason

    def test_keys(self):
        self.assertEqual(name_key("L'Épicerie, SOLIDAIRE !"), "l epicerie solidaire")
        self.assertEqual(loose_key("ASSO. Amis du Port"), loose_key("Association LES AMIS DU PORT"))
        self.assertEqual(loose_key("Association"), "association")

    def test_same(self):
        for reason, line in (
            ("rna", {"name": "Autre nom", "rna": "W442000001"}),
            ("siren_name", {"name": "LES AMIS DU PORT", "registry": "30897363500015"}),
            ("ref", {"name": "Autre nom", "ref": "m1"}),
            ("name_zip", {"name": "les amis du port", "zip": "44000"}),
        ):
            with self.subTest(reason=reason):
                self.assertEqual(self._match(**line), ("same", reason))
        siret = Body(1, "X", registry="73282932000074")
        self.assertEqual(self._match(siret, name="Y", registry="73282932000074"), ("same", "siret"))

    def test_strong_evidence_is_asked_and_merges_nothing(self):
        for known, line, expected in (
            (self.A, {"name": "Section nord", "registry": "308973635"}, ("doubt", "same_siren")),
            (self.A, {"name": "Section nord", "registry": "30897363500015"}, ("doubt", "same_siren")),
            (self.A, {"name": "Les Amis du Port", "zip": "29000"}, ("doubt", "other_town")),
            (Body(1, "X", email="A@b.fr"), {"name": "Y", "email": "a@b.fr"}, ("doubt", "same_email")),
            (Body(1, "X", phone="+33 2 40 11 22 33"), {"name": "Y", "phone": "0240112233"}, ("doubt", "same_phone")),
            (
                Body(1, "X", email="a@b.fr", rna="W442000001"),
                {"name": "Y", "email": "a@b.fr", "rna": "W442000002"},
                ("none", ""),
            ),
            (Body(1, "X", registry="73282932000074"), {"name": "Y", "registry": "73282932000082"}, ("none", "")),
        ):
            with self.subTest(line=line):
                self.assertEqual(self._match(known, **line), expected)

    def test_what_several_share_is_no_evidence(self):
        known = [Body(1, "Club", "44000", email="m@b.fr"), Body(2, "Club", "29000", email="m@b.fr")]
        self.assertEqual(self._match(*known, name="Club", zip="75001"), ("none", ""))
        self.assertEqual(self._match(*known, name="Autre", zip="75001", email="m@b.fr"), ("none", ""))

    def test_the_same_siren_twice_in_a_file(self):
        first, second = self._judge(
            {"name": "AMICALE DU PORT", "registry": "732829320", "zip": "44000"},
            {"name": "LE PORT EN FETE EX AMICALE DU PORT", "registry": "732829320", "zip": "44000"},
        )
        self.assertEqual((first.kind, second.kind, second.reason), ("create", "doubt", "file_same_siren"))

    def test_another_number_is_another(self):
        self.assertEqual(self._match(name="Les Amis du Port", zip="44000", registry="552008443"), ("none", ""))

    def test_doubts(self):
        for reason, line in (
            ("one_zip", {"name": "Les Amis du Port"}),
            ("spelling", {"name": "Asso amis du port", "zip": "44000"}),
            ("contradiction", {"name": "X", "rna": "W442000001", "registry": "552008443"}),
        ):
            with self.subTest(reason=reason):
                self.assertEqual(self._match(**line), ("doubt", reason))

    def test_two_rules_two_contacts(self):
        other = Body(2, "Le Phare", "29000")
        self.assertEqual(self._match(self.A, other, name="Le Phare", zip="29000", ref="M1"), ("doubt", "several"))

    def test_two_establishments_of_one_name(self):
        known = Body(1, "Réseau", registry="73282932000074")
        self.assertEqual(self._match(known, name="Réseau", registry="73282932000082"), ("doubt", "contradiction"))

    def test_archived(self):
        archived = Body(1, "Le Phare", active=False)
        self.assertEqual(self._match(archived, name="Le Phare"), ("doubt", "archived"))
        self.assertEqual(self._match(archived, Body(2, "Le Phare"), name="Le Phare"), ("same", "name_zip"))

    def test_namesakes_kept_apart_stay_apart(self):
        known = Matcher([Body(1, "Le Phare"), Body(2, "LE PHARE")])
        self.assertEqual(known.match(Body(9, "LE PHARE")).bodies[0].key, 2)

    def _judge(self, *lines, known=(), decisions=None):
        bodies = [Body(number, **values) for number, values in enumerate(lines, start=2)]
        content = dict(enumerate(lines, start=2))
        verdicts = judge(bodies, Matcher(known), content, decisions)
        return [verdicts[body.key] for body in bodies]

    def test_within_the_file(self):
        verdicts = self._judge(
            {"name": "Le Phare"},
            {"name": "Le Phare"},
            {"name": "Association Le Phare"},
            {"name": "LE PHARE", "ref": "x"},
            {"name": "Autre"},
        )
        self.assertEqual(
            [(v.kind, v.line) for v in verdicts],
            [("create", None), ("repeated", 2), ("doubt", 2), ("doubt", 2), ("create", None)],
        )

    def test_two_lines_for_one_contact(self):
        first, second = self._judge(
            {"name": "Les Amis du Port", "rna": "W442000001"},
            {"name": "Autre nom", "ref": "M1"},
            known=[self.A],
        )
        self.assertEqual((first.kind, first.known), ("same", 1))
        self.assertEqual((second.kind, second.line), ("doubt", 2))

    def test_decisions_count_only_where_there_is_a_doubt(self):
        lines = [{"name": "Le Phare"}, {"name": "Asso Le Phare"}]
        for decision, kind in (("create", "create"), ("skip", "skip")):
            verdicts = self._judge(*lines, decisions={3: (decision, None), 2: ("skip", None)})
            self.assertEqual([v.kind for v in verdicts], ["create", kind])
        verdicts = self._judge(*lines, known=[self.A], decisions={3: ("use", 1)})
        self.assertEqual((verdicts[1].kind, verdicts[1].known), ("same", 1))

    def test_a_contact_is_not_used_by_two_lines(self):
        verdicts = self._judge(
            {"name": "Les Amis du Port", "rna": "W442000001"},
            {"name": "Asso amis du port"},
            known=[self.A],
            decisions={3: ("use", 1)},
        )
        self.assertEqual(verdicts[1].kind, "doubt")
