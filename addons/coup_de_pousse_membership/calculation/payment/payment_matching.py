"""Which open calls does a bank's line pay, and how sure is that?

Open items (calls for fees, cheque deposits, payments announced) stand against lines of a statement.
Each line gets one :class:`Proposal` with a degree of certainty and a code that the caller puts into
words:

========== ==========================================================================================
certain    an exact sign (reference, or an e-mail that only one payer has) and the exact amount
probable   the payer's name and the exact amount; or the reference, and another amount
possible   the name alone, or the amount alone where only one call and one line have it; or an exact sign
           that another one contradicts (the reference of one call, the name of another payer)
none       nothing
========== ==========================================================================================

The surest lines are served first, over the whole file: a call that a reference claims is not given
to a namesake. What a call still has due is never given twice. The result does not depend on the
order of the lines or of the calls. Nothing is compared pair by pair: references, e-mails, words of
names and amounts are looked up, so 10,000 lines against 5,000 calls take a second or two.
"""

import datetime
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from ..common.oldest_first import settle
from ..table.headers import fold
from .call_references import CallReferences
from .payer_names import PayerNames, name_words

CERTAIN, PROBABLE, POSSIBLE, NONE = "certain", "probable", "possible", "none"
#: A payment announced longer ago is hardly the one that the bank brings now.
AWAITED_DAYS = 60

_DEPOSIT = re.compile(r"\b(?:rem|remise|rmse|vrst|versement)\b.*\b(?:cheque|cheques|chq|chqs|chque|ch)\b")


@dataclass(frozen=True)
class OpenItem:
    """What may be paid.

    :param payer: who owes it (any hashable).
    :param names: the payer's name, its aliases, the members' that the call is for.
    :param due: what is still owed; 0 for a call already settled, to recognise a second payment.
    :param total: what was called.
    :param deposit: it is a cheque deposit: the bank says so in its label.
    :param announced: it is a payment noted before the bank said so: it waits for a line of its exact amount.
    :param foreign: it is in another currency than the lines: named, never given anything. ``due`` and
        ``total``, in that currency, are then not compared with what the bank credited.
    """

    id: int
    payer: object
    due: Decimal
    total: Decimal
    date: datetime.date
    references: tuple = ()
    names: tuple = ()
    emails: tuple = ()
    deposit: bool = False
    announced: bool = False
    foreign: bool = False


@dataclass(frozen=True)
class BankLine:
    """What the bank credited; ``text`` is its label and references, ``name`` the payer where given."""

    id: int
    date: datetime.date
    amount: Decimal
    text: str = ""
    name: str = ""
    email: str = ""


@dataclass
class Proposal:
    """What is proposed for a line.

    :param code: why, see ``PROPOSAL_SENTENCES`` in ``models/payment/proposals.py``.
    :param parts: ``[(item's id, amount)]``.
    :param payer: to whom the surplus belongs.
    :param missing: what is left due on the items that the line pays.
    :param foreign: ids of the items in another currency that the line names.
    :param contradicted: another sign on the line speaks of somebody else.
    """

    line: int
    certainty: str = NONE
    code: str = "unknown"
    parts: list = field(default_factory=list)
    payer: object = None
    surplus: Decimal = Decimal(0)
    missing: Decimal = Decimal(0)
    foreign: list = field(default_factory=list)
    contradicted: bool = False


def match(lines, items):
    """Return {line's id: :class:`Proposal`}.

    For each line, parts and surplus never exceed the amount; over all lines, parts never exceed what
    an item has due.
    """
    return _Matching(lines, items).run()


