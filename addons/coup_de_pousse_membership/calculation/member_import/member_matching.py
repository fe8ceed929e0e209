"""Decide whether a line of a list is an organisation that is already known.

Nothing unites two organisations by a SIREN alone: a legal person has several bodies (sections,
establishments, delegations), each of which may be a member. A line *is* a known organisation when
they have the same RNA number; or the same SIRET; or the same SIREN and the same name; or the same
reference; or the same name and the same postcode (or no postcode at all) and no number that tells
them apart. A person is a known one when they have the same email address and the same name; or,
where neither has an address, the same name and postcode.

A SIREN, an email address, a telephone or a name of another town in common is evidence: somebody is asked.

What is merely alike (another spelling, a typing error, a postcode on one side only, two candidates, a
number that contradicts) is a doubt: it is proposed, never decided here.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ..table.headers import SMALL_WORDS, fold
from .evidence import Evidence
from .typing_errors import TypingIndex

#: Words by which two spellings of one name most often differ: other form, or None to leave out.
_LOOSE_WORDS = {
    "association": None,
    "assoc": None,
    "asso": None,
    "ass": None,
    "assos": None,
    "et": None,
    "loi": None,
    "1901": None,
    "st": "saint",
    "ste": "sainte",
    "ctre": "centre",
    "fed": "federation",
    "fede": "federation",
    "dpt": "departement",
    "dep": "departementale",
    "reg": "regionale",
    "nat": "nationale",
    "nle": "nationale",
    "intern": "internationale",
}


@lru_cache(maxsize=65536)
def name_key(name):
    """Return what two writings of one name share: no accents, case or punctuation."""
    return fold((name or "").replace("&", " et ").replace("+", " plus "))


@lru_cache(maxsize=65536)
def loose_key(name):
    """Return what two *spellings* of one name share: without the word association, small words,
    usual abbreviations and spaces.
    """
    return "".join(loose_words(name)) or name_key(name)


@lru_cache(maxsize=65536)
def loose_words(name):
    """Return the words of :func:`loose_key`."""
    words = [_LOOSE_WORDS.get(word, word) for word in name_key(name).split()]
    return tuple(word for word in words if word and word not in SMALL_WORDS)


def person_key(name):
    """Return what two writings of one person's name share, whichever stands first."""
    return " ".join(sorted(name_key(name).split()))


def addresses(text):
    """Return the email addresses of a text, in small letters."""
    return frozenset(part for part in re.split(r"[,;\s]+", (text or "").casefold()) if part)


@dataclass(frozen=True, slots=True)
class Body:
    """What identifies an organisation or a person, of the database or of a line.

    :param key: what the caller knows it by.
    :param registry: SIREN or SIRET, as digits, or nothing.
    :param email: its addresses, which tell persons apart.
    :param phone: its number, as digits.
    """

    key: object
    name: str = ""
    zip: str = ""
    registry: str = ""
    rna: str = ""
    ref: str = ""
    active: bool = True
    email: str = ""
    person: bool = False
    phone: str = ""

    @property
    def name_key(self):
        """What another writing of the name shares: persons and organisations stay apart."""
        return (True, person_key(self.name)) if self.person else (False, name_key(self.name))

    @property
    def siren(self):
        """The legal person's number, whichever of the two is known."""
        return self.registry[:9] if len(self.registry) in (9, 14) else ""

    @property
    def siret(self):
        """The establishment's number, when it is known."""
        return self.registry if len(self.registry) == 14 else ""

    def contradicts(self, other):
        """Return whether a number of one kind differs: two legal persons, or two establishments."""
        return any(
            mine and theirs and mine != theirs
            for mine, theirs in (
                (self.rna, other.rna),
                (self.siren, other.siren),
                (self.siret, other.siret),
            )
        )


