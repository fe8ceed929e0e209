"""Two pictures of a mission: its thread, from finding to effect, and its months with their sessions."""

import math

from odoo import api, models
from odoo.tools.misc import format_date

from ...calculation.thread import timeline
from ...calculation.thread.thread import PAPER, SCREEN, ThreadNode, picture

#: Model behind each column of the picture.
MODELS = {
    "finding": "accompaniment.finding",
    "workshop": "accompaniment.workshop",
    "action": "association.commitment",
    "effect": "accompaniment.effect",
}


class AccompanimentMission(models.Model):
    _inherit = "accompaniment.mission"

    # ---- the thread ----

    @api.readonly
    def get_thread(self):
        """Return the picture of the thread for the screen: see :func:`picture`, with its words.

        The number of queries does not depend on how many elements there are.
        """
        return self._draw_thread(SCREEN)

    def _get_thread_pages(self):
        """Return the picture of the thread for the report, and where each of its pages begins and how high it is."""
        thread = self._draw_thread(PAPER)
        tops = range(0, math.ceil(thread["height"]), PAPER.page)
        return {**thread, "pages": [(top, min(PAPER.page, thread["height"] - top)) for top in tops]}

    def _draw_thread(self, layout):
        self.ensure_one()
        self.check_access("read")
        drawing = picture(self._get_thread_nodes(), self._get_thread_links(), layout)
        problems = self._get_thread_problems()
        counts = {name: sum(box["problem"] == name for box in drawing["boxes"]) for name in problems}
        for box in drawing["boxes"]:
            box["model"] = MODELS[box["column"]]
            box["title"] = " – ".join(filter(None, [box["name"], problems.get(box["problem"])]))
        titles = self._get_thread_titles()
        for column in drawing["columns"]:
            column["title"] = titles[column["name"]]
        return {
            **drawing,
            "mission": self.name,
            "beneficiary": self.partner_id.name,
            "orphans": [
                {"name": name, "label": label, "count": counts[name]}
                for name, label in problems.items()
                if counts[name]
            ],
        }

    def _get_thread_titles(self):
        return {
            "finding": self.env._("Findings"),
            "workshop": self.env._("Workshops"),
            "action": self.env._("Actions"),
            "effect": self.env._("Effects"),
        }

    def _get_thread_problems(self):
        return {
            "no_action": self.env._("Finding without action"),
            "no_finding": self.env._("Action without finding"),
            "not_observed": self.env._("Effect never observed"),
            "no_cause": self.env._("Effect without action"),
        }

    def _get_thread_nodes(self):
        workshops = self.workshop_ids.filtered(lambda workshop: workshop.state != "cancelled")
        due = self._is_review_due()
        return [
            *(ThreadNode("finding", finding.id, finding.name) for finding in self.finding_ids),
            *(
                ThreadNode(
                    "workshop", workshop.id, " – ".join(filter(None, [workshop.display_name, workshop.track_id.name]))
                )
                for workshop in workshops
            ),
            *(ThreadNode("action", action.id, action.name) for action in self.commitment_ids),
            *(ThreadNode("effect", effect.id, effect.name, bool(effect.observed), due) for effect in self.effect_ids),
        ]

    def _get_thread_links(self):
        links = []
        for finding in self.finding_ids:
            links += [(("finding", finding.id), ("workshop", workshop.id)) for workshop in finding.workshop_ids]
        for action in self.commitment_ids:
            if action.workshop_id:
                links.append((("workshop", action.workshop_id.id), ("action", action.id)))
            seen_there = action.workshop_id.finding_ids
            links += [(("finding", finding.id), ("action", action.id)) for finding in action.finding_ids - seen_there]
        for effect in self.effect_ids:
            links += [(("action", action.id), ("effect", effect.id)) for action in effect.commitment_ids]
        return links

    def action_view_thread(self):
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "accompaniment.thread",
            "name": self.env._("Thread"),
            "context": {"active_id": self.id},
            "params": {"mission_id": self.id},
        }

    # ---- the months ----

    @api.readonly
    def get_timeline(self):
        """Return the picture of the months: see :func:`timeline.picture`, with its words; empty without a date."""
        self.ensure_one()
        self.check_access("read")
        phases = self.phase_ids.filtered(lambda phase: phase.date_from and phase.date_to)
        workshops = self.workshop_ids.filtered(lambda workshop: workshop.state != "cancelled")
        drawing = timeline.picture(
            [timeline.TimelinePhase(phase.id, phase.date_from, phase.date_to) for phase in phases],
            self.track_ids.ids,
            [
                timeline.TimelineSession(workshop.id, workshop._get_day(), workshop.track_id.id or None)
                for workshop in workshops
            ],
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
