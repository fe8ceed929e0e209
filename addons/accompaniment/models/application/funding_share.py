"""What one partner of a joint application asks, is granted, has received, and whether it has signed."""

from odoo import api, fields, models


class FundingShare(models.Model):
    _name = "funding.share"
    _description = "Share of a Joint Application"
    _inherit = ["funding.application.part"]
    _order = "application_id, is_lead desc, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", required=True, ondelete="restrict", index=True)
    is_lead = fields.Boolean(string="Lead", help="Signs with the funder, and passes on what is due to the others.")
    amount_asked = fields.Monetary(string="Asked", default=0.0, required=True)
    amount_granted = fields.Monetary(string="Granted", default=0.0, required=True)
    amount_received = fields.Monetary(string="Received", default=0.0, required=True)
    signed_on = fields.Date(help="Day on which its officers agreed to the application.")
    signed_by = fields.Char()
    papers_missing = fields.Char(compute="_compute_papers_missing")

    _once = models.UniqueIndex("(application_id, partner_id)", "This partner has its share already: change it.")
    _one_lead = models.UniqueIndex("(application_id) WHERE is_lead", "A joint application has one lead.")
    _bounds = models.Constraint(
        "CHECK (amount_asked >= 0 AND amount_granted >= 0 AND amount_received >= 0 "
        "AND amount_received <= amount_granted)",
        "Shares are not below 0, and nobody receives more than what is granted: correct the amounts.",
    )

    @api.depends("partner_id", "application_id.paper_kind_ids", "application_id.next_deadline")
    def _compute_papers_missing(self):
        latest = self.env["funding.paper"]._get_latest(self.partner_id, self.application_id.paper_kind_ids)
        for share in self:
            kinds = share.application_id._get_missing_kinds(share.partner_id, latest)
            share.papers_missing = ", ".join(kinds.mapped("name")) or False
