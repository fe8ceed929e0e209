"""What the tax office's forms say: their numbers, articles and sentences, dated, for the treasurer to correct."""

from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = [
    ("individual", "Gift of an individual"),
    ("company", "Gift of a company"),
    ("union", "Fee of a union's member"),
]


class AssociationReceiptForm(models.Model):
    _name = "association.receipt.form"
    _description = "Form of Tax Receipts"
    _order = "kind, date_from desc, id"

    kind = fields.Selection(KINDS, required=True)
    date_from = fields.Date(string="From", required=True, help="Receipts issued from that day on are on this form.")
    name = fields.Char(string="Form number", required=True, help="As the tax office prints it: 11580*05.")
    title = fields.Char(required=True, translate=True)
    articles = fields.Char(required=True, help="Of the tax code (CGI): 200, 978.")
    statement = fields.Text(
        required=True, translate=True, help="Sentence in which the association states what it received."
    )
    certification = fields.Text(
        required=True, translate=True, help="Sentence by which it certifies the right to the tax reduction."
    )
    goods_share = fields.Float(
        string="Small goods: share", default=0.25, help="At most this part of the gift may be worth what is given back."
    )
    goods_ceiling = fields.Monetary(string="Small goods: ceiling", help="And at most this amount a year.")
    currency_id = fields.Many2one("res.currency", required=True, default=lambda self: self.env.ref("base.EUR"))

    _once = models.UniqueIndex("(kind, date_from)", "This form has its text from that day already: change it.")
    _bounds = models.Constraint(
        "CHECK (goods_share BETWEEN 0 AND 1 AND goods_ceiling >= 0)", "A share lies between 0 % and 100 %."
    )

    @api.model
    def _get(self, kind, day):
        """Return the form of a kind of receipt on a day.

        :raise UserError: if there is none.
        """
        found = self.search([("kind", "=", kind), ("date_from", "<=", day)], order="date_from desc", limit=1)
        if not found:
            label = dict(self._fields["kind"]._description_selection(self.env))[kind]
            raise UserError(
                self.env._(
                    "There is no form for “%s” on that day: an administrator adds it under Configuration, Forms of "
                    "tax receipts.",
                    label,
                )
            )
        return found
