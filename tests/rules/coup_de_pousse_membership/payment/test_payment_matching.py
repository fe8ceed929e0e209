"""Which calls a line of the bank pays: cases, and the laws that hold whatever the lines."""

import unittest
from datetime import date
from decimal import Decimal

from coup_de_pousse_membership.calculation.payment.payment_matching import BankLine, OpenItem, match
from hypothesis import given, settings
from hypothesis import strategies as st

DAY = date(2026, 1, 15)


def item(number, due, payer=None, name="", total=None, email="", when=DAY, **values):
    return OpenItem(
        id=number,
        payer=payer or f"P{number}",
        due=Decimal(due),
        total=Decimal(total or due),
        date=when,
        references=values.pop("references", (f"COT/2026/{number:05}",)),
        names=tuple(filter(None, [name])),
        emails=tuple(filter(None, [email])),
        **values,
    )


CALLS = [
    item(1, "100", name="Association Les Amis du Jardin Partagé"),
    item(2, "100", name="Club nautique de Pornic", email="tresorier@pornic.fr"),
    item(3, "250.50", name="Maison des Jeunes de Rezé"),
    # One head office pays for two.
    item(4, "80", payer="FED", name="Fédération Ligérienne du Théâtre"),
    item(5, "70", payer="FED", name="Troupe du Pont Rouge"),
    item(6, "0", payer="OLD", name="Cinéma Lumière d'Ancenis", total="120"),
    item(7, "60", name="Ecole Diwan Nantes"),
    item(8, "60", name="Ecole Steiner Nantes"),
    item(9, "415", payer=None, references=("REM/2026/0003",), deposit=True),
    # A call of 120 paid by half: the payment is announced, the bank has not said so yet.
    item(12, "60", payer="HALF", name="Atelier Soudure", total="120"),
    item(13, "60", payer="HALF", references=("PBNK/2026/00001", "COT/2026/00012"), announced=True),
    # Two calls, and a payment announced between them.
    item(14, "60", payer="MIX", name="Fanfare Bleue"),
    item(15, "50", payer="MIX", name="Fanfare Bleue", references=("PBNK/2026/00002",), announced=True),
    item(16, "55", payer="MIX", name="Fanfare Bleue"),
    # Called in dollars.
    item(10, "90", payer="USA", name="Friends of Brittany", foreign=True),
    item(11, "0", payer="USA", name="Friends of Brittany", total="95", foreign=True),
]

