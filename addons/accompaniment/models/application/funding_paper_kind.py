"""What funders ask for beside the form: statutes, list of officers, accounts, bank details…"""

from odoo import fields, models
from odoo.addons.coup_de_pousse_membership.models.common.optional_number import OptionalInteger


class FundingPaperKind(models.Model):
    _name = "funding.paper.kind"
    _description = "Kind of Paper"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    months_valid = OptionalInteger(string="Valid for (months)", help="Empty: until it is replaced.")
    is_usual = fields.Boolean(string="Asked as a rule", help="Proposed for each new application.")
    active = fields.Boolean(default=True)

    _months = models.Constraint("CHECK (months_valid > 0)", "A paper is valid for one month at least.")
