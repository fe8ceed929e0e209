"""The letterhead of the association's own papers, and who signs them, seen while they are changed."""

from odoo import api, fields, models


class BaseDocumentLayout(models.TransientModel):
    _inherit = "base.document.layout"

    receipt_signatory = fields.Char(related="company_id.receipt_signatory", readonly=False)
    receipt_signatory_title = fields.Char(related="company_id.receipt_signatory_title", readonly=False)
    receipt_signature = fields.Image(related="company_id.receipt_signature", readonly=False)

    @api.depends("receipt_signatory", "receipt_signatory_title", "receipt_signature")
    def _compute_preview(self):  # pylint: disable=missing-return
        super()._compute_preview()

    def _get_preview_template(self):
        if self.env.context.get("association_papers"):
            return "coup_de_pousse_membership.letterhead_preview"
        return super()._get_preview_template()
