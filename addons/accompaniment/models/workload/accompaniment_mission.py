"""Who works for a mission: staff and consultants, with the days planned for them and those they used."""

from odoo import api, fields, models

from ...calculation.workload.people import PersonDays, order


class AccompanimentMission(models.Model):
    _inherit = "accompaniment.mission"

    people_html = fields.Html(string="Days by person", compute="_compute_people_html", sanitize=False)

    @api.depends("phase_ids.days_planned", "phase_ids.intervener_id", "referent_id", "day_ids.unit_amount")
    def _compute_people_html(self):
        people = self._get_people()
        for mission in self:
            rows = people[mission._origin.id]
            mission.people_html = (
                self.env["ir.qweb"]._render("accompaniment.mission_people", {"people": rows}) if rows else False
            )

    def _get_people(self):
        """Return {id: list of :class:`PersonDays`}, those who used most first; one query for the days.

        A phase that names nobody is planned for the referent.
        """
        used = self._get_days_by_person()
        planned = {}
        for phase in self.sudo().phase_ids:
            key = phase.mission_id._origin.id, phase.intervener_id or phase.mission_id.referent_id.partner_id
            planned[key] = planned.get(key, 0.0) + phase.days_planned
        people = {mission._origin.id: [] for mission in self}
        for key in planned | used:
            mission_id, partner = key
            people[mission_id].append(
                PersonDays(
                    name=partner.name or self.env._("Nobody named"),
                    staff=any(not user.share for user in partner.user_ids),
                    planned=planned.get(key, 0.0),
                    used=used.get(key, 0.0),
                )
            )
        return {mission_id: order(persons) for mission_id, persons in people.items()}

    def _get_days_by_person(self):
        """Return {(id, who): days used}."""
        rows = (
            self.env["account.analytic.line"]
            .sudo()
            ._read_group(
                [("accompaniment_mission_id", "in", self._origin.ids)],
                ["accompaniment_mission_id", "intervener_id"],
                ["unit_amount:sum"],
            )
        )
        return {(mission.id, partner): days for mission, partner, days in rows}
