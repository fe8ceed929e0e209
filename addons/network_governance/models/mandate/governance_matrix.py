"""Bodies × functions: who does what, what nobody does, what several do."""

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.dated_records import on_day
from odoo.exceptions import UserError

from ...calculation.body.functions_matrix import review


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
        day = self._read_day(day)
        found = self._search_bodies(day)
        rules = found._rules_at(day)
        functions = self.env["governance.function"].search([])
        rows = [self._prepare_row(body, rules[body]) for body in found]
        places = [(row["id"], row["place_key"], row["functions"]) for row in rows]
        gaps, duplicates = review(places, functions.ids)
        place_names = {row["place_key"]: row["place"] for row in rows}
        names = {function.id: function.name for function in functions}
        body_names = {row["id"]: row["name"] for row in rows}
        return {
            "day": day,
            "functions": [{"id": f.id, "name": f.name, "description": f.description} for f in functions],
            "rows": rows,
            "gaps": [
                {"place": place_names[place], "functions": ", ".join(names[f] for f in missing)}
                for place, missing in gaps.items()
            ],
            "duplicates": [
                {
                    "place": place_names[place],
                    "function": names[function],
                    "function_id": function,
                    "bodies": ", ".join(body_names[body] for body in who),
                    "body_ids": who,
                }
                for (place, function), who in duplicates.items()
            ],
        }

    @api.model
    def _search_bodies(self, day):
        bodies = self.env["governance.body"]
        bodies.check_access("read")
        return bodies.search(
            [
                ("company_id", "=", self.env.company.id),
                *on_day(day),
            ]
        )._in_tree_order()

    @api.model
    def _read_day(self, day):
        try:
            return fields.Date.to_date(day) or fields.Date.context_today(self)
        except ValueError:
            raise UserError(self.env._("“%s” is no day. Write it as 2026-01-31.", day))

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