#: (amount, text, name, e-mail) → (certainty, code, parts, surplus)
CASES = [
    (("100", "VIR SEPA COT/2026/00001", "", ""), ("certain", "reference", [(1, "100")], "0")),
    (("100", "vir cot 2026 00001 merci", "", ""), ("certain", "reference", [(1, "100")], "0")),
    (("100", "REFCOT202600002XYZ", "", ""), ("certain", "reference", [(2, "100")], "0")),
    (("100", "COT-2026-00002 100,00", "", ""), ("certain", "reference", [(2, "100")], "0")),
    (("200", "COT/2026/00001 + COT/2026/00002", "", ""), ("certain", "references", [(1, "100"), (2, "100")], "0")),
    (("60", "COT/2026/00001", "", ""), ("probable", "reference_less", [(1, "60")], "0")),
    (("130", "COT/2026/00001", "", ""), ("probable", "reference_more", [(1, "100")], "30")),
    (("150", "COT/2026/00004", "", ""), ("probable", "reference_and_others", [(4, "80"), (5, "70")], "0")),
    (("120", "COT/2026/00006", "", ""), ("probable", "paid_twice", [], "120")),
    (("100", "ADHESION", "", "Tresorier@Pornic.fr"), ("certain", "email", [(2, "100")], "0")),
    (("250.50", "VIR MAISON DES JEUNES DE REZE", "", ""), ("probable", "name", [(3, "250.50")], "0")),
    (("250.50", "VIREMENT", "MAISON JEUNES REZE", ""), ("probable", "name", [(3, "250.50")], "0")),
    (("150", "FEDERATION LIGERIENNE DU THEATRE", "", ""), ("probable", "name_several", [(4, "80"), (5, "70")], "0")),
    # Cut by the bank in the middle of a word.
    (("100", "VIR CLUB NAUTIQUE DE PORN", "", ""), ("probable", "name", [(2, "100")], "0")),
    (("100", "VIREMENT", "CLUB NAUTIQUE DE PORN", ""), ("probable", "name", [(2, "100")], "0")),
    (("40", "MAISON DES JEUNES DE REZE", "", ""), ("possible", "name_less", [(3, "40")], "0")),
    (("300", "MAISON DES JEUNES DE REZE", "", ""), ("possible", "name_more", [(3, "250.50")], "49.50")),
    (("120", "CINEMA LUMIERE ANCENIS", "", ""), ("possible", "name_paid_twice", [], "120")),
    (("250.50", "VIREMENT DUPONT", "", ""), ("possible", "amount", [(3, "250.50")], "0")),
    # Two calls have this amount, and the town alone tells nobody apart.
    (("60", "VIR NANTES", "", ""), ("none", "unknown", [], "0")),
    (("60", "ECOLE DIWAN", "", ""), ("probable", "name", [(7, "60")], "0")),
    (("100", "VIR DE DUPONT", "", ""), ("none", "unknown", [], "0")),
    (("415", "REMISE CHEQUES 0003 DE 4 CHQ", "", ""), ("certain", "deposit", [(9, "415")], "0")),
    (("415", "REM CHQ N 12", "", ""), ("certain", "deposit", [(9, "415")], "0")),
    (("33", "", "", ""), ("none", "unknown", [], "0")),
    # The announced payment comes first, then its call; never a part of what is announced.
    (("60", "COT/2026/00012", "", ""), ("certain", "reference", [(13, "60")], "0")),
    (("120", "COT/2026/00012", "", ""), ("certain", "references", [(12, "60"), (13, "60")], "0")),
    (("80", "COT/2026/00012", "", ""), ("probable", "reference_more", [(12, "60")], "20")),
    (("40", "ATELIER SOUDURE", "", ""), ("possible", "name_less", [(12, "40")], "0")),
    (("115", "FANFARE BLEUE", "", ""), ("possible", "name_several", [(14, "60"), (16, "55")], "0")),
    # A call in another currency is named, whatever the amount, and given nothing.
    (("90", "COT/2026/00010", "", ""), ("none", "other_currency", [], "0")),
    (("83", "VIR FRIENDS OF BRITTANY", "", ""), ("none", "other_currency", [], "0")),
    (("95", "VIR FRIENDS OF BRITTANY", "", ""), ("none", "other_currency", [], "0")),
    (("90", "VIR DIVERS", "", ""), ("none", "unknown", [], "0")),
    (("190", "COT/2026/00001 COT/2026/00010", "", ""), ("probable", "reference_more", [(1, "100")], "90")),
    # Another number that begins alike.
    (("100", "COT/2026/000012", "", ""), ("none", "unknown", [], "0")),
]


def plain(proposal):
    parts = [(number, str(amount)) for number, amount in proposal.parts]
    return proposal.certainty, proposal.code, parts, proposal.surplus


class TestPaymentMatching(unittest.TestCase):
    def test_cases(self):
        for (amount, text, name, email), expected in CASES:
            with self.subTest(text=text, amount=amount):
                line = BankLine(1, DAY, Decimal(amount), text, name, email)
                *words, surplus = expected
                self.assertEqual(plain(match([line], CALLS)[1]), (*words, Decimal(surplus)))

    def test_the_surest_first(self):
        """A reference takes its call before a namesake that stands above in the file."""
        calls = [item(1, "100", name="Club nautique de Pornic")]
        lines = [
            BankLine(1, date(2026, 1, 1), Decimal(100), "CLUB NAUTIQUE PORNIC"),
            BankLine(2, date(2026, 1, 9), Decimal(100), "COT/2026/00001"),
        ]
        found = match(lines, calls)
        self.assertEqual((found[2].code, found[1].code), ("reference", "name_paid_twice"))
        self.assertEqual(found[1].surplus, 100)

    def test_in_two_times(self):
        calls = [item(1, "100", name="Club nautique de Pornic")]
        lines = [BankLine(n, date(2026, 1, n), Decimal(50), "COT/2026/00001") for n in (1, 2, 3)]
        found = match(lines, calls)
        self.assertEqual(
            [plain(found[n])[1:] for n in (1, 2)],
            [("reference_less", [(1, "50")], 0), ("reference", [(1, "50")], 0)],
        )
        self.assertEqual((found[3].code, found[3].surplus), ("paid_twice", 50))

    def test_the_oldest_call_first(self):
        old = item(1, "100", payer="A", name="Club nautique de Pornic", when=date(2025, 1, 1))
        new = item(2, "100", payer="A", name="Club nautique de Pornic", when=date(2026, 1, 1))
        found = match([BankLine(1, DAY, Decimal(100), "CLUB NAUTIQUE PORNIC")], [new, old])
        self.assertEqual(found[1].parts, [(1, Decimal(100))])

    def test_an_announced_payment_goes_before_its_call(self):
        """Both bear the call's number; only one of them waits for money."""
        call = item(1, "0", total="100")
        announced = item(2, "100", payer="P1", references=("PBNK1/2026/00007", "COT/2026/00001"))
        found = match([BankLine(1, DAY, Decimal(100), "COT/2026/00001")], [call, announced])
        self.assertEqual(plain(found[1]), ("certain", "reference", [(2, "100")], 0))


