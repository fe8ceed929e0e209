"""Recipients of campaigns when members' files are combined or deleted."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .association_campaign_line import MERGING

#: Of two lines of one campaign, the one that says more stays.
RANK = ("called", "ready", "failed", "excluded", "refused")


class AssociationMember(models.Model):
    _inherit = "association.member"

    campaign_line_ids = fields.One2many("association.campaign.line", "member_id", string="Campaigns")

    def _prepare_absorption(self, others):
        self._absorb_campaigns(others)
        return super()._prepare_absorption(others)

    def _absorb_campaigns(self, others):
        """Keep one line per campaign: the recipient is called once, or has been."""
        lines = (self | others).sudo().campaign_line_ids.with_context(association_campaign_merge=MERGING)
        dropped = lines.browse()
        for same in lines.grouped("campaign_id").values():
            ordered = same.sorted(lambda line: (RANK.index(line.state), line.member_id != self, line.id))
            dropped |= ordered[1:]
        dropped.unlink()
        (lines - dropped).filtered(lambda line: line.member_id != self).write({"member_id": self.id})

    @api.ondelete(at_uninstall=False)
    def _unlink_from_campaigns(self):
        """Take deleted files out of previews; who is being called stays."""
        lines = self.sudo().campaign_line_ids
        launched = lines.filtered(lambda line: line.campaign_id.state != "draft")
        if launched:
            raise UserError(
                self.env._(
                    "%(names)s: recipient of the campaign “%(campaign)s”, which keeps account of it. Record the "
                    "departure, or archive the file.",
                    names=", ".join(launched[:5].member_id.mapped("display_name")),
                    campaign=launched[0].campaign_id.name,
                )
            )
        lines.unlink()
