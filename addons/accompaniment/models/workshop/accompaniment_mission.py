"""The workshops of a mission."""

from odoo import fields, models


class AccompanimentMission(models.Model):
    _inherit = "accompaniment.mission"

    workshop_ids = fields.One2many("accompaniment.workshop", "mission_id", string="Workshops")
    workshop_count = fields.Integer(compute="_compute_workshop_count", string="Number of workshops")

    def _after_write(self, vals):
        if {"referent_id", "adviser_ids", "partner_id"} & vals.keys():
            self.workshop_ids._keep_calendar()
        return super()._after_write(vals)

    def _describe_closing(self):
        planned = self.workshop_ids.filtered(lambda workshop: workshop.state == "planned")
        if not planned:
            return super()._describe_closing()
        names = ", ".join(planned[:5].mapped("display_name"))
        return [
            *super()._describe_closing(),
            self.env._("Still planned, and not held: %(names)s.", names=names)
            if len(planned) <= 5
            else self.env._(
                "Still planned, and not held: %(names)s, and %(count)s more.", names=names, count=len(planned) - 5
            ),
        ]

    def _compute_workshop_count(self):
        counts = dict(
            self.env["accompaniment.workshop"]._read_group(
                [("mission_id", "in", self.ids), ("state", "!=", "cancelled")], ["mission_id"], ["__count"]
            )
        )
        for mission in self:
            mission.workshop_count = counts.get(mission._origin, 0)

    def action_view_workshops(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("accompaniment.action_accompaniment_workshop")
        return {
            **action,
            "domain": [("mission_id", "=", self.id)],
            "context": {"default_mission_id": self.id},
        }
