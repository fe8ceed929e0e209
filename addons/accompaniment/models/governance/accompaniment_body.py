"""Bodies of the network that a mission accompanies: as they are, and as the mission proposes them."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: What bodies are for, in the order in which people read it.
FUNCTIONS = ("decides", "facilitates", "plans", "implements")


class AccompanimentBody(models.Model):
    """A body of an organisation that is helped: it has no seats or mandates here, unlike the association's own."""

    _name = "accompaniment.body"
    _description = "Body of an Accompanied Network"
    _inherit = ["accompaniment.mission.part"]
    _order = "mission_id, moment desc, sequence, id"

    name = fields.Char(string="Body", required=True)
    moment = fields.Selection([("before", "Today"), ("after", "Proposed")], required=True, default="before")
    parent_id = fields.Many2one(
        "accompaniment.body",
        string="Under",
        ondelete="set null",
        domain="[('mission_id', '=', mission_id), ('moment', '=', moment)]",
        index="btree_not_null",
        check_company=True,
    )
    child_ids = fields.One2many("accompaniment.body", "parent_id")
    territory_id = fields.Many2one("association.territory", ondelete="restrict", index="btree_not_null")
    people = fields.Char(string="Who sits", help="For instance: 15 member organisations out of 150.")
    decides = fields.Boolean(string="Decision")
    facilitates = fields.Boolean(string="Facilitation")
    plans = fields.Boolean(string="Planning")
    implements = fields.Boolean(string="Implementation")

    @api.constrains("parent_id", "mission_id", "moment")
    def _check_parent(self):
        for body in self | self.child_ids:
            parent = body.parent_id
            if parent and (parent.mission_id, parent.moment) != (body.mission_id, body.moment):
                raise ValidationError(
                    self.env._(
                        "“%(body)s” stands under “%(parent)s”, which is not in the same drawing. "
                        "Choose a body of the same mission, today's or proposed as this one.",
                        body=body.name,
                        parent=parent.name,
                    )
                )
        if self._has_cycle():
            raise ValidationError(
                self.env._(
                    "%(bodies)s: a body cannot stand under itself, nor under one that is under it. "
                    "Choose another body in “Under”.",
                    bodies=", ".join(self.mapped("name")),
                )
            )

    def _get_functions(self):
        """Return the fields of what the body does."""
        self.ensure_one()
        return [name for name in FUNCTIONS if self[name]]

    def _get_lines(self):
        """Return what the body's box says in the picture."""
        self.ensure_one()
        words = [self._fields[name]._description_string(self.env) for name in self._get_functions()]
        return list(filter(None, [self.name, self.territory_id.name, ", ".join(words), self.people]))
