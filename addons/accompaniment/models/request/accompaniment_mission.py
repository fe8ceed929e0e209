"""The request that a mission answers."""

from odoo import fields, models


class AccompanimentMission(models.Model):
    _inherit = "accompaniment.mission"

    lead_id = fields.Many2one(
        "crm.lead",
        string="Request",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    _one_by_request = models.UniqueIndex("(lead_id) WHERE lead_id IS NOT NULL", "This request has its mission already.")

    def _creation_message(self):
        """The mission's thread begins with where it comes from."""
        self.ensure_one()
        if self.lead_id:
            return self.env._("Mission opened from the request %(request)s.", request=self.lead_id.name)
        return self.env._("Mission opened.")

    def _complete_from_request(self):
        """Add to a mission that a request was just turned into; later rooms say what."""
