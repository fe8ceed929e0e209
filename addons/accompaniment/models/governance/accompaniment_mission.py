"""The governance of an accompanied network, drawn: its bodies, what each does, what nobody does or several do."""

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.calculation.common.functions_matrix import review
from odoo.addons.coup_de_pousse_membership.calculation.common.tree_picture import draw_tree
from odoo.addons.coup_de_pousse_membership.models.common.hold import hold
from odoo.exceptions import UserError

from .accompaniment_body import FUNCTIONS


class AccompanimentMission(models.Model):
    _inherit = "accompaniment.mission"

    body_before_ids = fields.One2many(
        "accompaniment.body", "mission_id", string="Bodies today", domain=[("moment", "=", "before")]
    )
    body_after_ids = fields.One2many(
        "accompaniment.body", "mission_id", string="Bodies proposed", domain=[("moment", "=", "after")]
    )
    governance_html = fields.Html(
        string="Drawing of the governance", compute="_compute_governance_html", sanitize=False
    )

    @api.depends(
        *(
            f"{bodies}.{name}"
            for bodies in ("body_before_ids", "body_after_ids")
            for name in ("name", "parent_id", "territory_id", "people", "sequence", *FUNCTIONS)
        )
    )
    def _compute_governance_html(self):
        for mission in self:
            drawings = mission._get_governance()
            mission.governance_html = drawings and self.env["ir.qweb"]._render(
                "accompaniment.governance_drawings", {"drawings": drawings, "width": 800, "with_table": False}
            )

    def _get_governance(self):
        """Return the drawings of the bodies of today and of those proposed, where there are any.

        :return: a list of ``title``, ``tree`` (:class:`TreePicture`), ``functions`` (their names), ``rows`` (name,
            depth, whether it has each function), ``gaps`` and ``duplicates`` as sentences.
        """
        self.ensure_one()
        return [
            {"title": self._fields[name]._description_string(self.env), **self._draw(self[name])}
            for name in ("body_before_ids", "body_after_ids")
            if self[name]
        ]

    def _draw(self, bodies):
        names = {name: bodies._fields[name]._description_string(self.env) for name in FUNCTIONS}
        below = {}
        for body in bodies:
            below.setdefault(body.parent_id._origin if body.parent_id._origin in bodies._origin else None, []).append(
                body
            )
        nodes, rows = [], []

        def add(above, depth):
            for body in below.get(above and above._origin, ()):
                nodes.append((body, above, body._get_lines()))
                rows.append((body.name, depth, [body[name] for name in FUNCTIONS]))
                add(body, depth + 1)

        add(None, 0)
        gaps, duplicates = review(
            [(body.name, body.territory_id.name or "", body._get_functions()) for body in bodies], FUNCTIONS
        )
        return {
            "tree": draw_tree(nodes),
            "functions": list(names.values()),
            "rows": rows,
            "gaps": [self._say(", ".join(names[name] for name in missing), place) for place, missing in gaps.items()],
            "duplicates": [
                self._say(self.env._("%(function)s: %(bodies)s", function=names[name], bodies=", ".join(who)), place)
                for (place, name), who in duplicates.items()
            ],
        }

    def _say(self, what, place):
        return self.env._("%(what)s (%(place)s)", what=what, place=place) if place else what

    def action_propose_bodies(self):
        """Begin what is proposed as what there is today."""
        self.ensure_one()
        self.check_access("write")
        hold(self)
        if self.body_after_ids:
            raise UserError(self.env._("Bodies are proposed already. Delete them first to begin again from today's."))
        copies = {}
        layer = self.body_before_ids.filtered(lambda body: not body.parent_id)
        while layer:
            proposed = self.env["accompaniment.body"].create(
                [
                    {**vals, "moment": "after", "parent_id": copies.get(body.parent_id, body.parent_id).id}
                    for body, vals in zip(layer, layer.copy_data(), strict=True)
                ]
            )
            copies.update(zip(layer, proposed, strict=True))
            layer = layer.child_ids.sorted()
        return True
