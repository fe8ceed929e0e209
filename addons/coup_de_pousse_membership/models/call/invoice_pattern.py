"""Hundreds of alike invoices created and posted at once.

Odoo's ordinary path finds out the missing journal items of each invoice after it is created, one by
one: that is most of its time. Here they are given at creation, and the synchronisation is skipped, as
the point of sale does. Nothing then corrects a wrong tax or term line; so nothing is derived here:

- of each kind of invoice (same company, journal, fiscal position, term, products…) the first is made
  on the ordinary path and serves as the pattern: accounts, taxes, tags and due dates are its own;
- amounts are computed by Odoo's own tax engine, from the pattern's lines and each invoice's prices;
- if that does not give back the pattern's own journal items, to the cent, all of that kind take the
  ordinary path. So do the cases in which amounts could differ from one invoice to the next in a way
  that the pattern does not show (:meth:`InvoicePattern.serves`).

Copying all from the pattern is simpler than deriving it by rules of our own, and stays right when
another addon has its say in what an invoice contains.
"""

from odoo.fields import Command
from odoo.tools import frozendict

#: Context in which core itself creates entries that are given whole.
GIVEN_WHOLE = {
    "tracking_disable": True,
    "skip_invoice_sync": True,
    "skip_invoice_line_sync": True,
    "association_numbers_alike": True,
}

#: Values that differ from one invoice of a kind to the next, in the header and on a product line.
OWN_HEADER = {"partner_id", "narration", "invoice_line_ids"}
OWN_LINE = {"name", "price_unit", "membership_id"}

#: What the items of a pattern and those prepared from it must agree on.
COMPARED = (
    "display_type",
    "account_id",
    "balance",
    "amount_currency",
    "tax_ids",
    "tax_tag_ids",
    "tax_repartition_line_id",
    "group_tax_id",
    "tax_base_amount",
    "analytic_distribution",
    "date_maturity",
    "discount_date",
    "discount_balance",
    "discount_amount_currency",
)


def group_by_kind(env, vals_list):
    """Return ``{kind of invoice: indices of the values of that kind}``."""
    positions = _find_fiscal_positions(env, vals_list)
    kinds = {}
    for index, (vals, position) in enumerate(zip(vals_list, positions, strict=True)):
        header = frozendict({key: vals[key] for key in vals.keys() - OWN_HEADER})
        lines = tuple(
            frozendict({key: line[key] for key in line.keys() - OWN_LINE})
            for _command, _id, line in vals["invoice_line_ids"]
        )
        kinds.setdefault((header, position, lines), []).append(index)
    return kinds


def _find_fiscal_positions(env, vals_list):
    """Return the fiscal position that Odoo would find for each invoice."""
    partners = env["res.partner"].browse(vals["partner_id"] for vals in vals_list)
    # Together, so that what is read of one is read of all.
    deliveries = partners.browse(partner.address_get(["delivery"])["delivery"] for partner in partners)
    positions = env["account.fiscal.position"]
    return [
        positions.with_company(vals["company_id"])._get_fiscal_position(partner, delivery=delivery)
        for vals, partner, delivery in zip(vals_list, partners, deliveries, strict=True)
    ]


