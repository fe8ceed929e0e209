from odoo import api, models


class AssociationOverview(models.AbstractModel):
    _name = "association.overview"
    _description = "What Needs Doing"

    @api.model
    @api.readonly
    def get_overview(self):
        return {}
