"""The changes of a declaration: who takes or leaves which office, on which day."""

from odoo import api, fields, models


class GovernanceDeclarationLine(models.Model):
    _name = "governance.declaration.line"
    _description = "Change of an Officer"
    _order = "day, body_id, id"

    declaration_id = fields.Many2one("governance.declaration", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="declaration_id.company_id", store=True)
    body_id = fields.Many2one("governance.body", required=True, ondelete="restrict", index=True)
    partner_id = fields.Many2one("res.partner", string="Person", required=True, ondelete="restrict", index=True)
    office = fields.Char()
    event = fields.Selection([("enters", "Takes office"), ("leaves", "Leaves office")], required=True)
    day = fields.Date(required=True)

    @api.depends("partner_id", "event", "day")
    def _compute_display_name(self):
        events = dict(self._fields["event"]._description_selection(self.env))
        for line in self:
            line.display_name = f"{line.partner_id.name or ''}: {events.get(line.event, '')}"

    def _get_key(self):
        self.ensure_one()
        return self.body_id.id, self.partner_id.id, self.office or False, self.event, self.day
