"""Tariffs that members declare, such as the one for students."""

from odoo import api, fields, models


class AssociationTariff(models.Model):
    _name = "association.tariff"
    _description = "Declared Tariff"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(help="Short code, used by imports and in lists.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: common to all associations here.")
    description = fields.Char(
        translate=True, help="Who may declare this tariff, such as “students, on presentation of …”."
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_named_by_grids(self):
        self.env["association.fee.scope"]._check_not_named(self, "tariff_ids")
