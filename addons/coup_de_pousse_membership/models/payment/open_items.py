"""What may be paid by now: calls, payments announced and cheque deposits, as the plain matching wants them."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from odoo import fields
from odoo.tools import float_repr

from ...calculation.payment.payment_matching import OpenItem

#: A call settled longer ago than this is not taken for the one that a line pays a second time.
SETTLED_DAYS = 550
#: Journal entries that wait for the bank: payments announced, cheque deposits.
WAITING_MOVES = ["|", ("origin_payment_id", "!=", False), ("cheque_deposit_ids", "!=", False)]


def find_open_items(env, company, currency):
    """Return the :class:`OpenItem` of the calls of a company, and of what waits for its bank.

    :param currency: of the bank account.
    """
    moves = _find_moves(env, company, currency)
    due = _get_due(moves)
    names = _get_names(env, moves)
    return [item for move in moves if (item := _as_open_item(move, due[move], names, currency))]


def get_open_journal_items(moves):
    """Return {entry: its journal items that money can settle, the oldest due first}."""
    Item = moves.env["account.move.line"].sudo()
    items = Item.search(
        [
            ("move_id", "in", moves.ids),
            ("parent_state", "=", "posted"),
            ("account_id.reconcile", "=", True),
            ("reconciled", "=", False),
            ("balance", ">", 0),
        ],
        order="date_maturity, id",
    )
    return defaultdict(Item.browse) | items.grouped("move_id")


def _find_moves(env, company, currency):
    since = fields.Date.context_today(env["account.move"]) - timedelta(days=SETTLED_DAYS)
    return (
        env["account.move"]
        .sudo()
        .search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "posted"),
                "|",
                *("&", "&", ("move_type", "=", "out_invoice"), ("line_ids.membership_id", "!=", False)),
                *("|", ("amount_residual", ">", 0), ("invoice_date", ">=", since)),
                *("&", "&", ("move_type", "=", "entry"), ("currency_id", "=", currency.id), *WAITING_MOVES),
            ]
        )
    )


def _get_due(moves):
    """Return {entry: what can still be matched with a payment of it}."""
    due = defaultdict(Decimal)
    for move, items in get_open_journal_items(moves).items():
        due[move] = sum((Decimal(float_repr(item.amount_residual_currency, 2)) for item in items), Decimal(0))
    return due


def _get_names(env, moves):
    """Return {entry: names under which it may be paid}: the payer's, its people's, the members'."""
    learned = defaultdict(set)
    done = env["association.payment.import.line"]._read_group(
        [("state", "=", "done"), ("payer_name", "!=", False), ("payer_id", "!=", False)],
        ["payer_id", "payer_name"],
    )
    for payer, name in done:
        learned[payer].add(name)
    payers, contacts = moves.commercial_partner_id, moves.commercial_partner_id.child_ids
    people = contacts.grouped("parent_id")
    # Together: below, those of one call are looked at apart from the others.
    (payers | contacts | moves.partner_id | moves.line_ids.membership_id.partner_id).fetch(["name"])
    found = {}
    for move in moves:
        payer = move.commercial_partner_id
        members = move.line_ids.membership_id.partner_id
        partners = payer | move.partner_id | people.get(payer, payer) | members
        found[move] = tuple(sorted({*filter(None, partners.mapped("name")), *learned[payer]}))
    return found


def _as_open_item(move, due, names, currency):
    payer = move.commercial_partner_id
    deposits = move.cheque_deposit_ids
    if move.move_type == "entry" and not due:
        return None
    paid = move.origin_payment_id.invoice_ids
    references = {move.name, move.payment_reference, move.ref, *paid.mapped("name"), *deposits.mapped("name")}
    emails = {payer.email_normalized, move.partner_id.email_normalized}
    return OpenItem(
        id=move.id,
        payer=payer.id,
        due=due,
        total=Decimal(float_repr(move.amount_total, 2)),
        # Odoo gives an entry a due date too: the day on which it was made.
        date=(move.move_type != "entry" and move.invoice_date_due) or move.date,
        references=tuple(sorted(filter(None, references))),
        names=names[move],
        emails=tuple(sorted(filter(None, emails))),
        deposit=bool(deposits),
        announced=move.move_type == "entry" and not deposits,
        foreign=move.currency_id != currency,
    )
