"""What is to come, one line for each event."""

from odoo import api, fields, models


class GovernanceForecastLine(models.TransientModel):
    _name = "governance.forecast.line"
    _description = "What Is to Come"
    _inherit = ["association.dialog"]
    _order = "day, kind, id"

    forecast_id = fields.Many2one("governance.forecast", required=True, ondelete="cascade", index=True)
    day = fields.Date(required=True)
    kind = fields.Selection(
        [
            ("term", "Term of a mandate"),
            ("kept", "Past its term"),
            ("vacant", "Vacant seat"),
            ("minimum", "Body under its minimum"),
            ("renewal", "Renewal of a third"),
        ],
        string="What",
        required=True,
    )
    body_id = fields.Many2one("governance.body")
    seat_id = fields.Many2one("governance.seat", context={"governance_in_body": True})
    mandate_id = fields.Many2one("governance.mandate", string="Holder's mandate")
    partner_id = fields.Many2one(related="mandate_id.partner_id", string="Holder")
    sentence = fields.Char(string="Details")
    color = fields.Integer(compute="_compute_color")

    @api.depends("kind")
    def _compute_color(self):
        colors = {"term": 3, "kept": 2, "vacant": 1, "minimum": 9, "renewal": 4}
        for line in self:
            line.color = colors.get(line.kind, 0)

    @api.depends("kind", "body_id", "mandate_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for line in self:
            name = f"{kinds.get(line.kind, '')} – {line.body_id.name or ''}"
            line.display_name = f"{name}: {line.partner_id.name}" if line.partner_id else name

    def action_view_body(self):
        self.ensure_one()
        return self.body_id._get_records_action()

    def action_export(self):
        return self.forecast_id[:1].action_export()
