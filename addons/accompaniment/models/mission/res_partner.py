"""The missions of a contact, and how large it is."""

from odoo import fields, models

from ...calculation.mission.sizes import get_band


class ResPartner(models.Model):
    _inherit = "res.partner"

    participation_ids = fields.One2many("accompaniment.participant", "partner_id", string="Missions taken part in")
    accompaniment_mission_count = fields.Integer(
        compute="_compute_accompaniment_mission_count",
        string="Missions",
        groups="accompaniment.group_accompaniment_adviser,coup_de_pousse_membership.group_membership_director",
    )

    def _compute_accompaniment_mission_count(self):
        missions = dict(
            self.env["accompaniment.participant"]._read_group(
                [("partner_id", "in", self.ids)], ["partner_id"], ["mission_id:count_distinct"]
            )
        )
        for partner in self:
            partner.accompaniment_mission_count = missions.get(partner._origin, 0)

    def action_view_accompaniment_missions(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("accompaniment.action_accompaniment_mission")
        return {
            **action,
            "domain": [("participant_ids.partner_id", "=", self.id)],
            "context": {"default_partner_id": self.id},
        }

    def _get_accompaniment_sizes(self):
        """Return {id: band of employees} by the latest yearly figures that have them; one query."""
        figures = (
            self.env["association.annual.figures"]
            .sudo()
            .search_fetch([("partner_id", "in", self.ids)], ["partner_id", "year", "employees"], order="year desc")
        )
        sizes = {}
        for figure in figures:
            if figure.employees is not False and figure.partner_id.id not in sizes:
                sizes[figure.partner_id.id] = get_band(figure.employees)
        return sizes
