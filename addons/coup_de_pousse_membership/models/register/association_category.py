"""Kinds of member: what their fee is invoiced as, and from when on they have their rights."""

from odoo import fields, models


class AssociationCategory(models.Model):
    _name = "association.category"
    _description = "Member Category"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(help="Short code, used by imports and in lists.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: common to all associations here.")
    college_id = fields.Many2one(
        "association.college",
        help="College in which members of this category vote, unless their file says otherwise.",
        check_company=True,
    )
    called_counts = fields.Boolean(
        string="Called counts as member",
        help="Members of this category have their rights as soon as their fee is called. "
        "Otherwise only a paid fee (or one of 0) makes a member up to date.",
    )
    product_id = fields.Many2one(
        "product.product",
        string="Invoiced as",
        domain=[("type", "=", "service")],
        help="Product on the calls for fees: it carries the income account (7561 without "
        "counterpart, 7562 with) and the taxes. Empty: the standard fee, without counterpart.",
        check_company=True,
    )
    member_count = fields.Integer(compute="_compute_member_count", string="Members")

    def _compute_member_count(self):
        counts = dict(
            self.env["association.member"]._read_group([("category_id", "in", self.ids)], ["category_id"], ["__count"])
        )
        for category in self:
            category.member_count = counts.get(category, 0)

    def _get_product(self):
        """Return the product that a call for this category's fee is made of."""
        self.ensure_one()
        # Not env.ref(), which asks the database each time whether the product exists.
        default = "coup_de_pousse_membership.product_membership_fee"
        return self.product_id or self.product_id.browse(self.env["ir.model.data"]._xmlid_to_res_id(default))
