"""Names as banks print them: cut, in capitals, without accents."""

import unittest
from types import SimpleNamespace

from coup_de_pousse_membership.calculation.payment.payer_names import PayerNames

NAMES = {
    "FDFR": "Fédération départementale des foyers ruraux de Loire-Atlantique",
    "CHASSE": "Fédération départementale des chasseurs",
    "UNION": "Union des foyers ruraux",
    "PORNIC": "Club nautique de Pornic",
    "BRIERE": "Club nautique de la Brière",
    "DIWAN": "École Diwan Nantes",
    "STEINER": "École Steiner Nantes",
    "MEDIA": "Médiathèque intercommunale",
    "JARDIN": "Les Amis du Jardin Partagé",
    "KONFOUROU": "Konfourou Idrissa",
    "PARENTS": "Association des parents d'élèves du Bourg",
}


class TestNamesCut(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.names = PayerNames([SimpleNamespace(payer=payer, names=(name,)) for payer, name in NAMES.items()])

    def named(self, text):
        return self.names.find(text)[0]

    def test_cut_in_the_middle_of_a_word(self):
        for text, payer in (
            ("FEDERATION DEPARTEMENTALE DES FOYER", "FDFR"),
            ("VIR SEPA RECU FEDERATION DEPARTEMENTALE DES FOYER", "FDFR"),
            ("VIR SEPA RECU FEDERATION DEPARTEMENTALE DES FOYE COTISATION 2026", "FDFR"),
            ("VIR INST FEDERATION DEPARTEMENTALE DES CHASS", "CHASSE"),
            ("VIREMENT DE UNION DES FOYER", "UNION"),
            ("CLUB NAUTIQUE DE POR", "PORNIC"),
            ("VIR ASSOCIATION DES PARENTS D EL", "PARENTS"),
            ("VIR MEDIATHEQUE INTERCOM", "MEDIA"),
            # The bank has left out how the name begins.
            ("VIR DEPARTEMENTALE DES FOYER", "FDFR"),
        ):
            with self.subTest(text=text):
                self.assertEqual(self.named(text), {payer})

    def test_cut_between_two_words(self):
        for text, payer in (
            ("VIR SEPA FEDERATION DEPARTEMENTALE DES FOYERS", "FDFR"),
            ("MEDIATHEQUE", "MEDIA"),
        ):
            with self.subTest(text=text):
                self.assertEqual(self.named(text), {payer})

    def test_what_could_be_several_or_anybody(self):
        for text in (
            "VIR CLUB NAUTIQUE DE",
            "VIR CLUB NAUTIQ",
            "VIR FEDERATION DEPARTEMENTALE DES",
            "VIR ECOLE",
            "VIR UNION",
            "VIR UNION DES",
            "ASSOCIATION DES",
            "VIR JARDIN",
            "VIR FEDERATION DEPARTEMENTALE DES PECHEURS",
            "VIR UNION DES COMMERCANTS",
            "VIR ASSOCIATION DES PARALYSES",
            "VIR LES AMIS DU JARDINIER",
            "VIR DUPONT",
            "",
        ):
            with self.subTest(text=text):
                self.assertEqual(self.named(text), set())

    def test_whole_names_come_first(self):
        self.assertEqual(self.names.find("VIR UNION DES FOYERS RURAUX"), ({"UNION"}, True))
        self.assertEqual(self.names.find("IDRISSA KONFOUROU"), ({"KONFOUROU"}, True))
