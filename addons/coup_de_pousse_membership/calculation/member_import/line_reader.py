"""From the rows of a table and the targets of its columns to what each line says.

Nothing here looks at the database: what the names of countries, categories and sectors stand for
comes in a :class:`CellVocabulary`. The answer for each line is a :class:`MemberLine`: values under the
names of the fields they go to, the problems that refuse the line, and notes about what was corrected.
"""

import datetime
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field

from ..register import identifiers
from ..register.postcodes import department_code
from ..table.headers import fold
from ..table.table_reader import cell_text
from ..table.values import ValueProblem, decimal_mark, is_missing, read_date, read_text
from .cell_vocabulary import END_HEADERS, ENDED, ORGANISATION_KINDS, PERSON_KINDS, STATE_HEADERS, TOTALS
from .member_columns import FIGURE_TARGETS, HISTORY_TARGETS, YEARLY_TARGETS
from .member_line import LeftOut, LineProblem, MemberLine
from .member_values import (
    read_email,
    read_figure,
    read_notes,
    read_phones,
    read_registry,
    read_rna,
    read_unless_missing,
    read_zip,
    split_address,
    split_place,
)
from .past_memberships import HistoryReader, YearStart, overlap_problem
from .towns import contradicts

_TEXT_FIELDS = ("street", "street2", "city", "ref")
#: What may be written on several lines: elsewhere, a delimiter on the second one comes from an open quotation mark.
_SEVERAL_LINES = frozenset(("street", "street2", "zip_city", "notes"))
#: No name, address or number is longer.
LONGEST_CELL = 2000
_LOOKUPS = {"country": "country_id", "sector": "industry_id", "category": "category_id", "legal_form": "legal_form"}


@dataclass(frozen=True)
class ReadingOptions:
    """How the rows of one file are to be read.

    :param delimiter: of a CSV, to recognise a line swallowed by a quotation mark.
    :param preset: :class:`program_presets.ProgramPreset` of the program that wrote the file, or None.
    :param start: first day of a membership year.
    :param membership_year: year of all memberships, where the file does not say it; or None.
    """

    today: datetime.date
    delimiter: str = ""
    preset: object = None
    start: YearStart = field(default_factory=YearStart)
    membership_year: int | None = None


class LineReader:
    """Reads the rows of one table.

    :param columns: the table's columns with their targets.
    :param header: the header's row.
    :param vocabulary: :class:`CellVocabulary`.
    :param options: :class:`ReadingOptions`.
    """

    def __init__(self, columns, header, vocabulary, options):
        single = [column for column in columns if column.target and column.target != "phone2"]
        self.columns = {c.target: c for c in single if not (c.target in YEARLY_TARGETS and c.year)}
        self.phones = [column for column in columns if column.target in ("phone", "phone2")]
        self.header, self.vocabulary, self.options = header, vocabulary, options
        self.mark, self.towns = None, {}
        self._money = [column.index for column in columns if column.target in HISTORY_TARGETS[:3]]
        #: Only persons have a title, where names stand in one column.
        self.by_civility = {"civility", "name"} <= set(self.columns) and "last_name" not in self.columns
        self.history = HistoryReader(columns, options.start, options.today, options.membership_year)
        #: Columns left out that may say that an organisation is no more.
        self.ends = [column for column in columns if not column.target and fold(column.header or "") in END_HEADERS]
        self.states = [column for column in columns if not column.target and fold(column.header or "") in STATE_HEADERS]
        self.kept = [
            (index, text)
            for index, text in enumerate(map(str, header.cells))
            if options.preset and fold(text) in options.preset.keep
        ]

    def read_rows(self, rows):
        """Return the :class:`MemberLine` of each row; the header repeated on each page is passed over."""
        figures = [self.columns[t].index for t in FIGURE_TARGETS if t in self.columns] + self._money
        self.towns = self._departments_of_towns(rows)
        self.mark = decimal_mark(row.cells[index] for row in rows for index in figures if index < len(row.cells))
        return [_RowReader(self, row).line() for row in rows if row.cells != self.header.cells]

    def _departments_of_towns(self, rows):
        """Return the departments of each town, as the whole postcodes of the file say."""
        found = defaultdict(set)
        if not {"zip", "city"} <= set(self.columns):
            return found
        postcode, town = self.columns["zip"].index, self.columns["city"].index
        for row in rows:
            if len(row.cells) <= max(postcode, town):
                continue
            digits, name = cell_text(row.cells[postcode]), fold(cell_text(row.cells[town])[:LONGEST_CELL])
            if name and len(digits) == 5 and digits.isdecimal():
                found[name].add(department_code(digits))
        return found


