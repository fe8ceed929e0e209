"""Which calls somebody may choose as those that a payment settles."""

#: Domain of a field ``move_id`` or ``move_ids`` of a record with an association and a currency, as views read it.
OPEN_CALLS = (
    "[('company_id', '=', company_id), ('state', '=', 'posted'), ('move_type', '=', 'out_invoice'), "
    "('payment_state', 'in', ('not_paid', 'partial', 'in_payment')), ('currency_id', '=', currency_id)]"
)