class TestOldAnnouncedPayments(unittest.TestCase):
    """A payment noted long ago, which the bank has never brought, does not take the money of an open call."""

    def match(self, noted_on, amount="100", text="", name="", email="", call=None, **values):
        call = call or item(1, "100", payer="A", name="Club nautique de Pornic", email="a@x.org")
        noted = item(
            2, "100", payer="A", name="Club nautique de Pornic", email="a@x.org", references=("PBNK/1", *call.references),
            when=noted_on, announced=True, **values,
        )  # fmt: skip
        found = match([BankLine(1, DAY, Decimal(amount), text, name, email)], [call, noted])
        return plain(found[1])

    def test_an_open_call_comes_first(self):
        old = date(2025, 3, 1)
        for said, expected in (
            ({"text": "COT/2026/00001"}, ("certain", "reference")),
            ({"name": "CLUB NAUTIQUE DE PORNIC"}, ("probable", "name")),
            ({"email": "a@x.org"}, ("certain", "email")),
            ({"text": "VIREMENT DIVERS"}, ("possible", "amount")),
        ):
            with self.subTest(said=said):
                self.assertEqual(self.match(old, **said), (*expected, [(1, "100")], 0))

    def test_a_recent_one_is_awaited(self):
        for said in ({"text": "COT/2026/00001"}, {"name": "CLUB NAUTIQUE DE PORNIC"}, {"email": "a@x.org"}):
            with self.subTest(said=said):
                self.assertEqual(self.match(date(2026, 1, 5), **said)[2], [(2, "100")])

    def test_an_old_one_where_nothing_else_is_due(self):
        call = item(1, "0", payer="A", total="100", name="Club nautique de Pornic")
        self.assertEqual(
            self.match(date(2025, 3, 1), text="COT/2026/00001", call=call), ("certain", "reference", [(2, "100")], 0)
        )

    def test_with_an_old_one_only_both_together_fit(self):
        self.assertEqual(
            self.match(date(2025, 3, 1), "200", "COT/2026/00001"),
            ("certain", "references", [(2, "100"), (1, "100")], 0),
        )


class TestContradictions(unittest.TestCase):
    """A reference is mistyped more often than a name: where they contradict each other, a person looks."""

    CALLS = [
        item(1, "100", name="Association Les Amis du Jardin Partagé", email="jardin@x.org"),
        item(2, "100", name="Club nautique de Pornic", email="nautique@x.org"),
        item(3, "100", name="Durand Paul"),
    ]

    def match(self, text, name="", email="", amount="100"):
        found = match([BankLine(1, DAY, Decimal(amount), text, name, email)], self.CALLS)[1]
        return found.certainty, found.contradicted, [number for number, _amount in found.parts]

    def test_a_reference_and_another_payer(self):
        for said in (
            ("COT/2026/00001", "CLUB NAUTIQUE DE PORNIC"),
            ("VIR CLUB NAUTIQUE DE PORNIC COT/2026/00001", ""),
            ("VIR COT/2026/00001", "DUPONT MARIE"),
            ("VIR COT/2026/00003", "DUBOIS MARIE"),
            ("COT/2026/00001", "", "nautique@x.org"),
        ):
            with self.subTest(said=said):
                certainty, contradicted, parts = self.match(*said)
                self.assertEqual((certainty, contradicted, len(parts)), ("possible", True, 1))
                self.assertEqual(self.match(*said, amount="60")[0], "possible")

    def test_an_email_and_another_payer(self):
        self.assertEqual(self.match("", "DURAND PAUL", "nautique@x.org"), ("possible", True, [2]))

    def test_names_that_agree(self):
        for said in (
            ("COT/2026/00001", "AMIS DU JARDIN PARTAGE"),
            ("COT/2026/00001", "LES AMIS DU JARDIN PART"),
            ("COT/2026/00001", "ASSO JARDIN PARTAGE"),
            ("COT/2026/00002", "CLUB NAUTIQUE PORNIC"),
            ("COT/2026/00002", ""),
            ("VIR SEPA COT/2026/00002 CLUB NAUTIQUE", ""),
            ("COT/2026/00002 MERCI", "", "tresoriere@y.org"),
            ("COT/2026/00003", "M PAUL DURAND OU MME"),
            ("COT/2026/00003", "VIR SEPA"),
        ):
            with self.subTest(said=said):
                self.assertEqual(self.match(*said)[:2], ("certain", False))

    def test_one_transfer_for_several_of_which_one_is_the_payer(self):
        said = ("COT/2026/00001 COT/2026/00002", "CLUB NAUTIQUE DE PORNIC", "", "200")
        self.assertEqual(self.match(*said), ("certain", False, [1, 2]))


