"""The letters about a membership."""

from odoo import fields, models


class AssociationMembership(models.Model):
    _inherit = "association.membership"

    reminder_log_ids = fields.Many2many(
        "association.reminder.log",
        "association_reminder_log_membership_rel",
        string="Letters",
        readonly=True,
        copy=False,
        check_company=True,
    )