@dataclass(frozen=True)
class Match:
    """The answer for one line.

    :param kind: ``none`` (a new organisation), ``same`` (one known), ``doubt``.
    :param bodies: the one, or those between which to decide, likeliest first.
    :param reason: for ``same``, the rule: ``rna``, ``siret``, ``siren_name``, ``ref``,
        ``name_zip``, ``email_name``. For ``doubt``: ``several``, ``contradiction``, ``archived``,
        ``one_zip``, ``other_email``, ``spelling``, ``typing``, and evidence of another kind:
        ``same_siren``, ``same_email``, ``same_phone``, ``other_town``.
    """

    kind: str
    bodies: list = field(default_factory=list)
    reason: str = ""


NO_MATCH = Match("none")


class Matcher:
    """Known organisations, and how to find one among them. Built once, asked for each line."""

    def __init__(self, bodies=()):
        self._by_rna = defaultdict(list)
        self._by_siret = defaultdict(list)
        self._by_siren_name = defaultdict(list)
        self._by_ref = defaultdict(list)
        self._by_name = defaultdict(list)
        self._by_loose = defaultdict(list)
        self._by_email_name = defaultdict(list)
        self._evidence = Evidence()
        self._typing = TypingIndex(loose_words)
        for body in bodies:
            self.add(body)

    def add(self, body):
        """Add an organisation to those known."""
        self._evidence.add(body)
        if body.rna:
            self._by_rna[body.rna].append(body)
        if body.siret:
            self._by_siret[body.siret].append(body)
        if body.siren:
            self._by_siren_name[body.siren, name_key(body.name)].append(body)
        if body.ref:
            self._by_ref[body.ref.casefold()].append(body)
        if body.name_key[1]:
            self._by_name[body.name_key].append(body)
            self._by_loose[body.person, loose_key(body.name)].append(body)
            self._typing.add(body)
        if body.person:
            for address in addresses(body.email):
                self._by_email_name[address, body.name_key].append(body)

    def match(self, body):
        """Return the :class:`Match` of ``body`` with the organisations known."""
        certain = self._certain(body)
        if certain:
            return self._settle(body, certain)
        return self._doubt(body)

    def _doubt(self, body):
        """Return those that are merely alike, by the likeliest reason."""
        named = [known for known in self._by_name.get(body.name_key, ()) if not known.contradicts(body)]
        others = [known for known in named if body.zip and known.zip == body.zip]
        if others:
            # Of persons only: organisations of one name and postcode are the same.
            return Match("doubt", others, "other_email")
        namesakes = [known for known in named if bool(known.zip) != bool(body.zip)]
        if namesakes:
            return Match("doubt", namesakes, "one_zip")
        alike = [
            known
            for known in self._by_loose.get((body.person, loose_key(body.name)), ())
            if known.name_key != body.name_key
            and not known.contradicts(body)
            and not (known.zip and body.zip and known.zip != body.zip)
        ]
        if alike:
            return Match("doubt", alike, "spelling")
        mistyped = [known for known in self._typing.find(body) if known.name_key != body.name_key]
        if mistyped:
            return Match("doubt", mistyped, "typing")
        reason, found = self._evidence.find(body, named)
        return Match("doubt", found, reason) if found else NO_MATCH

    def _certain(self, body):
        """Return the organisations that a rule calls the same, by rule, surest rule first."""
        found = {
            "rna": body.rna and self._by_rna.get(body.rna),
            "siret": body.siret and self._by_siret.get(body.siret),
            "siren_name": body.siren and self._by_siren_name.get((body.siren, name_key(body.name))),
            "ref": body.ref and self._by_ref.get(body.ref.casefold()),
            "email_name": body.person and self._same_address(body),
            "name_zip": [
                known
                for known in self._by_name.get(body.name_key, ())
                if known.zip == body.zip
                and not known.contradicts(body)
                and not (body.person and (known.email or body.email))
            ],
        }
        return {rule: bodies for rule, bodies in found.items() if bodies}

    def _same_address(self, body):
        found = {}
        for address in addresses(body.email):
            for known in self._by_email_name.get((address, body.name_key), ()):
                found[known.key] = known
        return list(found.values())

    def _settle(self, body, certain):
        """Choose between the organisations that rules call the same, or say why one cannot."""
        (rule, candidates), *others = certain.items()
        every = {known.key: known for bodies in certain.values() for known in bodies}
        surest = {known.key for known in candidates}
        if any(known.key not in surest for _rule, found in others for known in found):
            # Two rules name different organisations.
            return Match("doubt", list(every.values()), "several")
        chosen = self._narrow(body, candidates)
        if len(chosen) > 1:
            return Match("doubt", chosen, "several")
        if chosen[0].contradicts(body):
            return Match("doubt", chosen, "contradiction")
        if not chosen[0].active:
            return Match("doubt", chosen, "archived")
        return Match("same", chosen, rule)

    @staticmethod
    def _narrow(body, candidates):
        """Among organisations that one rule calls the same, prefer those in use, then those without
        contradiction, then those written alike: two namesakes kept apart on purpose stay apart.
        """
        for preferred in (
            lambda known: known.active,
            lambda known: not known.contradicts(body),
            lambda known: name_key(known.name) == name_key(body.name),
            lambda known: known.name == body.name,
        ):
            if len(candidates) > 1:
                candidates = [known for known in candidates if preferred(known)] or candidates
        return candidates