class _Matching:
    def __init__(self, lines, items):
        self.lines = sorted(lines, key=lambda line: (line.date, line.id))
        self.items = {item.id: item for item in items}
        self.left = {item.id: Decimal(0) if item.foreign else item.due for item in items}
        ordered = sorted(items, key=lambda item: (item.date, item.id))
        self.order = {item.id: place for place, item in enumerate(ordered)}
        calls = [item for item in ordered if not item.deposit]
        self.deposits = [item for item in ordered if item.deposit]
        self.of_payer = defaultdict(list)
        self.of_email = defaultdict(set)
        for item in calls:
            self.of_payer[item.payer].append(item)
            for email in item.emails:
                self.of_email[email.casefold()].add(item.payer)
        self.references = CallReferences(ordered)
        self.names = PayerNames(calls)
        self.proposals = {}

    def run(self):
        doubtful = [line for line in self.lines if self.is_contradicted(line)]
        aside = {line.id for line in doubtful}
        rest = [line for line in self.lines if line.id not in aside]
        for phase in (
            self.phase_deposit,
            self.phase_reference_exact,
            self.phase_reference,
            self.phase_email_exact,
            self.phase_name_exact,
        ):
            rest = [line for line in rest if not phase(line)]
        rest += [line for line in doubtful if not self.phase_contradicted(line)]
        rest = [line for line in rest if not self.phase_known_payer(line)]
        self.phase_amount(rest)
        for line in rest:
            self.proposals.setdefault(line.id, Proposal(line.id))
        return self.proposals

    # ---- what is open, and what is proposed of it ----

    def open_items(self, items):
        """Return those that still have something due, the oldest first."""
        return sorted((item for item in items if self.left[item.id] > 0), key=lambda item: self.order[item.id])

    @staticmethod
    def calls(items):
        """Return the calls among these, or what is announced where there is no call."""
        return [item for item in items if not item.announced] or items

    @staticmethod
    def is_awaited(line, item):
        """Return whether an item is a payment announced that this line may well bring."""
        return item.announced and (line.date - item.date).days <= AWAITED_DAYS

    def without_forgotten(self, line, items):
        """Return items without the payments that were announced long ago, unless there is nothing else."""
        return [item for item in items if not item.announced or self.is_awaited(line, item)] or items

    def due(self, items):
        return sum((self.left[item.id] for item in items), Decimal(0))

    def propose(self, line, certainty, code, items, payer=None):
        """Give the line's amount to these items, in their order; the rest is the payer's."""
        parts, rest = settle(line.amount, [item.id for item in items], self.left)
        if payer is None and items:
            payer = items[0].payer
        surplus = rest if payer is not None else Decimal(0)
        self.proposals[line.id] = Proposal(line.id, certainty, code, parts, payer, surplus, self.due(items))
        return True

    def name_foreign(self, line, items):
        """Say that what a line names is in another currency: a person knows at which rate it was paid."""
        foreign = [item.id for item in items if item.foreign and item.due]
        if foreign:
            self.proposals[line.id] = Proposal(line.id, code="other_currency", foreign=foreign)
        return bool(foreign)

    # ---- phases: each returns whether it has settled the line ----

    def phase_deposit(self, line):
        """A line that says it is a cheque deposit: one of that total, or nothing for now."""
        if not _DEPOSIT.search(fold(line.text)):
            return False
        same = [item for item in self.open_items(self.deposits) if self.left[item.id] == line.amount]
        named = {item.id for item in self.references.find(line.text)}
        chosen = [item for item in same if item.id in named] or same
        if chosen:
            certainty = CERTAIN if len(chosen) == 1 else PROBABLE
            return self.propose(line, certainty, "deposit", chosen[:1])
        return False

    def phase_reference_exact(self, line):
        found = self.open_items(self.references.find(line.text))
        awaited = [item for item in found if self.is_awaited(line, item)]
        # A call paid in part and its announced payment have one reference.
        for items in (awaited, self.calls(found), found):
            if items and self.due(items) == line.amount:
                return self.propose(line, CERTAIN, "reference" if len(items) == 1 else "references", items)
        return False

    def phase_reference(self, line):
        named = self.references.find(line.text)
        if not named:
            return False
        found = self.calls(self.open_items(named))
        if not found:
            return self.name_foreign(line, named) or self.propose(line, PROBABLE, "paid_twice", [], named[0].payer)
        due = self.due(found)
        if line.amount == due:
            # Another line has taken its part just now.
            return self.phase_reference_exact(line)
        if line.amount < due:
            return self.propose(line, PROBABLE, "reference_less", found)
        others = [item for item in self.open_items(self.of_payer[found[0].payer]) if item not in found]
        for more in _beginnings(others):
            if due + self.due(more) == line.amount:
                return self.propose(line, PROBABLE, "reference_and_others", found + more)
        return self.propose(line, PROBABLE, "reference_more", found)

    def phase_email_exact(self, line):
        payers = self.of_email.get(line.email.casefold(), ()) if line.email else ()
        if len(payers) != 1:
            return False
        items = self.exact(next(iter(payers)), line)
        return bool(items) and self.propose(line, CERTAIN, "email", items)

    def phase_name_exact(self, line):
        payers, _whole = self.payers_of(line)
        exact = {payer: items for payer in payers if (items := self.exact(payer, line))}
        if len(exact) != 1:
            return False
        [items] = exact.values()
        return self.propose(line, PROBABLE, "name" if len(items) == 1 else "name_several", items)

    def phase_contradicted(self, line):
        """Two signs speak of two payers: what the reference or the e-mail says, for a person to look at."""
        settled = self.phase_reference_exact(line) or self.phase_reference(line) or self.phase_email_exact(line)
        if settled:
            proposal = self.proposals[line.id]
            proposal.contradicted = True
            if proposal.certainty != NONE:
                proposal.certainty = POSSIBLE
        return settled

    def phase_known_payer(self, line):
        """Who pays is known, the amount fits nothing."""
        payers, whole = self.payers_of(line)
        if len(payers) != 1 or not whole:
            return False
        [payer] = payers
        items = self.of_payer[payer]
        if found := self.calls(self.open_items(items)):
            due = self.due(found)
            code = "name_less" if line.amount < due else "name_more" if line.amount > due else "name_several"
            return self.propose(line, POSSIBLE, code, found)
        if any(item.total == line.amount and not item.foreign for item in items):
            return self.propose(line, POSSIBLE, "name_paid_twice", [], payer)
        return self.name_foreign(line, items)

    def phase_amount(self, lines):
        """One call and one line alone have this amount."""
        counts = Counter(line.amount for line in lines)
        by_amount = defaultdict(list)
        for item in self.items.values():
            if self.left[item.id] > 0:
                by_amount[self.left[item.id]].append(item)
        for line in lines:
            items = self.without_forgotten(line, by_amount.get(line.amount, []))
            if counts[line.amount] == len(items) == 1:
                self.propose(line, POSSIBLE, "amount", items)

    def exact(self, payer, line):
        """Return open items of a payer that make up a line's amount: one, else all, else the oldest ones.

        A payment that is awaited comes before a call, and a call before a payment that was announced long ago.
        """
        found = self.open_items(self.of_payer[payer])
        single = [item for item in found if self.left[item.id] == line.amount]
        if single:
            return [min(single, key=lambda item: (not self.is_awaited(line, item), item.announced))]
        some = (*_beginnings(self.without_forgotten(line, found)), *_beginnings(found))
        return next((items for items in some if self.due(items) == line.amount), [])

    def is_contradicted(self, line):
        """Return whether the reference, or the e-mail, of a line speaks of one payer and its name of another."""
        items = self.references.find(line.text)
        if any(item.deposit for item in items):
            return False
        of_email = self.of_email.get(line.email.casefold(), set()) if line.email else set()
        if not items:
            # Who pays for an organisation writes their own name: only another payer's name contradicts.
            return len(of_email) == 1 and self.names.contradict(line.name, of_email, only_known=True)
        payers = {item.payer for item in items}
        if of_email & payers:
            return False
        return (
            len(of_email) == 1
            or self.names.contradict(line.name, payers)
            or (not name_words(line.name) and self.names.contradict(line.text, payers, only_known=True))
        )

    def payers_of(self, line):
        """Return who a line names: by e-mail, by the payer's name, else in the label."""
        if line.email and len(payers := self.of_email.get(line.email.casefold(), ())) == 1:
            return set(payers), True
        payers, whole = self.names.find(line.name) if line.name else (set(), False)
        if payers and whole:
            return payers, whole
        in_text, whole_in_text = self.names.find(f"{line.text} {line.name}")
        return (in_text, whole_in_text) if in_text else (payers, whole)


def _beginnings(items):
    """Yield all of the items, then ever fewer of the oldest."""
    for count in range(len(items), 0, -1):
        yield items[:count]
