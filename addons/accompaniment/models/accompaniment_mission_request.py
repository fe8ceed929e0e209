from odoo import fields, models


class AccompanimentMission(models.Model):
    _inherit = "accompaniment.mission"

    lead_id = fields.Many2one(
        "crm.lead", string="Request", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    _one_by_request = models.UniqueIndex("(lead_id) WHERE lead_id IS NOT NULL", "This request has its mission already.")
