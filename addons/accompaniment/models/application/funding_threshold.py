"""Amounts that the law or the network sets, each from a day on: a new one is added, the former ones stay."""

from odoo import api, fields, models


class FundingThreshold(models.Model):
    _name = "funding.threshold"
    _description = "Threshold of Funding"
    _order = "kind, date_from desc, id"
    _rec_name = "kind"

    kind = fields.Selection(
        [
            ("agreement", "Agreement compulsory above"),
            ("audit", "Accounts published and audited above"),
            ("de_minimis", "De minimis aid over three years"),
        ],
        required=True,
    )
    date_from = fields.Date(string="From", required=True)
    amount = fields.Float(digits=(16, 2), required=True, help="In euros.")
    source = fields.Char(help="The text that sets it.")

    _once = models.UniqueIndex("(kind, date_from)", "This threshold has an amount from that day already: change it.")
    _positive = models.Constraint("CHECK (amount > 0)", "A threshold is above 0.")

    @api.model
    def _get_on(self, day):
        """Return {kind: amount in force on a day}; a kind that has none then is left out."""
        rows = self.search_fetch([("date_from", "<=", day)], ["kind", "amount"], order="date_from")
        return {row.kind: row.amount for row in rows}
