"""The programmes of a funder (FDVA, FONJEP…): several of them are one legal funder."""

from odoo import fields, models


class FundingProgramme(models.Model):
    _name = "funding.programme"
    _description = "Funder's Programme"
    _order = "name, id"

    name = fields.Char(required=True)
    partner_id = fields.Many2one(
        "res.partner", string="Funder", required=True, ondelete="restrict", index=True, help="The legal funder."
    )
    active = fields.Boolean(default=True)

    _once = models.UniqueIndex("(partner_id, name)", "This funder has a programme of this name already.")
