"""Finds payers in what a bank says, by the words of their names."""

from bisect import bisect_left
from collections import Counter, defaultdict

from ..table.headers import fold

#: Words of labels and names that tell nobody apart.
COMMON_WORDS = frozenset(
    """vir virement sepa recu inst instantane de du des la le les un une et au aux en pour par sur of the
    association asso assoc club federation comite ligue union centre groupe societe sarl sas sa sasu scop scic
    mairie commune ville mr mme m madame monsieur mlle cotisation cotisations adhesion adhesions membership
    reglement paiement facture appel ref reference cheque chq remise motif donneur ordre ordinaire permanent
    notprovided web faveur emis""".split()
)
#: A word that more names than this share is no help to find one.
FREQUENT = 150
#: A share of a name's words (weighted by rarity) that is enough to think of it.
ENOUGH = 0.6
#: What is left of a name that was cut: letters of words that tell it apart, which are enough by themselves…
ENOUGH_LETTERS = 8
#: … or enough in a beginning of that length.
FEW_LETTERS, LONG_BEGINNING = 4, 12


def name_words(text):
    """Return the words of a name that tell it apart."""
    return frozenset(
        word for word in fold(text).split() if word not in COMMON_WORDS and (len(word) > 1 or word.isdigit())
    )


def _alike(one, other):
    """Return whether two words are one, or one is what a bank has left of the other."""
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= 5 and longer.startswith(shorter))


class PayerNames:
    """Finds payers by the words of their names, rare words counting more."""

    def __init__(self, items):
        self.cut = CutNames(items)
        self.names = {}
        for item in items:
            for name in item.names:
                words = name_words(name)
                if sum(map(len, words)) >= 4:
                    self.names.setdefault(words, set()).add(item.payer)
        self.words = defaultdict(set)
        for words, payers in self.names.items():
            for payer in payers:
                self.words[payer].add(words)
        self.frequency = Counter(word for words in self.names for word in words)
        self.by_word = defaultdict(list)
        for words in self.names:
            # Found through its rarest words: all of them would bring every namesake of a town.
            for word in sorted(words, key=lambda word: (self.frequency[word], word))[:2]:
                self.by_word[word].append(words)

    def weight(self, words):
        """Return how much words tell a payer apart: long ones and rare ones most."""
        return sum(len(word) / (1 + self.frequency[word]) ** 0.5 for word in words)

    def find(self, text):
        """Return ``(payers, whole)``: who is named, and whether by a whole name.

        Several payers are returned where they cannot be told apart.
        """
        payers, whole = self._find_by_words(text)
        return (payers, whole) if payers else self.cut.find(text)

    def contradict(self, text, payers, only_known=False):
        """Return whether a text names somebody else than these payers.

        :param only_known: who is in no list of ours contradicts nothing.
        """
        said = name_words(text)
        if any(words <= said for payer in payers for words in self.words[payer]):
            return False
        found, whole = self.find(text) if said else (set(), False)
        if found & payers:
            return False
        if only_known or whole:
            return whole
        known = {word for payer in payers for words in self.words[payer] for word in words}
        return bool(said and known) and not any(_alike(one, other) for one in said for other in known)

    def _find_by_words(self, text):
        said = name_words(text)
        best, payers = (False, 0.0), set()
        for words in {words for word in said for words in self.by_word.get(word, ())[:FREQUENT]}:
            common = words & said
            whole = common == words
            weight = self.weight(common)
            if not whole and (len(common) < 2 or weight < ENOUGH * self.weight(words)):
                continue
            rank = (whole, round(weight, 6))
            if rank > best:
                best, payers = rank, set(self.names[words])
            elif rank == best:
                payers |= self.names[words]
        return payers, best[0]


class CutNames:
    """Finds the one payer whose name goes on where the bank has cut it, in the middle of a word or behind one."""

    def __init__(self, items):
        # Beginnings of names, and of what follows any of their words: the bank may have left out the first ones.
        tails = set()
        for item in items:
            for name in item.names:
                words = fold(name).split()
                for place in range(len(words)):
                    begins = all(word in COMMON_WORDS for word in words[:place])
                    if begins or words[place] not in COMMON_WORDS:
                        tails.add((" ".join(words[place:]), begins, item.payer))
        self.tails = sorted(tails, key=lambda tail: tail[0])
        self.texts = [text for text, _begins, _payer in self.tails]

    def find(self, text):
        """Return ``(payers, whole)``: the payer alone, and whether enough of the name is left to be sure of it."""
        words, best = fold(text).split(), (0, set())
        for place in range(len(words)):
            for end in range(place + 1, len(words) + 1):
                said = words[place:end]
                found = self._starting_with(" ".join(said))
                if not found:
                    break
                letters = sum(len(word) for word in said if word not in COMMON_WORDS)
                if letters > best[0] and self._is_cut(said, letters, found, is_end=end == len(words)):
                    best = letters, {payer for _text, _begins, payer in found}
        letters, payers = best
        return payers, letters >= ENOUGH_LETTERS

    def _starting_with(self, beginning):
        # Letters come before “{”.
        return self.tails[bisect_left(self.texts, beginning) : bisect_left(self.texts, beginning + "{")]

    @staticmethod
    def _is_cut(said, letters, found, is_end):
        """Return whether words are what is left of one payer's name.

        :param found: the names that begin with them.
        :param is_end: whether nothing else is said.
        """
        length = len(" ".join(said))
        if letters < ENOUGH_LETTERS and (letters < FEW_LETTERS or length < LONG_BEGINNING):
            return False
        if len({payer for _text, _begins, payer in found}) > 1:
            return False
        in_a_word = any(text[length : length + 1].strip() for text, _begins, _payer in found)
        behind_one = is_end and any(begins and len(text) > length for text, begins, _payer in found)
        return in_a_word or (behind_one and letters >= ENOUGH_LETTERS)
