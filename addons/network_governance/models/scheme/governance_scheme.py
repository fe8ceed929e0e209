"""The scheme of a day: which bodies there were, by which rules, and who sat."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.calculation.common.tree_picture import draw_tree
from odoo.addons.coup_de_pousse_membership.models.common.dated_records import on_day
from odoo.tools import format_date


class GovernanceScheme(models.TransientModel):
    """The bodies as they stood on a day: their rules, their seats and who held them."""

    _name = "governance.scheme"
    _description = "Scheme on a Day"
    _rec_name = "day"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    day = fields.Date(required=True, default=lambda self: self._default_day())
    line_ids = fields.One2many("governance.scheme.line", "scheme_id")

    @api.model
    def _default_day(self):
        return fields.Date.subtract(fields.Date.context_today(self), years=1)

    def action_show(self):
        self.ensure_one()
        self._fill()
        action = self.env["ir.actions.act_window"]._for_xml_id("network_governance.action_governance_scheme_line")
        title = self._get_title()
        return {**action, "name": title, "display_name": title, "domain": [("scheme_id", "=", self.id)]}

    def action_print(self):
        """Print the tree of the bodies of the day, whole, on one page."""
        self.ensure_one()
        self._fill()
        return self.env.ref("network_governance.report_scheme").report_action(self, config=False)

    def _get_tree(self):
        """Return the :class:`TreePicture` of the lines."""
        kinds = dict(self.env["governance.scheme.line"]._fields["kind"]._description_selection(self.env))
        nodes = []
        for line in self.line_ids:
            seats = self.env._("%(held)s of %(seats)s seats held", held=line.held_count, seats=line.seat_count)
            kind = kinds.get(line.kind, "")
            told = [line.name, kind if kind != line.name else "", seats if line.seat_count else ""]
            nodes.append((line.id, line.parent_id.id or None, list(filter(None, told))))
        return draw_tree(nodes)

    def _get_title(self):
        return self.env._("Scheme on %s", format_date(self.env, self.day, date_format="d MMMM y"))

    def _fill(self):
        self.line_ids.unlink()
        bodies = self._get_bodies()
        rules = bodies._rules_at(self.day)
        seats, holders = self._get_seats(bodies), self._get_holders(bodies)
        lines = self.env["governance.scheme.line"].create(
            [self._prepare_line(body, rules[body], len(seats.get(body, ())), holders[body]) for body in bodies]
        )
        of_body = {line.body_id: line for line in lines}
        for line in lines:
            line.parent_id = of_body.get(rules[line.body_id].parent_id, False)

    def _get_bodies(self):
        bodies = self.env["governance.body"].with_context(active_test=False)
        return bodies.search([("company_id", "=", self.company_id.id), *on_day(self.day)])._in_tree_order()

    def _get_seats(self, bodies):
        """Return {body: its seats of the day}."""
        domain = [("body_id", "in", bodies.ids), *self.env["governance.seat"]._on_day_domain(self.day)]
        return self.env["governance.seat"].search(domain).grouped("body_id")

    def _get_holders(self, bodies):
        """Return {body: who held a seat that day, for whom, with the offices}."""
        model = self.env["governance.mandate"].with_context(governance_in_body=True)
        holders = defaultdict(list)
        for mandate in model.search([("body_id", "in", bodies.ids), *model._titular_domain(self.day)]):
            labels = [office._get_label() for office in mandate.office_ids._filtered_on_day(self.day)]
            holders[mandate.body_id].append(", ".join([mandate.display_name, *labels]))
        return holders

    def _prepare_line(self, body, rules, seat_count, holders):
        return {
            "scheme_id": self.id,
            "body_id": body.id,
            "name": rules.name,
            "kind": rules.kind,
            "level": rules.level,
            "territory_id": rules.territory_id.id,
            "function_names": ", ".join(rules.function_ids.mapped("name")),
            "composition_text": self._get_composition(rules),
            "term_months": rules.term_months,
            "renewal": rules.renewal,
            "seat_count": seat_count,
            "held_count": len(holders),
            "holder_names": "\n".join(holders),
        }

    def _get_composition(self, rules):
        if rules._name == "governance.body.version":
            return rules.composition_text
        return ", ".join(rules.composition_ids.mapped("display_name"))
