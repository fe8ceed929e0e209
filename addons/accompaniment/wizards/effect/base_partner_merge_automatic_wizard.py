"""Merging contacts: a beneficiary has one review of a mission at each horizon."""

from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _get_unique_lines(self):
        return [*super()._get_unique_lines(), ("accompaniment.review", ("mission_id", "months"))]
