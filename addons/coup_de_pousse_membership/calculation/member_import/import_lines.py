"""From the rows of a table and the targets of its columns to what each line says.

Nothing here looks at the database: what the names of countries, categories and sectors stand for
comes in a :class:`Vocabulary`. The answer for each line holds values under the names of the fields
they go to, the problems that refuse the line, and the notes about what was mended.
"""

import datetime
from dataclasses import dataclass, field
from functools import partial

from ..register import identifiers
from ..table.import_columns import FIGURE_TARGETS, HISTORY_TARGETS, YEARLY_TARGETS, fold
from ..table.import_values import (
    ValueProblem,
    decimal_mark,
    is_missing,
    read_date,
    read_email,
    read_figure,
    read_notes,
    read_phones,
    read_registry,
    read_rna,
    read_text,
    read_zip,
    split_place,
)
from ..table.table_reader import cell_text
from .import_history import HistoryReader, YearStart, check_order

#: Legal forms as written in lists → key of ``res.partner.legal_form``.
LEGAL_FORMS = {
    "association_1901": (
        "association, association loi 1901, association loi de 1901, loi 1901, asso, association 1901,"
        "association declaree, association simple, association de fait loi 1901, 9220"
    ),
    "association_rup": ("association reconnue d utilite publique, arup, rup, reconnue d utilite publique, 9230"),
    "association_local_law": (
        "association de droit local, droit local, association alsace moselle, loi 1908,"
        "association de droit local alsace moselle, 9260"
    ),
    "foundation": "fondation, fondation reconnue d utilite publique, foundation, 9300",
    "endowment_fund": "fonds de dotation, endowment fund",
    "cooperative": "cooperative, scic, scop, sarl scop, sa scic, sas scic, cooperatif",
    "mutual": "mutuelle, mutual, mutual society",
    "company": "societe, entreprise, sarl, sas, sa, eurl, sasu, sci, company",
    "local_authority": (
        "collectivite, collectivite territoriale, commune, departement, region, mairie, epci,"
        "communaute de communes, metropole, communaute d agglomeration, local authority"
    ),
    "public_body": "etablissement public, organisme public, ccas, public body, epa, epic",
    "unincorporated": "collectif, association de fait, groupe, unincorporated group",
    "other": "autre, other, autres",
}
TOTALS = frozenset(("total", "totaux", "total general", "sous total", "subtotal", "totals"))

#: What a list says in a column "person or organisation".
PERSON_KINDS = frozenset(["personne physique", *["physique", "phy", "particulier", "individu", "individual", "person"]])
ORGANISATION_KINDS = frozenset(
    ["personne morale", *["morale", "moral", "mor", "organisation", "organisme", "association", "company"]]
)

_TEXT_FIELDS = {"street": "street", "street2": "street2", "city": "city", "ref": "ref"}
_LOOKUPS = {"country": "country_id", "sector": "industry_id", "category": "category_id"}


@dataclass
class Vocabulary:
    """What the words of a list stand for.

    :param countries: folded name or code → id; same for ``sectors`` and ``categories``.
    :param legal_forms: folded name → key.
    :param siren_countries: ids of the countries whose organisations have a SIREN.
    :param default_has_siren: whether organisations without a country have one.
    """

    countries: dict = field(default_factory=dict)
    sectors: dict = field(default_factory=dict)
    categories: dict = field(default_factory=dict)
    legal_forms: dict = field(default_factory=dict)
    siren_countries: frozenset = frozenset()
    default_has_siren: bool = True

    def __post_init__(self):
        known = {phrase.strip(): key for key, text in LEGAL_FORMS.items() for phrase in text.split(",")}
        self.legal_forms = {**known, **self.legal_forms}

    def has_siren(self, country_id):
        """Tell whether the organisations of a country (an id, or None) have a SIREN."""
        return country_id in self.siren_countries if country_id else self.default_has_siren


@dataclass(frozen=True)
class Problem:
    """Why a line is refused.

    :param header: header of the column, or "" for the line as a whole.
    :param code: see :mod:`.import_values`, and here: ``no_name``, ``total``, ``too_many_cells``,
        ``line_break``, ``unknown_country``, ``unknown_sector``, ``unknown_category``,
        ``unknown_legal_form``, ``siret_of_another``, ``future``, ``unknown_kind``; of
        :mod:`.import_history`, ``period``, ``periods_overlap``, ``same_period``.
    """

    header: str
    code: str
    values: dict = field(default_factory=dict)


@dataclass
class Line:
    """What one line says.

    :param number: its number in the file.
    :param values: field → value; dates in ISO text, so that the whole can be stored as JSON.
    :param notes: pairs of a code and its values, about what was mended.
    :param left_out: why the program that wrote the file does not mean it as a member: header and
        value; or nothing.
    """

    number: int
    values: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    left_out: dict = field(default_factory=dict)

    def add_problem(self, header, code, values):
        """Refuse the line for one more reason."""
        self.problems.append(Problem(header, code, values))


