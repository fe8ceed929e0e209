"""Territories, in a tree: regions, departments and what a network adds to them."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# INSEE's number for everything outside France: the code of the root "Abroad".
ABROAD_CODE = "99"

# What each kind may lie in; a kind without an entry stands at the top only.
PARENT_KINDS = {
    "region": {"area"},
    "collectivity": {"area"},
    "department": {"region"},
    "epci": {"region", "department", "collectivity"},
    "commune": {"region", "department", "collectivity", "epci"},
    "abroad": {"abroad"},
}


class AssociationTerritory(models.Model):
    """A place that a network counts its members by, in a tree.

    Metropolitan France and overseas, their regions, departments and collectivities come
    as data, so that a fee can depend on any of them with one choice; a network adds
    the groupings of communes (EPCI), communes and countries that it works with.
    """

    _name = "association.territory"
    _description = "Territory"
    _parent_store = True
    _order = "name, id"
    _rec_names_search = ["name", "code"]

    # A French proper noun: the same in every language of the interface.
    name = fields.Char(required=True)
    code = fields.Char(
        help="INSEE's code of the region, department or commune; the SIREN of an EPCI;"
        " abroad, the two letters of the country (ML for Mali).",
    )
    kind = fields.Selection(
        [
            ("area", "Part of the country"),
            ("region", "Region"),
            ("department", "Department"),
            ("collectivity", "Overseas collectivity"),
            ("epci", "Grouping of communes (EPCI)"),
            ("commune", "Commune"),
            ("abroad", "Abroad"),
        ],
        required=True,
        index=True,
    )
    parent_id = fields.Many2one(
        "association.territory",
        string="Lies in",
        ondelete="restrict",
        index=True,
    )
    parent_path = fields.Char(readonly=True, index=True)
    child_ids = fields.One2many("association.territory", "parent_id", string="Territories inside")
    active = fields.Boolean(default=True)

    _kind_code_unique = models.UniqueIndex(
        "(kind, code) WHERE code IS NOT NULL",
        "There is already a territory of this kind with this code (perhaps archived):"
        " use that one, or correct the code.",
    )

    @api.depends("name", "code", "kind")
    def _compute_display_name(self):
        """Show a department with its number, apart from the region of the same name: La Réunion (974).

        A region's code is left out, as it is another department's number.
        """
        for territory in self:
            name = territory.name or ""
            if territory.code and territory.kind in (
                "department",
                "collectivity",
                "commune",
            ):
                name = f"{name} ({territory.code})"
            territory.display_name = name

    @api.constrains("kind", "parent_id")
    def _check_parent_kind(self):
        """A department lies in a region, never the other way round.

        Children are checked too: changing a kind must not leave nonsense below.
        """
        for territory in self | self.child_ids:
            parent = territory.parent_id
            if parent and parent.kind not in PARENT_KINDS.get(territory.kind, ()):
                kinds = dict(self._fields["kind"]._description_selection(self.env))
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is of kind “%(kind)s” and cannot lie in"
                        " “%(parent)s”, of kind “%(parent_kind)s”. Choose a wider"
                        " territory, or none, in “Lies in”.",
                        name=territory.display_name,
                        kind=kinds[territory.kind],
                        parent=parent.display_name,
                        parent_kind=kinds[parent.kind],
                    )
                )

    # ---- look-ups, in batch ----

    @api.model
    def _find_by_code(self, codes):
        """Find active territories by their codes, in one query.

        Departments, collectivities and countries have codes of different shapes (and
        "Abroad" is 99, which no department is), so that the code alone tells them apart.

        :param codes: iterable of codes; None and False are skipped
        :return: dict from each code found to its territory
        """
        wanted = list({code for code in codes if code})
        if not wanted:
            return {}
        territories = self.with_context(active_test=True).search_fetch(
            [
                ("kind", "in", ("department", "collectivity", "abroad")),
                ("code", "in", wanted),
            ],
            ["code", "kind", "parent_path"],
        )
        return {territory.code: territory for territory in territories}

    def _with_all_above(self):
        """Return {territory: frozenset of the ids of itself and of all above it}."""
        return {
            territory: frozenset(int(part) for part in territory.parent_path.split("/") if part) for territory in self
        }

    def _is_inside(self, other):
        """Return whether this territory is ``other`` or lies in it; False for none.

        Reads ``parent_path`` alone: no query beyond the prefetch of ``self``.
        """
        return bool(self and other) and self.parent_path.startswith(other.parent_path)

    @api.model
    def _protect_data(self):
        """Let upgrades leave the delivered territories as users changed them.

        They come from a CSV file, which cannot say ``noupdate`` itself.
        """
        self.env["ir.model.data"].search(
            [
                ("module", "=", "coup_de_pousse_membership"),
                ("model", "=", self._name),
                ("noupdate", "=", False),
            ]
        ).noupdate = True

    # ---- what is written ----

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._normalise_code(vals) for vals in vals_list])

    def write(self, vals):
        self._refuse_cycle(vals.get("parent_id"))
        return super().write(self._normalise_code(vals))

    def _refuse_cycle(self, parent_id):
        """Refuse that a territory lies in itself, ahead of the ORM.

        Storing ``parent_path`` sees a cycle before any constraint does, and says only
        that there is one.

        :raises ValidationError: with the names concerned
        """
        parent = self.browse(parent_id or [])
        if self and any(parent._is_inside(territory) for territory in self):
            raise ValidationError(
                self.env._(
                    "%(names)s cannot lie in itself, nor in “%(parent)s”, which is inside"
                    " it. Choose another territory in “Lies in”.",
                    names=", ".join(f"“{name}”" for name in self.mapped("display_name")),
                    parent=parent.display_name,
                )
            )

    @api.model
    def _normalise_code(self, vals):
        """Return ``vals`` with the code as look-ups expect it: "2a " becomes "2A"."""
        if "code" not in vals:
            return vals
        return {**vals, "code": (vals["code"] or "").strip().upper() or False}
