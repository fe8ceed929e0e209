"""The lines of the budget form that public funders ask for (Cerfa 12156*06)."""

from odoo import api, fields, models


class FundingAccount(models.Model):
    """One line of the form. Its code is the form's, which numbers 86 and 87 otherwise than the association chart."""

    _name = "funding.account"
    _description = "Budget Line of the Cerfa"
    _parent_store = True
    _order = "side, sequence, id"
    _rec_names_search = ["code", "name"]

    code = fields.Char(required=True, help="As on the form; a suffix tells apart what the form gives no number.")
    name = fields.Char(required=True, translate=True)
    side = fields.Selection([("charge", "Charges"), ("product", "Products")], required=True, index=True)
    sequence = fields.Integer(required=True, default=10)
    parent_id = fields.Many2one("funding.account", string="Subtotal", ondelete="restrict", index=True)
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("funding.account", "parent_id")
    is_in_kind = fields.Boolean(string="In kind", help="Contributions in kind (86 and 87): outside the result.")
    is_public = fields.Boolean(string="Public grant", help="Counts in the public share: 74 without private aid.")
    association_code = fields.Char(
        string="Association chart", help="The account of the association chart (ANC 2018-06), where it differs."
    )

    _code = models.UniqueIndex("(side, code)", "This line of the form exists already.")

    @api.depends("code", "name")
    def _compute_display_name(self):
        for account in self:
            account.display_name = f"{account.code} {account.name}"
