"""Which calls the lines of an import pay: what the plain module decides, stored and put into words."""

from decimal import Decimal

from odoo.tools import float_repr
from odoo.tools.translate import LazyTranslate

from ...calculation.payment.payment_matching import BankLine, match
from .open_items import find_open_items

_lt = LazyTranslate(__name__)

PROPOSAL_SENTENCES = {
    "unknown": _lt("Neither a reference, nor a name, nor an amount that only one call has."),
    "deposit": _lt("Cheque deposit %(calls)s: the label says cheques, the amount is its total."),
    "reference": _lt("The reference of %(calls)s and its exact amount."),
    "references": _lt("The references of %(calls)s and their exact sum: one transfer for several calls."),
    "reference_less": _lt("The reference of %(calls)s; %(missing)s less than what is due: it stays partly paid."),
    "reference_more": _lt("The reference of %(calls)s; %(surplus)s too much, which stays on the payer's account."),
    "reference_and_others": _lt("The reference of one call, and the exact sum with others of %(payer)s: %(calls)s."),
    "paid_twice": _lt(
        "The reference of a call of %(payer)s that is settled already: paid twice? It stays on the payer's account."
    ),
    "email": _lt("The email of %(payer)s, and the exact amount of %(calls)s."),
    "name": _lt("The name of %(payer)s, and the exact amount of %(calls)s."),
    "name_several": _lt("The name of %(payer)s, and the exact sum of several calls: %(calls)s."),
    "name_less": _lt("The name of %(payer)s, but less than what is due: given to the oldest call (%(calls)s)."),
    "name_more": _lt("The name of %(payer)s, but %(surplus)s more than what is due."),
    "name_paid_twice": _lt(
        "The name of %(payer)s, whose call of this amount is settled already: paid twice? Nothing else is due."
    ),
    "other_currency": _lt(
        "It names %(calls)s, in another currency than this bank account: nothing is proposed. Record the payment on "
        "the call itself, at the bank's rate, and leave this line out."
    ),
    "amount": _lt("Only %(calls)s (%(payer)s) has this amount, and only this line."),
}


def find_proposals(lines):
    """Return {line's id: proposal} of lines of one association and currency.

    The number of queries does not depend on how many lines they are.
    """
    items = find_open_items(lines.env, lines.company_id, lines.currency_id)
    return match([_as_bank_line(line) for line in lines], items)


def store_proposals(lines, proposals):
    """Replace the proposals of lines.

    :param proposals: {line's id: proposal}, of others too.
    """
    lines.part_ids.unlink()
    own = {line.id: proposals[line.id] for line in lines}
    lines.env["association.payment.import.part"].create(
        [
            {"line_id": line_id, "move_id": move_id, "amount": float(amount)}
            for line_id, proposal in own.items()
            for move_id, amount in proposal.parts
        ]
    )
    moves = {move_id for proposal in own.values() for move_id in _get_move_ids(proposal)}
    payers = {proposal.payer for proposal in own.values() if proposal.payer}
    numbers = {move.id: move._get_name_in_words() for move in lines.env["account.move"].browse(moves).sudo()}
    names = {payer.id: payer.name or "" for payer in lines.env["res.partner"].browse(payers).sudo()}
    for line in lines:
        proposal = own[line.id]
        line._write_proposal(
            {
                "certainty": proposal.certainty,
                "payer_id": proposal.payer or False,
                "reason": _get_sentence(line, proposal, numbers, names),
            }
        )


def _as_bank_line(line):
    texts = dict.fromkeys(filter(None, [line.label, line.reference]))
    return BankLine(
        id=line.id,
        date=line.date,
        amount=Decimal(float_repr(line.amount, 2)),
        text=" ".join(texts),
        name=line.payer_name or "",
        email=line.email or "",
    )


def _get_move_ids(proposal):
    return (*(move_id for move_id, _amount in proposal.parts), *proposal.foreign)


def _get_sentence(line, proposal, numbers, names):
    calls = [numbers[move_id] for move_id in _get_move_ids(proposal)]
    values = {"calls": ", ".join(calls[:5]) + ("…" if len(calls) > 5 else "")}
    values["payer"] = names.get(proposal.payer, "")
    # Only where they are said: writing an amount takes time.
    if proposal.code in ("reference_more", "name_more"):
        values["surplus"] = line.currency_id.format(float(proposal.surplus))
    if proposal.code == "reference_less":
        values["missing"] = line.currency_id.format(float(proposal.missing))
    # A lazy sentence takes its values afterwards.
    sentence = line.env._(PROPOSAL_SENTENCES[proposal.code]) % values  # pylint: disable=translation-not-lazy
    if proposal.contradicted:
        sentence += " " + line.env._("But the bank names another payer: look before you confirm.")
    return sentence
