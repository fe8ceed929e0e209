"""Requests that reach the network, by what they are about."""

from odoo import api, fields, models

from .crm_team import REQUEST_KINDS


class CrmLead(models.Model):
    _inherit = "crm.lead"

    request_kind = fields.Selection(
        REQUEST_KINDS,
        string="Request about",
        compute="_compute_request_kind",
        store=True,
        precompute=True,
        readonly=False,
        index="btree_not_null",
        tracking=True,
        help="Proposed by the team that the request reaches.",
    )

    @api.depends("team_id")
    def _compute_request_kind(self):
        for lead in self:
            lead.request_kind = lead.team_id.request_kind or lead.request_kind or "other"
