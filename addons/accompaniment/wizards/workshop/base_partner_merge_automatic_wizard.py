"""Merging contacts: who is on the attendance list of a workshop stands there once."""

from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _get_unique_lines(self):
        return [*super()._get_unique_lines(), ("accompaniment.attendance", ("workshop_id",), ("status",))]
