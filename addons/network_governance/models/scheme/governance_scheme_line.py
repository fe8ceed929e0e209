"""One body of the scheme of a day."""

from odoo import fields, models

from ..body.governance_body_rules import KINDS, LEVELS, RENEWALS


class GovernanceSchemeLine(models.TransientModel):
    _name = "governance.scheme.line"
    _description = "Body on a Day"
    _inherit = ["association.dialog"]
    _order = "id"

    scheme_id = fields.Many2one("governance.scheme", required=True, ondelete="cascade", index=True)
    body_id = fields.Many2one("governance.body", ondelete="cascade")
    parent_id = fields.Many2one("governance.scheme.line", string="Under", ondelete="cascade", index=True)
    child_ids = fields.One2many("governance.scheme.line", "parent_id")
    name = fields.Char(required=True)
    kind = fields.Selection(KINDS)
    level = fields.Selection(LEVELS)
    territory_id = fields.Many2one("association.territory")
    function_names = fields.Char(string="Functions")
    composition_text = fields.Char(string="Composition")
    term_months = fields.Integer(string="Term (months)")
    renewal = fields.Selection(RENEWALS)
    seat_count = fields.Integer(string="Seats")
    held_count = fields.Integer(string="Seats held")
    holder_names = fields.Text(string="Holders")
