"""What the rules of a body were before they changed."""

from odoo import api, fields, models


class GovernanceBodyVersion(models.Model):
    _name = "governance.body.version"
    _description = "Former Rules of a Body"
    _inherit = ["association.part", "governance.body.rules"]
    _order = "body_id, date_to desc"

    body_id = fields.Many2one("governance.body", required=True, ondelete="cascade", index=True, check_company=True)
    company_id = fields.Many2one(related="body_id.company_id", store=True)
    date_from = fields.Date(string="In force from", help="Empty: as far back as is known.")
    date_to = fields.Date(string="Until", required=True)
    composition = fields.Json(string="Composition that day")
    composition_text = fields.Char(compute="_compute_composition_text", string="Composition")

    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(body_id, body_id, '[]') WITH &&, daterange(date_from, date_to, '[]') WITH &&)",
        "The former rules of this body already cover some of these days.",
    )

    @api.depends("composition")
    def _compute_composition_text(self):
        colleges = self.env["association.college"].browse(
            {line["college_id"] for version in self for line in version.composition or () if line["college_id"]}
        )
        names = {college.id: college.name for college in colleges.exists()}
        describe = self.env["governance.composition"]._describe
        for version in self:
            version.composition_text = ", ".join(
                describe(line["seats"], names.get(line["college_id"])) for line in version.composition or ()
            )
