"""The seats of a draw by lot: the third of each, and the term that follows from it."""

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.calculation.common.terms import last_day

from ...calculation.mandate import lots


class GovernanceDrawLine(models.Model):
    _name = "governance.draw.line"
    _description = "Seat Drawn by Lot"
    _inherit = ["association.part"]
    _order = "third, seat_id"

    draw_id = fields.Many2one("governance.draw", required=True, ondelete="cascade", index=True, check_company=True)
    company_id = fields.Many2one(related="draw_id.company_id", store=True)
    mandate_id = fields.Many2one(
        "governance.mandate", required=True, ondelete="restrict", index=True, check_company=True
    )
    seat_id = fields.Many2one("governance.seat", required=True, ondelete="restrict", index=True, check_company=True)
    third = fields.Integer(required=True, help="1: renewed first.")
    former_term = fields.Date(string="Term so far", readonly=True)
    new_term = fields.Date(compute="_compute_new_term", store=True, string="Term drawn")

    _third_in_range = models.Constraint("CHECK (third BETWEEN 1 AND 3)", "A third is 1, 2 or 3.")

    @api.depends("third", "mandate_id")
    def _compute_new_term(self):
        for line in self:
            months = line.draw_id.body_id.term_months
            first = line.mandate_id._get_first_of_term().date_from
            line.new_term = first and months and last_day(first, lots.first_months(months, line.third or lots.GROUPS))

    @api.depends("seat_id", "third")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.seat_id.display_name}: {line.third}"

    def _record(self):
        """Give the term drawn to who holds the seat for this term, whoever has followed since the draw."""
        self.ensure_one()
        self.seat_id._write_facts({"third": self.third})
        term = self.new_term
        holders = self.mandate_id | self.mandate_id._get_followers()
        holders.filtered(lambda holder: not (holder.ended_on and term) or holder.ended_on <= term).term_date = term

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        for draw in lines.draw_id:
            draw._check_draft()
        return lines

    def write(self, vals):
        draws = self.draw_id
        res = super().write(vals)
        for draw in draws | self.draw_id:
            draw._check_draft()
        return res

    def unlink(self):
        for draw in self.draw_id:
            draw._check_draft()
        return super().unlink()