NAMES = ["Club nautique Pornic", "Maison jeunes Rezé", "Ecole Diwan", "Ecole Steiner", "Amis du jardin"]
amounts = st.sampled_from(["10", "20", "30", "50", "70.50"])
items_strategy = st.lists(
    st.tuples(amounts, st.integers(0, 2), st.sampled_from(NAMES), st.booleans()), min_size=1, max_size=7
)
lines_strategy = st.lists(
    st.tuples(
        st.sampled_from(["10", "20", "30", "40", "80", "100"]),
        st.sampled_from(["", "COT/2026/00000", "COT202600001 COT202600002", *(name.upper() for name in NAMES)]),
        st.integers(1, 3),
        st.sampled_from(["", "a@x.org"]),
    ),
    max_size=9,
)


class TestPaymentMatchingLaws(unittest.TestCase):
    def build(self, raw_items, raw_lines):
        items = [
            item(n, due, payer=f"P{payer}", name=name, email="a@x.org" if with_mail else "")
            for n, (due, payer, name, with_mail) in enumerate(raw_items)
        ]
        lines = [
            BankLine(n, date(2026, 1, day), Decimal(amount), text, "", email)
            for n, (amount, text, day, email) in enumerate(raw_lines)
        ]
        return items, lines

    @settings(max_examples=150, deadline=None)
    @given(items_strategy, lines_strategy, st.randoms(use_true_random=False))
    def test_order_changes_nothing(self, raw_items, raw_lines, random):
        items, lines = self.build(raw_items, raw_lines)
        first = match(lines, items)
        random.shuffle(items)
        random.shuffle(lines)
        self.assertEqual(first, match(lines, items))

    @settings(max_examples=150, deadline=None)
    @given(items_strategy, lines_strategy)
    def test_nothing_is_given_twice(self, raw_items, raw_lines):
        items, lines = self.build(raw_items, raw_lines)
        found = match(lines, items)
        self.assertEqual(set(found), {line.id for line in lines})
        given_to = dict.fromkeys((one.id for one in items), Decimal(0))
        for line in lines:
            proposal = found[line.id]
            spent = sum(amount for _id, amount in proposal.parts)
            self.assertTrue(all(amount > 0 for _id, amount in proposal.parts))
            self.assertEqual(len({number for number, _a in proposal.parts}), len(proposal.parts))
            if proposal.payer is not None:
                self.assertEqual(spent + proposal.surplus, line.amount)
            else:
                self.assertEqual((proposal.parts, proposal.surplus), ([], 0))
            for number, amount in proposal.parts:
                given_to[number] += amount
        for one in items:
            self.assertLessEqual(given_to[one.id], one.due)

    @settings(max_examples=100, deadline=None)
    @given(items_strategy, lines_strategy)
    def test_certain_is_exact(self, raw_items, raw_lines):
        items, lines = self.build(raw_items, raw_lines)
        found = match(lines, items)
        for line in lines:
            if found[line.id].certainty == "certain":
                self.assertFalse(found[line.id].surplus)
                self.assertTrue(line.email or "COT" in line.text)