@dataclass(frozen=True)
class Reading:
    """How the rows of one file are to be read.

    :param delimiter: of a CSV, to recognise a line swallowed by a quotation mark.
    :param preset: :class:`import_presets.Preset` of the program that wrote the file, or None.
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
    :param reading: :class:`Reading`.
    """

    def __init__(self, columns, header, vocabulary, reading):
        single = [column for column in columns if column.target and column.target != "phone2"]
        self._columns = {c.target: c for c in single if not (c.target in YEARLY_TARGETS and c.year)}
        self._phones = [column for column in columns if column.target in ("phone", "phone2")]
        self._header = header
        self._vocabulary = vocabulary
        self._today = reading.today
        self._delimiter = reading.delimiter
        self._preset = reading.preset
        self._mark = None
        self._money = [column.index for column in columns if column.target in HISTORY_TARGETS[:3]]
        self._by_civility = {"civility", "name"} <= set(self._columns) and "last_name" not in self._columns
        self.history = HistoryReader(columns, reading.start, reading.today, reading.membership_year)
        self._kept = [
            (index, text)
            for index, text in enumerate(map(str, header.cells))
            if reading.preset and fold(text) in reading.preset.keep
        ]

    def read(self, rows):
        """Return the :class:`Line` of each row; the header repeated on each page is passed over."""
        figures = [self._columns[t].index for t in FIGURE_TARGETS if t in self._columns] + self._money
        self._mark = decimal_mark(row.cells[index] for row in rows for index in figures if index < len(row.cells))
        return [self._read_row(row) for row in rows if row.cells != self._header.cells]

    def _read_row(self, row):
        line = Line(row.line)
        if self._delimiter and any(cell for cell in row.cells[len(self._header.cells) :]):
            values = {"count": len(row.cells), "expected": len(self._header.cells)}
            line.problems.append(Problem("", "too_many_cells", values))
            return line
        for index, header in self._kept:
            value = cell_text(row.cells[index]) if index < len(row.cells) else ""
            if self._preset.leaves_out(header, value):
                line.left_out = {"header": header, "value": value}
        for read in (
            self._read_name,
            self._read_lookups,
            self._read_texts,
            self._read_identifiers,
            self._read_dates,
            self._read_figures,
            self._read_history,
        ):
            read(row, line)
        line.values = {key: value for key, value in line.values.items() if value is not None and value != []}
        return line

    def _take(self, target, row, line, read, *args):
        """Read the cell of a target; keep its problem, if any, with its column."""
        column = self._columns.get(target)
        return self._take_column(row, line, column, read, *args) if column else None

    def _take_column(self, row, line, column, read, *args):
        if column.index >= len(row.cells):
            return None
        cell = row.cells[column.index]
        if cell == "":
            return None
        try:
            if self._delimiter and isinstance(cell, str) and _breaks(cell, self._delimiter):
                raise ValueProblem("line_break", delimiter=self._delimiter)
            return read(cell, *args)
        except ValueProblem as problem:
            line.problems.append(Problem(column.header, problem.code, problem.values))
            return None

    def _read_name(self, row, line):
        """Read who the line is about: an organisation, or a person; an organisation's person is
        kept as a remark.
        """
        before = len(line.problems)
        name = self._take("name", row, line, _read_unless_missing)
        person = self._read_person(row, line)
        is_person = self._is_person(row, line, name, person)
        if is_person and person:
            name, person = person, name
        elif not name:
            name, person = person, None
        if name and fold(name) in TOTALS:
            line.problems.append(Problem("", "total", {"value": name}))
        elif not name and len(line.problems) == before:
            line.problems.append(Problem("", "no_name"))
        line.values["name"] = name
        if is_person:
            line.values["is_person"] = True
        if person:
            line.values["extras"] = [f"Contact : {person}"]

    def _read_person(self, row, line):
        """Return the name of the person of a line: first name, then family name, as written."""
        parts = [self._take(target, row, line, _read_unless_missing) for target in ("first_name", "last_name")]
        return " ".join(filter(None, parts)) or self._take("full_name", row, line, _read_unless_missing)

    def _is_person(self, row, line, name, person):
        """Tell whether the member is a person: the list says so, or gives no other name."""
        kind = self._take("kind", row, line, _read_unless_missing)
        if kind:
            if fold(kind) in PERSON_KINDS | ORGANISATION_KINDS:
                return fold(kind) in PERSON_KINDS
            line.problems.append(Problem(self._columns["kind"].header, "unknown_kind", {"value": kind}))
        if any(self._take(target, row, Line(0), _read_unless_missing) for target in ("siren", "siret", "rna")):
            return False
        if self._by_civility:
            return bool(self._take("civility", row, line, _read_unless_missing))
        return bool(person) and not name

    def _read_lookups(self, row, line):
        words = self._vocabulary
        known = {
            "country": words.countries,
            "sector": words.sectors,
            "category": words.categories,
            "legal_form": words.legal_forms,
        }
        for target, choices in known.items():
            text = self._take(target, row, line, read_text)
            if text is None or is_missing(text):
                continue
            value = choices.get(fold(text))
            if value is None:
                header = self._columns[target].header
                line.problems.append(Problem(header, f"unknown_{target}", {"value": text}))
            line.values[_LOOKUPS.get(target, target)] = value

    def _read_texts(self, row, line):
        for target, name in _TEXT_FIELDS.items():
            line.values[name] = self._take(target, row, line, read_text)
        french = self._is_french(line)
        self._read_place(row, line, french)
        line.values["email"] = self._take("email", row, line, read_email, line.notes)
        self._read_phones(row, line, french)
        line.values["website"] = self._take("website", row, line, _read_unless_missing)
        line.values["comment"] = self._take("notes", row, line, read_notes)

    def _read_place(self, row, line, french):
        """Read the postcode and the town, which may stand in one cell."""
        read_postcode = (lambda cell: read_zip(cell, line.notes)) if french else read_text
        line.values["zip"] = self._take("zip", row, line, read_postcode)
        both = self._take("zip_city", row, line, read_text)
        values = line.values
        for text, target in ((both, "city"), (values["zip"], "city"), (values["city"], "zip")):
            if text and not values[target] and (place := split_place(text)):
                values["zip"], values["city"] = place
        if both and not values["zip"] and not values["city"]:
            values["city"] = both

    def _read_phones(self, row, line, french):
        """Keep the first number as the phone, the others as remarks."""
        numbers = []
        for column in self._phones:
            found = self._take_column(row, line, column, read_phones, french) or []
            numbers += [number for number in found if number not in numbers]
        line.values["phone"] = numbers[0] if numbers else None
        line.values["extras"] = line.values.get("extras", []) + [f"☎ {number}" for number in numbers[1:]]

    def _read_history(self, row, line):
        if not self.history.reads:
            return
        line.values["history"] = self.history.read(line, partial(self._take_column, row, line), self._mark)
        check_order(line)
        if line.values["history"]:
            # Somebody whose first year is known was a member then.
            first = line.values["history"][0]["date_from"]
            line.values["since"] = min(filter(None, (line.values.get("since"), first)))

    def _is_french(self, line):
        return self._vocabulary.has_siren(line.values.get("country_id"))

    def _read_identifiers(self, row, line):
        line.values["rna"] = self._take("rna", row, line, read_rna)
        if not self._is_french(line):
            # Another country's register: its own rules, which we do not know.
            numbers = [self._take(target, row, line, read_text) for target in ("siret", "siren")]
            line.values["company_registry"] = numbers[0] or numbers[1]
            return
        siret = self._take("siret", row, line, read_registry, line.notes)
        siren = self._take("siren", row, line, self._read_siren_or_rna, line)
        if siret and siren and siret[:9] != siren[:9]:
            header = self._columns["siret"].header
            values = {"siren": siren[:9], "siret": siret}
            line.problems.append(Problem(header, "siret_of_another", values))
        line.values["company_registry"] = max(siret or "", siren or "", key=len) or None

    def _read_siren_or_rna(self, cell, line):
        """Some lists put in one column the SIREN of those who have one and the RNA of the
        others.
        """
        try:
            return read_registry(cell, line.notes)
        except ValueProblem as problem:
            reason = getattr(problem.values.get("problem"), "reason", None)
            if reason is not identifiers.Reason.RNA or line.values["rna"] or "rna" in self._columns:
                raise
        line.values["rna"] = read_rna(cell)
        line.notes.append(("rna_found", {"value": line.values["rna"]}))
        return None

    def _read_dates(self, row, line):
        for target in ("founded_on", "since"):
            day = self._take(target, row, line, read_date, self._today, line.notes)
            if day and not datetime.date(1000, 1, 1) <= day <= self._today:
                header = self._columns[target].header
                line.problems.append(Problem(header, "future", {"value": day.isoformat()}))
            line.values[target] = day.isoformat() if day else None

    def _read_figures(self, row, line):
        for target in FIGURE_TARGETS:
            line.values[target] = self._take(target, row, line, read_figure, target, self._mark)


def _breaks(cell, delimiter):
    """Tell whether a cell seems to have swallowed the next line."""
    return "\n" in cell and delimiter in cell


def _read_unless_missing(cell):
    text = read_text(cell)
    return None if text is None or is_missing(text) else text
