"""What the invoices and credit notes of a membership say of it, for the rules of its payment."""

from ...calculation.register.membership_state import Call


def calls_of(membership):
    """Return the :class:`Call` that each invoice or credit note is for one membership."""
    calls = []
    for move, lines in membership._get_call_lines().grouped("move_id").items():
        credited, credited_to_others = _get_credited(membership, move)
        calls.append(
            Call(
                refund=move.move_type == "out_refund",
                status=move.state,
                payment=move.payment_state,
                share=sum(lines.mapped("price_total")),
                total=move.amount_total - credited_to_others,
                residual=move.amount_residual,
                credited=credited,
            )
        )
    return calls


def _get_credited(membership, move):
    """Return what the matched credit notes of a call give back for a membership, and for others."""
    own = others = 0.0
    for refund in move.reversal_move_ids.filtered(lambda refund: refund.state == "posted"):
        matched = refund.amount_total - refund.amount_residual
        lines = refund.invoice_line_ids.filtered(lambda line: line.membership_id == membership)
        share = sum(lines.mapped("price_total")) / refund.amount_total if refund.amount_total else 0.0
        own += matched * share
        others += matched * (1 - share)
    return own, others
