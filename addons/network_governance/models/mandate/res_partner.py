"""A contact that sits, or for which somebody sits."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..body.roles import READERS


class ResPartner(models.Model):
    _inherit = "res.partner"

    gender = fields.Selection(
        [("female", "Woman"), ("male", "Man"), ("other", "Other")],
        help="Where it is known: the bodies' balance of women and men is counted from it.",
    )
    mandate_ids = fields.One2many("governance.mandate", "partner_id", string="Mandates held", groups=",".join(READERS))
    representation_ids = fields.One2many(
        "governance.mandate", "organisation_id", string="Mandates for this structure", groups=",".join(READERS)
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_mandates(self):
        mandates = (
            self.env["governance.mandate"]
            .sudo()
            .search(["|", ("partner_id", "in", self.ids), ("organisation_id", "in", self.ids)], limit=1)
        )
        if mandates:
            raise UserError(
                self.env._(
                    "%(person)s sits on %(body)s, or has sat there: the history of mandates must be kept. Archive the "
                    "contact instead, or merge it with the one that it duplicates.",
                    person=mandates.display_name,
                    body=mandates.body_id.name,
                )
            )
