"""Understand the headers of a table: which line names the columns, and what each column is.

Headers are matched by meaning: case, accents, punctuation and small words do not count. Which phrases
name what depends on the kind of table and stands in a :class:`HeaderVocabulary` of its own: that of
lists of members in ``member_import/member_columns.py``, that of files of payments in
``payment/payment_columns.py``.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from .table_reader import cell_text

#: Lines at the top of a file among which the header is looked for.
HEADER_SEARCH_LINES = 40
#: Rows in which the first value of a column is looked for, and the letters of it that are kept.
SAMPLE_ROWS = 200
SAMPLE_LENGTH = 80

#: Words that change nothing to what a column is.
_SMALL = "a au aux d de des du en et l la le les un une pour par sur of the in for and s"
SMALL_WORDS = frozenset(_SMALL.split())
#: Spellings of one word that are found in the headers of any table.
SPELLINGS = {"n": "numero", "no": "numero", "num": "numero"}

#: What no header is: digits that are no year, and addresses.
_VALUE = re.compile(r"^(?!(?:19|20)\d\d$)[\d .,/€-]*\d[\d .,/€-]*$|\w@\w|^W\d[\dAB]\d{7}$")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def fold(text):
    """Return a text in plain small letters and digits, its words separated by one space.

    ``"N° de SIRET (siège)"`` gives ``"n de siret siege"``: accents, ligatures and punctuation go.
    """
    text = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    text = text.replace("°", " ").replace("º", " ").replace("€", " euros ")
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", plain.casefold()).strip()


def header_words(text, spellings, small_words=SMALL_WORDS):
    """Return the words of a header, each in its usual spelling, without the small ones."""
    words = (spellings.get(word, word) for word in fold(text).split())
    return [word for word in words if word not in small_words]


@dataclass
class TableColumn:
    """A column of the file.

    :param index: place in the row, from 0.
    :param target: what it feeds, or None when it is left out.
    :param sample: first value below, to show.
    """

    index: int
    header: str
    target: str | None = None
    sample: str = ""

    @property
    def slot(self):
        """What two columns cannot both feed."""
        return self.target


class Recognition(NamedTuple):
    """What a header names.

    :param target: None where no phrase is recognised.
    :param form: place, from 0, of the form of the header that was recognised: see the vocabulary.
    :param phrase: place of the phrase among those of the target.
    """

    target: str | None
    form: int = 0
    phrase: int = 0


class HeaderVocabulary:
    """What the headers of one kind of table mean.

    :param phrases: target → phrases that name it, separated by commas.
    :param forms: functions of a text that give what is compared of it, tried in turn: headers are
        compared in their first form with phrases in their first form, then both in their second one.
        An empty form is compared with nothing. A phrase in two targets names the first.
    :param longest: a cell with more letters is no header.
    :param fewest: a line that names fewer targets is not believed to be the header, as one word of it
        may be recognised by chance.
    """

    def __init__(self, phrases, forms, longest, fewest=0):
        self.targets = tuple(phrases)
        self._longest, self._fewest = longest, fewest
        self._forms = [(form, {}) for form in forms]
        for target, text in phrases.items():
            for place, phrase in enumerate(text.split(",")):
                for number, (form, known) in enumerate(self._forms):
                    if key := form(phrase):
                        known.setdefault(key, Recognition(target, number, place))

    def recognise(self, header):
        """Return the :class:`Recognition` of one header."""
        for form, known in self._forms:
            if found := known.get(form(header)):
                return found
        return Recognition(None)

    def count_targets(self, row):
        """Return how many targets a line names."""
        texts = (cell for cell in row.cells if isinstance(cell, str) and len(cell) < self._longest)
        return len({self.recognise(text).target for text in texts} - {None})

    def table_score(self, rows):
        """Return how much rows look like a table of this kind: the most targets that a line names."""
        return max((self.count_targets(row) for row in rows[:HEADER_SEARCH_LINES]), default=0)

    def find_header(self, rows):
        """Return the place in ``rows`` of the header: the line of the first ones that names most
        targets.

        Titles and notes above the table name none or one. When no line is believed, the first one
        with two cells or more is taken, else the first line. A line that holds values is no header: -1 is
        returned where the table has none, so that no line is lost.
        """
        scores = [self.count_targets(row) for row in rows[:HEADER_SEARCH_LINES]]
        best = max(range(len(scores)), key=lambda place: (scores[place], -place), default=0)
        if scores and scores[best] >= self._fewest:
            return best
        wide = (place for place, row in enumerate(rows) if sum(cell != "" for cell in row.cells) > 1)
        found = next(wide, best)
        return -1 if self._fewest and rows and not scores[best] and looks_like_values(rows[found]) else found


def looks_like_values(row):
    """Return whether a line holds values, and no names of columns: a number, a day, an address."""
    return any(cell not in ("", None) and (not isinstance(cell, str) or _VALUE.search(cell)) for cell in row.cells)


def list_columns(header, rows, make=TableColumn):
    """Return a column for each place of the table that has a header or a value.

    :param header: the header's row.
    :param rows: the rows below it, from which samples are taken.
    :param make: the class of the columns.
    """
    width = max([len(header.cells), *(len(row.cells) for row in rows)])
    texts = [cell_text(cell) for cell in header.cells] + [""] * (width - len(header.cells))
    return [
        make(index, text, sample=_sample(rows, index))
        for index, text in enumerate(texts)
        if text or any(index < len(row.cells) and row.cells[index] != "" for row in rows)
    ]


def filled_share(rows, index):
    """Return the share, from 0 to 1, of rows whose cell at a place holds something."""
    filled = sum(index < len(row.cells) and row.cells[index] not in ("", None) for row in rows)
    return filled / len(rows) if rows else 0.0


def _sample(rows, index):
    for row in rows[:SAMPLE_ROWS]:
        if index < len(row.cells) and row.cells[index] not in ("", None):
            return cell_text(row.cells[index])[:SAMPLE_LENGTH]
    return ""


def outdone(columns, strength):
    """Return the columns whose slot another column has a better claim to.

    :param strength: function of a column; the greatest wins, and among equals the first column.
    """
    winners = {}
    for column in columns:
        if column.target:
            best = winners.setdefault(column.slot, column)
            if strength(column) > strength(best):
                winners[column.slot] = column
    return [column for column in columns if column.target and winners[column.slot] is not column]
