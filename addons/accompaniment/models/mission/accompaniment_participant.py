"""Who takes part in a mission."""

from odoo import api, fields, models


class AccompanimentParticipant(models.Model):
    """Who takes part in a mission, and as what: so that co-production shows."""

    _name = "accompaniment.participant"
    _description = "Participant in a Mission"
    _inherit = ["accompaniment.mission.part"]
    _order = "mission_id, role, sequence, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", required=True, ondelete="restrict", index=True)
    role = fields.Selection(
        [("beneficiary", "Beneficiary"), ("partner", "Partner"), ("pilot", "Pilot")],
        required=True,
        default="beneficiary",
        help="Beneficiary: is supported. Partner: contributes. Pilot: decides and pays.",
    )
    track_id = fields.Many2one(
        "accompaniment.track", domain="[('mission_id', '=', mission_id)]", ondelete="set null", check_company=True
    )
    contribution = fields.Char(help="What it brings: premises, time, a network, money…")

    _once_by_role = models.UniqueIndex(
        "(mission_id, partner_id, role)", "This organisation takes part in the mission in this role already."
    )

    @api.depends("partner_id", "role")
    def _compute_display_name(self):
        roles = dict(self._fields["role"]._description_selection(self.env))
        for participant in self:
            participant.display_name = f"{participant.partner_id.name or ''} ({roles.get(participant.role, '')})"
