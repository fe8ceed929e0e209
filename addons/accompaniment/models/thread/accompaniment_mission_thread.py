"""The thread of a mission on one screen, for a board and for the final report."""

import math

from odoo import api, models

from ...calculation.thread.thread import PAPER, SCREEN, Node, picture

#: Model behind each column of the picture.
MODELS = {
    "finding": "accompaniment.finding",
    "workshop": "accompaniment.workshop",
    "action": "association.commitment",
    "effect": "accompaniment.effect",
}


class AccompanimentMission(models.Model):
    _inherit = "accompaniment.mission"

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
        return [
            *(Node("finding", finding.id, finding.name) for finding in self.finding_ids),
            *(
                Node("workshop", workshop.id, " – ".join(filter(None, [workshop.display_name, workshop.track_id.name])))
                for workshop in workshops
            ),
            *(Node("action", action.id, action.name) for action in self.commitment_ids),
            *(Node("effect", effect.id, effect.name, bool(effect.observed)) for effect in self.effect_ids),
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
