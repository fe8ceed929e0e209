"""Answers on paper, typed in as numbers of people."""

from odoo import api, fields, models


class AccompanimentDiagnosticFigure(models.Model):
    _name = "accompaniment.diagnostic.figure"
    _description = "Answer Typed in"
    _inherit = ["association.part"]
    _placed_by = frozenset({"diagnostic_id"})
    _order = "diagnostic_id, sequence, id"
    _rec_name = "label"

    diagnostic_id = fields.Many2one(
        "accompaniment.diagnostic", required=True, ondelete="cascade", index=True, check_company=True
    )
    mission_id = fields.Many2one(related="diagnostic_id.mission_id", store=True, index=True)
    company_id = fields.Many2one(related="diagnostic_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    question = fields.Char(required=True)
    label = fields.Char(string="Answer", required=True)
    count = fields.Integer(string="People", required=True)

    _count_not_negative = models.Constraint("CHECK (count >= 0)", "A number of people cannot be negative.")

    @api.constrains("count", "diagnostic_id")
    def _check_count(self):
        self.diagnostic_id._check_figures()
