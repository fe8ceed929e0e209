"""Who was convened to a workshop, and who came."""

from odoo import api, fields, models


class AccompanimentAttendance(models.Model):
    _name = "accompaniment.attendance"
    _description = "Attendance at a Workshop"
    _inherit = ["association.part"]
    _placed_by = frozenset({"workshop_id"})
    _order = "workshop_id, organisation_id, partner_id, id"
    _rec_name = "partner_id"

    workshop_id = fields.Many2one(
        "accompaniment.workshop", required=True, ondelete="cascade", index=True, check_company=True
    )
    mission_id = fields.Many2one(related="workshop_id.mission_id", store=True, index=True)
    company_id = fields.Many2one(related="workshop_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", string="Person or organisation", required=True, ondelete="restrict", index=True
    )
    organisation_id = fields.Many2one(
        "res.partner", string="For", compute="_compute_organisation_id", store=True, readonly=False, precompute=True
    )
    status = fields.Selection(
        [("convened", "Convened"), ("present", "Present"), ("excused", "Excused"), ("absent", "Absent")],
        required=True,
        default="convened",
    )

    _once = models.UniqueIndex("(workshop_id, partner_id)", "This person is on the attendance list already.")

    @api.depends("partner_id")
    def _compute_organisation_id(self):
        for line in self:
            commercial = line.partner_id.commercial_partner_id
            line.organisation_id = commercial if commercial.is_company else line.organisation_id

    def action_present(self):
        self.write({"status": "present"})

    def action_absent(self):
        self.write({"status": "absent"})
