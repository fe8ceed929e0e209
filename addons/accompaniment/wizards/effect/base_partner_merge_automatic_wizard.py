"""Merging contacts: a beneficiary has one review of a mission at each horizon, the one that was answered."""

from odoo import models
from odoo.exceptions import UserError


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _check_missions_mergeable(self, partners):
        """Keep the review that was answered, else the one that was asked; raise where both were answered."""
        ranks = ["done", "proposed", "planned"]
        reviews = self.env["accompaniment.review"].sudo().search([("partner_id", "in", partners.ids)])
        for same in reviews.grouped(lambda review: (review.mission_id, review.months)).values():
            same = same.sorted(lambda review: ranks.index(review.state))
            if len(same.filtered(lambda review: review.state == "done")) > 1:
                raise UserError(
                    self.env._(
                        "%(review)s: both contacts have answered it. Delete the answer that does not count, then merge "
                        "the contacts.",
                        review=same[0].display_name,
                    )
                )
            same[1:].unlink()
        return super()._check_missions_mergeable(partners)
