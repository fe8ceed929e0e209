"""How many seats each college has on a body."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class GovernanceComposition(models.Model):
    _name = "governance.composition"
    _description = "Composition of a Body"
    _inherit = ["association.part"]
    _order = "body_id, sequence, id"

    body_id = fields.Many2one("governance.body", required=True, ondelete="cascade", index=True, check_company=True)
    company_id = fields.Many2one(related="body_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    college_id = fields.Many2one(
        "association.college", ondelete="restrict", help="Empty: seats without a college.", check_company=True
    )
    seats = fields.Integer(required=True, default=1)
    minimum = fields.Integer(help="The body is incomplete with fewer holders than this; 0: no minimum.")
    maximum = fields.Integer(help="No more holders than this; 0: as many as there are seats.")

    _numbers_in_order = models.Constraint(
        "CHECK (seats >= 0 AND minimum >= 0 AND maximum >= 0 "
        "AND minimum <= seats AND (maximum = 0 OR maximum >= minimum))",
        "Composition: the minimum cannot exceed the seats or the maximum, and none may be negative.",
    )

    @api.constrains("college_id", "body_id")
    def _check_one_line_per_college(self):
        for body in self.body_id:
            colleges = [line.college_id.id for line in body.composition_ids]
            if len(colleges) > len(set(colleges)):
                raise ValidationError(
                    self.env._("%s: a college stands twice in the composition. Put its seats on one line.", body.name)
                )

    @api.depends("college_id", "seats")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line._describe(line.seats, line.college_id.name)

    @api.model
    def _describe(self, seats, college):
        """Return what a line of a composition says, such as “12 Associations”."""
        return f"{seats} {college}" if college else self.env._("%s without a college", seats)

    # ---- a change of composition is a change of the body's rules, whoever writes it ----

    @api.model_create_multi
    def create(self, vals_list):
        bodies = self.env["governance.body"].browse({vals["body_id"] for vals in vals_list if vals.get("body_id")})
        with bodies._dated_change():
            return super().create(vals_list)

    def write(self, vals):
        with self.body_id._dated_change():
            return super().write(vals)

    def unlink(self):
        with self.body_id._dated_change():
            return super().unlink()
