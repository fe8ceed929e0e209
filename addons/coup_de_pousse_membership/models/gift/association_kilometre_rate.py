"""What a kilometre is worth when a volunteer uses their own vehicle: the tax office's scale, dated."""

from odoo import api, fields, models


class AssociationKilometreRate(models.Model):
    """Rates of CGI annexe IV, art. 6 B, which volunteers use too (CGI art. 200, 1; BOI-IR-RICI-250-20)."""

    _name = "association.kilometre.rate"
    _description = "Kilometre Rate"
    _order = "date_from desc, rate, id"

    name = fields.Char(string="Vehicle", required=True, translate=True)
    date_from = fields.Date(string="From", required=True)
    rate = fields.Float(string="Per kilometre (€)", digits=(16, 3), required=True)
    active = fields.Boolean(default=True)

    _rate_positive = models.Constraint("CHECK (rate > 0)", "A kilometre is worth more than 0.")
    _once = models.UniqueIndex("(name, date_from)", "This vehicle has a rate from that day already: change it.")

    @api.depends("name", "rate")
    def _compute_display_name(self):
        for rate in self:
            shown = self.env["ir.qweb.field.float"].value_to_html(rate.rate, {"precision": 3}) if rate.rate else ""
            rate.display_name = f"{rate.name or ''} ({shown} €/km)" if shown else rate.name or ""