class _RowReader:
    """Reads one row, whose values, problems and notes come together here.

    :param table: the :class:`LineReader` of its table.
    """

    def __init__(self, table, row):
        self._table, self._row = table, row
        self._columns = table.columns
        self._delimiter = table.options.delimiter
        self._today = table.options.today
        is_short = len(row.cells) < len(table.header.cells)
        self._is_torn = bool(self._delimiter) and (row.is_torn or is_short)
        self._values, self._problems, self._notes = {}, [], []

    def line(self):
        """Return the :class:`MemberLine` of the row."""
        cells, expected = self._row.cells, len(self._table.header.cells)
        if self._delimiter and any(cells[expected:]):
            problem = LineProblem("", "too_many_cells", {"count": len(cells), "expected": expected})
            return MemberLine(self._row.line, problems=(problem,))
        self._read_name()
        self._read_lookups()
        self._read_texts()
        self._read_identifiers()
        self._read_dates()
        self._read_figures()
        self._read_history()
        values = {name: value for name, value in self._values.items() if value is not None and value != []}
        return MemberLine(self._row.line, values, tuple(self._problems), tuple(self._notes), self._left_out())

    def _left_out(self):
        """Return why the program does not mean the line as a member: the last reason that it gives."""
        found = None
        for index, header in self._table.kept:
            value = cell_text(self._row.cells[index]) if index < len(self._row.cells) else ""
            if self._table.options.preset.leaves_out(header, value):
                found = LeftOut(header, value)
        return found or self._ended()

    def _ended(self):
        """Return that the list says the organisation to be no more, or None."""
        for column in self._table.ends + self._table.states:
            cell = self._row.cells[column.index] if column.index < len(self._row.cells) else ""
            with suppress(ValueProblem):
                is_date = column in self._table.ends and read_date(cell, self._today)
                if is_date or fold(cell_text(cell)) in ENDED:
                    return LeftOut(column.header, cell_text(cell))
        return None

    # ---- cells ----
    def _refuse(self, target, code, **values):
        """Refuse the line for one more reason, found in the column of a target, or in none."""
        header = self._columns[target].header if target else ""
        self._problems.append(LineProblem(header, code, values))

    def _take(self, target, read, *args):
        """Read the cell of a target; keep its problem, if any, with its column."""
        column = self._columns.get(target)
        return self._take_column(column, read, *args) if column else None

    def _take_column(self, column, read, *args):
        try:
            return self._read_cell(column, read, *args)
        except ValueProblem as problem:
            self._problems.append(LineProblem(column.header, problem.code, problem.values))
            return None

    def _read_cell(self, column, read, *args):
        cell = self._row.cells[column.index] if column.index < len(self._row.cells) else ""
        if cell == "":
            return None
        if isinstance(cell, str) and len(cell) > LONGEST_CELL and column.target != "notes":
            raise ValueProblem("too_long", count=len(cell))
        # A line break and a delimiter, where the format is not kept to: the next line was taken with this one.
        if (
            (self._is_torn or (self._delimiter and column.target not in _SEVERAL_LINES))
            and isinstance(cell, str)
            and "\n" in cell
            and self._delimiter in cell
        ):
            raise ValueProblem("line_break", delimiter=self._delimiter)
        return read(cell, *args)

    def _says(self, target):
        """Return whether the cell of a target can be read, and says something."""
        with suppress(ValueProblem):
            return target in self._columns and bool(self._read_cell(self._columns[target], read_unless_missing))
        return False

    # ---- who ----
    def _read_name(self):
        """Read who the line is about: an organisation, or a person; an organisation's person is
        kept as a remark.
        """
        name = self._take("name", read_unless_missing)
        person = self._read_person()
        is_person = self._is_person(name, person)
        if is_person and person:
            name, person = person, name
        elif not name:
            name, person = person, None
        if name and fold(name) in TOTALS:
            self._refuse(None, "total", value=name)
        elif not name and not self._problems:
            self._refuse(None, "no_name")
        self._values["name"] = name
        if is_person:
            self._values["is_person"] = True
        if person:
            self._values["extras"] = [f"Contact : {person}"]

    def _read_person(self):
        """Return the name of the person of a line: first name, then family name, as written."""
        parts = [self._take(target, read_unless_missing) for target in ("first_name", "last_name")]
        return " ".join(filter(None, parts)) or self._take("full_name", read_unless_missing)

    def _is_person(self, name, person):
        """Return whether the member is a person: the list says so, or gives no other name."""
        kind = self._take("kind", read_unless_missing)
        if kind:
            if fold(kind) in PERSON_KINDS | ORGANISATION_KINDS:
                return fold(kind) in PERSON_KINDS
            self._refuse("kind", "unknown_kind", value=kind)
        if any(self._says(target) for target in ("siren", "siret", "rna")):
            return False
        if self._table.by_civility:
            return bool(self._take("civility", read_unless_missing))
        return bool(person) and not name

    # ---- what it says ----
    def _read_lookups(self):
        words = self._table.vocabulary
        known = {
            "country": words.countries,
            "sector": words.sectors,
            "category": words.categories,
            "legal_form": words.legal_forms,
        }
        for target, choices in known.items():
            text = self._take(target, read_text)
            if text is None or is_missing(text):
                continue
            if (target, fold(text)) in words.left_empty:
                continue
            value = choices.get(fold(text))
            if value is None:
                self._refuse(target, f"unknown_{target}", value=text)
            self._values[_LOOKUPS[target]] = value

    def _read_texts(self):
        for target in _TEXT_FIELDS:
            self._values[target] = self._take(target, read_text)
        self._read_place()
        self._values["email"] = self._take("email", read_email, self._notes)
        self._read_phones()
        self._values["website"] = self._take("website", read_unless_missing)
        self._values["comment"] = self._take("notes", read_notes)

    def _is_french(self):
        return self._table.vocabulary.has_siren(self._values.get("country_id"))

    def _read_place(self):
        """Read the postcode and the town, which may stand in one cell."""
        values = self._values
        values["zip"] = self._take("zip", read_zip, self._notes) if self._is_french() else self._take("zip", read_text)
        self._check_mended_zip()
        both = self._take("zip_city", read_text)
        for text, target in ((both, "city"), (values["zip"], "city"), (values["city"], "zip")):
            if text and not values[target] and (place := split_place(text)):
                values["zip"], values["city"] = place
        if both and not values["zip"] and not values["city"]:
            values["city"] = both
        if values["street"] and self._is_french():
            self._take_street_apart()

    def _check_mended_zip(self):
        """Give up a postcode whose zero was given back, where its town lies in another department."""
        for note in [note for note in self._notes if note[0] == "zip_mended"]:
            if contradicts(note[1]["mended"], self._values["city"], self._table.towns):
                self._notes.remove(note)
                self._notes.append(("zip_contradicts", {"value": note[1]["value"], "town": self._values["city"]}))
                self._values["zip"] = None

    def _take_street_apart(self):
        """Take the postcode and the town out of an address that holds them, where they stand nowhere else."""
        values = self._values
        street, postcode, city = split_address(values["street"])
        if postcode and values["zip"] in (None, postcode) and not (city and values["city"]):
            values.update(street=street, zip=postcode, city=city or values["city"])

    def _read_phones(self):
        """Keep the first number as the phone, the others as remarks."""
        numbers = []
        for column in self._table.phones:
            found = self._take_column(column, read_phones, self._is_french()) or []
            numbers += [number for number in found if number not in numbers]
        self._values["phone"] = numbers[0] if numbers else None
        self._values["extras"] = self._values.get("extras", []) + [f"☎ {number}" for number in numbers[1:]]

    def _read_identifiers(self):
        self._values["rna"] = self._take("rna", read_rna)
        if not self._is_french():
            # Another country's register: its own rules, which we do not know.
            numbers = [self._take(target, read_text) for target in ("siret", "siren")]
            self._values["company_registry"] = numbers[0] or numbers[1]
            return
        siret = self._take("siret", read_registry, self._notes)
        siren = self._take("siren", self._read_siren_or_rna)
        if siret and siren and siret[:9] != siren[:9]:
            self._refuse("siret", "siret_of_another", siren=siren[:9], siret=siret)
        self._values["company_registry"] = max(siret or "", siren or "", key=len) or None

    def _read_siren_or_rna(self, cell):
        """Some lists put in one column the SIREN of those who have one and the RNA of the
        others.
        """
        try:
            return read_registry(cell, self._notes)
        except ValueProblem as problem:
            reason = getattr(problem.values.get("problem"), "reason", None)
            if reason is not identifiers.Reason.RNA or self._values["rna"] or "rna" in self._columns:
                raise
        self._values["rna"] = read_rna(cell)
        self._notes.append(("rna_found", {"value": self._values["rna"]}))
        return None

    def _read_dates(self):
        for target in ("founded_on", "since"):
            day = self._take(target, read_date, self._today, self._notes)
            if day and not datetime.date(1000, 1, 1) <= day <= self._today:
                self._refuse(target, "future", value=day.isoformat())
            self._values[target] = day.isoformat() if day else None

    def _read_figures(self):
        for target in FIGURE_TARGETS:
            self._values[target] = self._take(target, read_figure, target, self._table.mark)

    def _read_history(self):
        if not self._table.history.reads:
            return
        past = self._table.history.read_row(self._take_column, self._table.mark)
        self._problems += past.problems
        self._notes += past.notes
        if problem := overlap_problem(past.periods):
            self._problems.append(problem)
        self._values["history"] = past.periods
        if past.periods:
            # Somebody whose first year is known was a member then.
            first = past.periods[0]["date_from"]
            self._values["since"] = min(filter(None, (self._values.get("since"), first)))
