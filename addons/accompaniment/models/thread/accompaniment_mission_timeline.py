"""The months of a mission on one picture: its phases, its parallel tracks and their common times."""

from odoo import api, models
from odoo.tools.misc import format_date

from ...calculation.thread.timeline import Phase, Session, picture


class AccompanimentMission(models.Model):
    _inherit = "accompaniment.mission"

    @api.readonly
    def get_timeline(self):
        """Return the picture of the months: see :func:`picture`, with its words; empty without a date."""
        self.ensure_one()
        self.check_access("read")
        phases = self.phase_ids.filtered(lambda phase: phase.date_from and phase.date_to)
        workshops = self.workshop_ids.filtered(lambda workshop: workshop.state != "cancelled")
        drawing = picture(
            [Phase(phase.id, phase.date_from, phase.date_to) for phase in phases],
            self.track_ids.ids,
            [Session(workshop.id, workshop._get_day(), workshop.track_id.id or None) for workshop in workshops],
        )
        if not drawing:
            return {}
        for month in drawing["months"]:
            month["label"] = format_date(self.env, month.pop("day"), date_format="LLL yyyy") if month["named"] else ""
        for bar, phase in zip(drawing["bars"], phases, strict=True):
            bar["label"] = phase.name
        for row in drawing["rows"]:
            row["label"] = self.track_ids.browse(row["track"]).name or self.env._("Workshops")
        steps = list(dict.fromkeys(workshop.step or "" for workshop in workshops))
        for mark, workshop in zip(drawing["marks"], workshops, strict=True):
            mark.update(self._describe_mark(workshop, steps))
        return {**drawing, "steps": steps if any(steps) else [], "common": self.env._("Common time")}

    def _describe_mark(self, workshop, steps):
        where = workshop.track_id.name or (self.env._("Common time") if self.track_ids else "")
        return {
            "day": workshop._get_day().day,
            "step": steps.index(workshop.step or ""),
            "held": workshop.state == "held",
            "title": " – ".join(filter(None, [workshop.display_name, where, workshop.place])),
        }
