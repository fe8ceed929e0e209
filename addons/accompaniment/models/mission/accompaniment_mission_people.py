"""Who works for a mission: staff and consultants, with the days planned for them and those they used."""

from odoo import api, fields, models


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
        """Return {id: list of who works for the mission}, those who used most first; one query for the days.

        Each is a dict: ``name``, whether it is ``staff``, ``planned``, ``used`` and ``left`` days. A phase
        that names nobody is planned for the referent.
        """
        used = {
            (mission.id, partner): days
            for mission, partner, days in self.env["account.analytic.line"]
            .sudo()
            ._read_group(
                [("accompaniment_mission_id", "in", self._origin.ids)],
                ["accompaniment_mission_id", "intervener_id"],
                ["unit_amount:sum"],
            )
        }
        planned = {}
        for phase in self.sudo().phase_ids:
            key = phase.mission_id._origin.id, phase.intervener_id or phase.mission_id.referent_id.partner_id
            planned[key] = planned.get(key, 0.0) + phase.days_planned
        people = {mission._origin.id: [] for mission in self}
        for mission_id, partner in planned | used:
            days = planned.get((mission_id, partner), 0.0), used.get((mission_id, partner), 0.0)
            people[mission_id].append(self._prepare_person(partner, *days))
        for rows in people.values():
            rows.sort(key=lambda row: (-row["used"], -row["planned"], row["name"]))
        return people

    def _prepare_person(self, partner, planned, used):
        return {
            "name": partner.name or self.env._("Nobody named"),
            "staff": any(not user.share for user in partner.user_ids),
            "planned": planned,
            "used": used,
            "left": planned - used,
        }
