"""What the invoices and credit notes of memberships are for each of them, for the rules of their payment."""

from collections import defaultdict

from ...calculation.common.amounts import decimal
from ...calculation.register.membership_state import Call
from ...calculation.register.settlement import NOBODY, share_out
from .settlements import read_settlements

#: Odoo's payment states of what is paid; with something left open, a payment that waits for the bank covers it.
CONFIRMED = ("paid", "in_payment")


def calls_of(memberships):
    """Return {membership: the :class:`Call` objects that its invoices and credit notes are now}.

    One query reads what they were settled by, however many there are; none where nothing was.
    """
    lines = memberships._get_call_lines()
    posted = lines.move_id.filtered(lambda move: move.state == "posted")
    settled = posted.filtered(lambda move: move.amount_residual != move.amount_total)
    announced = posted.filtered(lambda move: move.payment_state in CONFIRMED and move.amount_residual)
    parts = share_documents(posted, read_settlements(settled), announced)
    return {
        membership: [
            make_call(membership, move, own, parts)
            for move, own in membership._get_call_lines().grouped("move_id").items()
        ]
        for membership in (memberships if lines else ())
    }


def share_documents(moves, settlements, announced):
    """Return {document: {membership's id: its part}} of posted documents.

    :param settlements: {document's id: its :class:`~...calculation.register.settlement.Settlement` objects}.
    :param announced: those of the documents that a payment covers which the bank has yet to confirm.
    """
    parts = {}
    for move in moves:
        charged = defaultdict(lambda: decimal(0))
        for line in move.line_ids.filtered(lambda line: line.display_type == "product"):
            charged[line.membership_id._origin.id or NOBODY] += decimal(line.price_total)
        rest = decimal(move.amount_total) - sum(charged.values())
        if rest:  # cash rounding
            charged[NOBODY] += rest
        unit = decimal(move.currency_id.rounding)
        # The ids of a document that is being edited are those of the document.
        parts[move] = share_out(charged, settlements.get(move._origin.id, ()), move in announced, unit)
    return parts


def make_call(membership, move, lines, parts):
    """Return the :class:`Call` that a document is for a membership, whose lines on it are given."""
    refund = move.move_type == "out_refund"
    share = sum(lines.mapped("price_total"))
    part = parts.get(move, {}).get(membership._origin.id)
    if part is None:
        return Call(refund, move.state, share)
    return Call(
        refund,
        move.state,
        share,
        waived=float(part.waived),
        money=float(part.money),
        written_off=float(part.written_off),
        open=float(part.open),
    )