class InvoicePattern:
    """An invoice made on the ordinary path, from which others of its kind are given whole."""

    def __init__(self, move):
        self.move = move
        self.env = move.env
        self._items = {}  # {prices: what _compute_items gave}, kept from one invoice to the next

    def serves(self, vals):
        """Return whether invoices like this one can be given whole.

        :param vals: the values that this invoice was made from.
        """
        move, term = self.move, self.move.invoice_payment_term_id
        models_of_analytic = self.env["account.analytic.distribution.model"].sudo()
        if (
            move.company_id.restrictive_audit_trail
            or move.invoice_cash_rounding_id
            or len(term.line_ids) > 1
            or term.early_discount
            or move.currency_id != move.company_currency_id
            or models_of_analytic.search_count([("company_id", "in", (False, move.company_id.id))], limit=1)
        ):
            return False
        prepared = [line for _command, _id, line in self.complete(vals)["line_ids"]]
        return _sorted_items(prepared) == _sorted_items(map(_read_item, move.line_ids))

    def complete(self, vals):
        """Return the values of an invoice with all of its journal items.

        :param vals: the invoice's own values.
        """
        own_lines = [line for _command, _id, line in vals["invoice_line_ids"]]
        prices = tuple(line["price_unit"] for line in own_lines)
        if prices not in self._items:
            self._items[prices] = self._compute_items(prices)
        products, others = self._items[prices]
        lines = [{**line, **product} for line, product in zip(own_lines, products, strict=True)] + others
        return {
            **{key: vals[key] for key in vals.keys() - {"invoice_line_ids"}},
            "fiscal_position_id": self.move.fiscal_position_id.id,
            "invoice_date_due": self.move.invoice_date_due,
            "line_ids": [Command.create(line) for line in lines],
        }

    def _compute_items(self, prices):
        """Return what Odoo adds to product lines with these prices, and the tax and term lines.

        :return: (values for each product line, values of the other lines).
        """
        patterns = self.move.line_ids.filtered(lambda line: line.display_type == "product")
        computed = self._compute_taxes(patterns, prices)
        products = [
            {**_read_product_item(line), **amounts}
            for line, (_base, amounts) in zip(patterns, computed["base_lines_to_update"], strict=True)
        ]
        # The partner is the pattern's; Odoo gives the line its own invoice's.
        tax_lines = [
            {**{key: value for key, value in line.items() if key != "partner_id"}, "display_type": "tax"}
            for line in computed["tax_lines_to_add"]
        ]
        balance = -sum(line["balance"] for line in products + tax_lines)
        return products, [*tax_lines, self._prepare_term_item(self.move.company_currency_id.round(balance))]

    def _compute_taxes(self, patterns, prices):
        """Return what Odoo's tax engine makes of the pattern's product lines with these prices."""
        taxes, company = self.env["account.tax"], self.move.company_id
        base_lines = [
            {**self.move._prepare_product_base_line_for_taxes_computation(line), "price_unit": price}
            for line, price in zip(patterns, prices, strict=True)
        ]
        taxes._add_tax_details_in_base_lines(base_lines, company)
        taxes._round_base_lines_tax_details(base_lines, company)
        taxes._add_accounting_data_in_base_lines_tax_details(
            base_lines, company, include_caba_tags=self.move.always_tax_exigible
        )
        return taxes._prepare_tax_lines(base_lines, company)

    def _prepare_term_item(self, balance):
        """Return the values of the receivable line; its account is left to Odoo, from the partner."""
        term = self.move.line_ids.filtered(lambda line: line.display_type == "payment_term")
        return {
            "display_type": "payment_term",
            "balance": balance,
            "amount_currency": balance,
            "date_maturity": term[:1].date_maturity,
            "discount_date": False,
            "discount_balance": 0.0,
            "discount_amount_currency": 0.0,
            "analytic_distribution": False,
        }


def _read_product_item(line):
    return {
        "display_type": "product",
        "account_id": line.account_id.id,
        "product_uom_id": line.product_uom_id.id,
        "tax_ids": [Command.set(line.tax_ids.ids)],
        "analytic_distribution": line.analytic_distribution,
    }


def _read_item(line):
    """Return a journal item as the values that it could be made from."""
    names = [name for name in COMPARED if name != "account_id" or line.display_type != "payment_term"]
    return {name: line._fields[name].convert_to_write(line[name], line) for name in names}


def _sorted_items(items):
    """Put journal items, given as values, in an order and a form in which they can be compared."""
    return sorted(repr([_comparable(item.get(name)) for name in COMPARED]) for item in items)


def _comparable(value):
    if isinstance(value, list):  # Command.set(…)
        value = sorted(record_id for _command, _zero, ids in value for record_id in ids)
    if isinstance(value, float):
        value = round(value, 6)
    return value or False
