"""Which team a kind of request reaches."""

from odoo import fields, models

#: What a request to the network is about.
REQUEST_KINDS = [("membership", "Membership"), ("accompaniment", "Accompaniment"), ("other", "Other")]


class CrmTeam(models.Model):
    _inherit = "crm.team"

    request_kind = fields.Selection(
        REQUEST_KINDS,
        string="Requests about",
        help="What a request that reaches this team is about, unless it says otherwise.",
    )