@dataclass(frozen=True)
class Verdict:
    """What becomes of a line.

    :param kind: ``create``, ``same``, ``doubt``, ``repeated``, or ``skip`` (left out by decision).
    :param known: for ``same``, the key of the organisation; for ``doubt``, the key of the
        likeliest.
    :param candidates: names of the organisations between which to decide.
    :param line: for ``repeated``, or a doubt within the file, the key of the earlier line.
    :param reason: see :class:`Match`; within the file ``file_`` stands before it.
    :param decided: what was decided about a doubt: ``create``, ``use`` or ``skip``.
    """

    kind: str
    known: object = None
    candidates: tuple = ()
    line: object = None
    reason: str = ""
    decided: str = ""


def judge(lines, known, content, decisions=None):
    """Return the :class:`Verdict` of each line, in order.

    :param lines: a :class:`Body` per line, its key being that of the line.
    :param known: :class:`Matcher` of the organisations of the database.
    :param content: key of a line → all that it says, to tell a repetition from a contradiction.
    :param decisions: key of a line → ``(decision, key of an organisation or None)``. A decision
        counts only where there is a doubt.
    """
    in_file, verdicts, taken = Matcher(), {}, {}
    for body in lines:
        verdict = _judge_one(body, known, in_file, taken, verdicts, content)
        if verdict.kind == "doubt" and decisions and body.key in decisions:
            verdict = _decided(verdict, decisions[body.key], taken)
        verdicts[body.key] = verdict
        if verdict.kind == "same":
            taken[verdict.known] = body.key
        if verdict.kind not in ("repeated", "skip"):
            in_file.add(body)
    return verdicts


def _decided(doubt, decision, taken):
    """Apply a decision. An organisation that another line speaks of is not used twice: the two
    lines would overwrite each other at every import.
    """
    what, key = decision
    key = key or doubt.known
    if what == "use":
        if not key or key in taken:
            return doubt
        return replace(doubt, kind="same", known=key, decided=what)
    return replace(doubt, kind=what, decided=what)


def _judge_one(body, known, in_file, taken, verdicts, content):
    here = in_file.match(body)
    for earlier in here.bodies:
        if content[earlier.key] == content[body.key]:
            return Verdict("repeated", line=earlier.key)
    found = known.match(body)
    key = found.bodies[0].key if found.bodies else None
    names = tuple(candidate.name for candidate in found.bodies)
    if found.kind == "same" and key in taken:
        return Verdict("doubt", key, names, taken[key], "file_" + found.reason)
    if here.kind != "none":
        earlier = here.bodies[0]
        apart = found.kind == "same" and (here.kind == "doubt" or verdicts[earlier.key].kind == "same")
        if not apart:
            return Verdict("doubt", key, (earlier.name,), earlier.key, "file_" + here.reason)
    if found.kind == "same":
        return Verdict("same", key, names, reason=found.reason)
    if found.kind == "doubt":
        return Verdict("doubt", key, names, reason=found.reason)
    return Verdict("create")
