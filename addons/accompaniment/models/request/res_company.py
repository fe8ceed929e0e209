"""Within how many days a request is answered."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    accompaniment_answer_days = fields.Integer(
        string="Days to answer a request",
        default=7,
        help="A request for accompaniment gets a first answer within as many days.",
    )
