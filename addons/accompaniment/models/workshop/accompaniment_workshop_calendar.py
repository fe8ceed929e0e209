"""The calendar follows the workshops; what is changed in the calendar changes no workshop."""

from odoo import api, fields, models

#: What the calendar shows of a workshop.
SHOWN = {"name", "start", "hours", "place", "track_id", "state", "mission_id", "aim"}


class AccompanimentWorkshop(models.Model):
    _inherit = "accompaniment.workshop"

    # Every internal user may change or delete any event: nothing here is read back from it.
    event_id = fields.Many2one("calendar.event", readonly=True, copy=False, ondelete="set null", index="btree_not_null")

    @api.model_create_multi
    def create(self, vals_list):
        workshops = super().create(vals_list)
        workshops._keep_calendar()
        return workshops

    def write(self, vals):
        res = super().write(vals)
        if SHOWN & vals.keys():
            self._keep_calendar()
        return res

    def unlink(self):
        events = self.sudo().event_id
        res = super().unlink()
        events.unlink()
        return res

    def _keep_calendar(self):
        """Bring the calendar's events to what the workshops say."""
        Event = self.env["calendar.event"].sudo().with_context(no_mail_to_attendees=True, dont_notify=True)
        missing = self.filtered(lambda workshop: workshop.state != "cancelled" and not workshop.sudo().event_id)
        events = Event.create([workshop._prepare_event() for workshop in missing])
        for workshop, event in zip(missing, events, strict=True):
            workshop.sudo().event_id = event
        for workshop in self - missing:
            event = workshop.sudo().event_id.with_env(Event.env)
            if workshop.state == "cancelled":
                event.unlink()
            elif event:
                event.write(workshop._prepare_event())

    def _prepare_event(self):
        self.ensure_one()
        mission = self.mission_id
        team = mission.referent_id | mission.adviser_ids
        track = self.track_id.name or (self.env._("common time") if mission.track_ids else "")
        return {
            "name": " – ".join(filter(None, [mission.partner_id.name, self.name, track])),
            "start": self.start,
            "stop": self.stop,
            "location": self.place or False,
            "description": self.aim or False,
            "user_id": mission.referent_id.id,
            "partner_ids": [fields.Command.set(team.partner_id.ids)],
        }
