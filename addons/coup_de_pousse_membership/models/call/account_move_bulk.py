"""Hundreds of alike invoices created and posted at once.

Odoo's ordinary path finds out the missing journal items of each invoice after it is created, one by
one: that is most of its time. Here they are given at creation, and the synchronisation is skipped, as
the point of sale does. Nothing then corrects a wrong tax or term line; so nothing is derived here:

- of each kind of invoice (same company, journal, fiscal position, term, products…) the first is made
  on the ordinary path and serves as the pattern: accounts, taxes, tags and due dates are its own;
- amounts are computed by Odoo's own tax engine, from the pattern's lines and each invoice's prices;
- if that does not give back the pattern's own journal items, to the cent, all of that kind take the
  ordinary path. So do the cases in which amounts could differ from one invoice to the next in a way
  that the pattern does not show (:meth:`_is_bulk_pattern`).

Copying all from the pattern is simpler than deriving it by rules of our own, and stays right when
another addon has its say in what an invoice contains.
"""

from odoo import api, fields, models
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


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def _create_posted_in_bulk(self, vals_list):
        """Create and post customer invoices: what ``create`` and ``action_post`` would give.

        :param vals_list: values of the invoices, complete but for what Odoo derives: company, journal,
            partner, currency (the company's), dates, and product lines with quantity and price.
        :return: the posted invoices, in the order of the values.
        """
        self.check_access("create")  # what follows is done as the superuser
        made = {}
        for indices in self._group_by_pattern(vals_list).values():
            kind = [vals_list[index] for index in indices]
            made.update(zip(indices, self._create_posted_alike(kind), strict=True))
        return self.browse(made[index].id for index in range(len(vals_list)))

    @api.model
    def _create_posted_alike(self, vals_list):
        """Create and post invoices of one kind, the first of which is the pattern of the others."""
        pattern = self._create_ordinarily(vals_list[:1])
        others = vals_list[1:]
        if not others:
            return pattern
        if not pattern._is_bulk_pattern(vals_list[0]):
            return pattern + self._create_ordinarily(others)
        self._count_matchings()
        amounts = {}
        moves = self.sudo().with_context(**GIVEN_WHOLE)
        moves = moves.create([pattern._complete_as_pattern(vals, amounts) for vals in others])
        # Read at once what posting reads of each record.
        moves.line_ids.fetch(["tax_ids", "tax_tag_ids"])
        moves.partner_id.user_ids
        moves.action_post()
        moves._log_bulk_creation()
        moves.env.flush_all()  # in this context: what follows of the invoices is not tracked either
        return pattern + self.browse(moves.ids)

    @api.model
    def _create_ordinarily(self, vals_list):
        moves = self.create(vals_list)
        moves.action_post()
        return moves

    def _get_next_sequence_format(self):
        """Look up once how the entries of a journal, a type and a day are numbered, not for each of them.

        What is kept lies among the last numbers of this transaction that core counts on from, and is
        forgotten with them.
        """
        if not self.env.context.get("association_numbers_alike"):
            return super()._get_next_sequence_format()
        known = self._get_sequence_cache()
        key = (self.journal_id, self.move_type, self.date, bool(self.origin_payment_id))
        if key not in known:
            known[key] = super()._get_next_sequence_format()
        format_string, values = known[key]
        return format_string, dict(values)

    @api.model
    def _count_matchings(self):
        """Let PostgreSQL count the matchings, if nobody ever has.

        It never looks at an empty table by itself, takes it for a big one, and may then need minutes to
        find that no invoice of a batch is paid. A table that is not empty is counted in the background.
        """
        self.env.cr.execute(
            "SELECT 1 FROM pg_class WHERE oid = 'account_partial_reconcile'::regclass AND reltuples < 0"
        )
        if self.env.cr.fetchone():
            self.env.cr.execute("ANALYZE account_partial_reconcile")

    # ---- kinds of invoices ----

    @api.model
    def _group_by_pattern(self, vals_list):
        """Return {kind of invoice: indices of the values of that kind}."""
        positions = self._find_fiscal_positions(vals_list)
        kinds = {}
        for index, (vals, position) in enumerate(zip(vals_list, positions, strict=True)):
            header = frozendict({key: vals[key] for key in vals.keys() - OWN_HEADER})
            lines = tuple(
                frozendict({key: line[key] for key in line.keys() - OWN_LINE})
                for _command, _id, line in vals["invoice_line_ids"]
            )
            kinds.setdefault((header, position, lines), []).append(index)
        return kinds

    @api.model
    def _find_fiscal_positions(self, vals_list):
        """Return the fiscal position that Odoo would find for each invoice."""
        partners = self.env["res.partner"].browse(vals["partner_id"] for vals in vals_list)
        # Together, so that what is read of one is read of all.
        deliveries = partners.browse(partner.address_get(["delivery"])["delivery"] for partner in partners)
        positions = self.env["account.fiscal.position"]
        return [
            positions.with_company(vals["company_id"])._get_fiscal_position(partner, delivery=delivery)
            for vals, partner, delivery in zip(vals_list, partners, deliveries, strict=True)
        ]

    def _is_bulk_pattern(self, vals):
        """Tell whether invoices like this one can be given whole.

        :param vals: the values that this invoice was made from.
        """
        self.ensure_one()
        term = self.invoice_payment_term_id
        models_of_analytic = self.env["account.analytic.distribution.model"].sudo()
        if (
            self.company_id.restrictive_audit_trail
            or self.invoice_cash_rounding_id
            or len(term.line_ids) > 1
            or term.early_discount
            or self.currency_id != self.company_currency_id
            or models_of_analytic.search_count([("company_id", "in", (False, self.company_id.id))], limit=1)
        ):
            return False
        prepared = [line for _command, _id, line in self._complete_as_pattern(vals, {})["line_ids"]]
        return _sorted_items(prepared) == _sorted_items(map(self._read_item, self.line_ids))

    # ---- one invoice from its pattern ----

    def _complete_as_pattern(self, vals, known):
        """Return the values of an invoice with all of its journal items.

        :param vals: the invoice's own values; this invoice is the pattern.
        :param known: {prices: amounts}, kept from one invoice to the next.
        """
        self.ensure_one()
        own_lines = [line for _command, _id, line in vals["invoice_line_ids"]]
        prices = tuple(line["price_unit"] for line in own_lines)
        if prices not in known:
            known[prices] = self._compute_items(prices)
        products, others = known[prices]
        lines = [{**line, **product} for line, product in zip(own_lines, products, strict=True)] + others
        return {
            **{key: vals[key] for key in vals.keys() - {"invoice_line_ids"}},
            "fiscal_position_id": self.fiscal_position_id.id,
            "invoice_date_due": self.invoice_date_due,
            "line_ids": [fields.Command.create(line) for line in lines],
        }

    def _compute_items(self, prices):
        """Return what Odoo adds to product lines with these prices, and the tax and term lines.

        :return: (values for each product line, values of the other lines).
        """
        taxes = self.env["account.tax"]
        patterns = self.line_ids.filtered(lambda line: line.display_type == "product")
        base_lines = [
            {**self._prepare_product_base_line_for_taxes_computation(line), "price_unit": price}
            for line, price in zip(patterns, prices, strict=True)
        ]
        taxes._add_tax_details_in_base_lines(base_lines, self.company_id)
        taxes._round_base_lines_tax_details(base_lines, self.company_id)
        taxes._add_accounting_data_in_base_lines_tax_details(
            base_lines, self.company_id, include_caba_tags=self.always_tax_exigible
        )
        computed = taxes._prepare_tax_lines(base_lines, self.company_id)
        products = [
            {**self._read_product_item(line), **amounts}
            for line, (_base, amounts) in zip(patterns, computed["base_lines_to_update"], strict=True)
        ]
        # The partner is the pattern's; Odoo gives the line its own invoice's.
        tax_lines = [
            {**{key: value for key, value in line.items() if key != "partner_id"}, "display_type": "tax"}
            for line in computed["tax_lines_to_add"]
        ]
        balance = -sum(line["balance"] for line in products + tax_lines)
        return products, [*tax_lines, self._prepare_term_item(self.company_currency_id.round(balance))]

    def _read_product_item(self, line):
        return {
            "display_type": "product",
            "account_id": line.account_id.id,
            "product_uom_id": line.product_uom_id.id,
            "tax_ids": [fields.Command.set(line.tax_ids.ids)],
            "analytic_distribution": line.analytic_distribution,
        }

    def _prepare_term_item(self, balance):
        """Return the values of the receivable line; its account is left to Odoo, from the partner."""
        term = self.line_ids.filtered(lambda line: line.display_type == "payment_term")
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

    def _read_item(self, line):
        """Return a journal item as the values that it could be made from."""
        names = [name for name in COMPARED if name != "account_id" or line.display_type != "payment_term"]
        return {name: line._fields[name].convert_to_write(line[name], line) for name in names}

    def _log_bulk_creation(self):
        """Say in each chatter, in one go, where the invoice comes from."""
        text = self.env._("Created and posted together with %s other calls for fees.", len(self))
        self._message_log_batch({move.id: text for move in self})


def _sorted_items(items):
    """Put journal items, given as values, in an order and a form in which they can be compared."""
    return sorted(repr([_comparable(item.get(name)) for name in COMPARED]) for item in items)


def _comparable(value):
    if isinstance(value, list):  # Command.set(…)
        value = sorted(record_id for _command, _zero, ids in value for record_id in ids)
    if isinstance(value, float):
        value = round(value, 6)
    return value or False
