"""Bodies × functions: who does what, what nobody does, what several do."""

from odoo import api, models
from odoo.addons.coup_de_pousse_membership.calculation.common.functions_matrix import review
from odoo.addons.coup_de_pousse_membership.models.common.dated_records import on_day
from odoo.fields import Domain

from ..body.asked_day import read_day


class GovernanceMatrix(models.AbstractModel):
    _name = "governance.matrix"
    _description = "Bodies and Functions"

    @api.model
    @api.readonly
    def get_matrix(self, day=False):
        """Return the matrix of a day, by the rules that the bodies had then.

        :return: ``functions`` (id, name), ``rows`` (body, place, functions), ``gaps`` and ``duplicates`` as
            sentences.
        """
        day = read_day(self, day)
        found = self._search_bodies(day)
        rules = found._rules_at(day)
        functions = self.env["governance.function"].search(Domain.TRUE)
        rows = [self._prepare_row(body, rules[body]) for body in found]
        places = [(row["id"], row["place_key"], row["functions"]) for row in rows]
        gaps, duplicates = review(places, functions.ids)
        return {
            "day": day,
            "functions": [{"id": f.id, "name": f.name, "description": f.description} for f in functions],
            "rows": rows,
            "gaps": self._prepare_gaps(gaps, rows, functions),
            "duplicates": self._prepare_duplicates(duplicates, rows, functions),
        }

    @api.model
    def _search_bodies(self, day):
        bodies = self.env["governance.body"]
        bodies.check_access("read")
        return bodies.search([("company_id", "=", self.env.company.id), *on_day(day)])._in_tree_order()

    @api.model
    def _prepare_row(self, body, rules):
        levels = dict(body._fields["level"]._description_selection(self.env))
        kinds = dict(body._fields["kind"]._description_selection(self.env))
        place = levels[rules.level]
        if rules.territory_id:
            place = f"{place} – {rules.territory_id.display_name}"
        return {
            "id": body.id,
            "name": rules.name,
            "kind": kinds[rules.kind],
            "depth": max(0, body.parent_path.count("/") - 1),
            "place": place,
            "place_key": f"{rules.level}/{rules.territory_id.id or 0}",
            "functions": rules.function_ids.ids,
        }

    @api.model
    def _prepare_gaps(self, gaps, rows, functions):
        places = {row["place_key"]: row["place"] for row in rows}
        names = {function.id: function.name for function in functions}
        return [
            {"place": places[place], "functions": ", ".join(names[function] for function in missing)}
            for place, missing in gaps.items()
        ]

    @api.model
    def _prepare_duplicates(self, duplicates, rows, functions):
        places = {row["place_key"]: row["place"] for row in rows}
        bodies = {row["id"]: row["name"] for row in rows}
        names = {function.id: function.name for function in functions}
        return [
            {
                "place": places[place],
                "function": names[function],
                "function_id": function,
                "bodies": ", ".join(bodies[body] for body in who),
                "body_ids": who,
            }
            for (place, function), who in duplicates.items()
        ]
