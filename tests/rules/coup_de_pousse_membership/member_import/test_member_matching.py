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

    def test_a_siren_alone_merges_nothing(self):
        self.assertEqual(self._match(name="Section nord", registry="308973635"), ("none", ""))

    def test_another_town_or_another_number_is_another(self):
        self.assertEqual(self._match(name="Les Amis du Port", zip="29000"), ("none", ""))
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
