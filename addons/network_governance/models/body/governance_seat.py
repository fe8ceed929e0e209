"""The seats of a body: their college, their days, and the conditions that the statutes set."""

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.dated_records import on_day
from odoo.fields import Domain

from ...calculation.body.common_days import common_days


class GovernanceSeat(models.Model):
    _name = "governance.seat"
    _description = "Seat"
    _inherit = ["association.part", "association.dated"]
    _order = "body_id, number, id"
    _dated_by = "title"
    _rec_names_search = ["body_id", "title"]

    body_id = fields.Many2one("governance.body", required=True, ondelete="restrict", index=True, check_company=True)
    company_id = fields.Many2one(related="body_id.company_id", store=True, index=True)
    number = fields.Integer(default=1)
    title = fields.Char(help="What the seat is called, such as “State delegate”; empty: its number.")
    college_id = fields.Many2one("association.college", ondelete="restrict", index="btree_not_null", check_company=True)
    date_from = fields.Date(string="Exists since", help="Empty: as long as the body.")
    date_to = fields.Date(string="Abolished on", help="Last day of the seat; empty: it exists.")
    territory_id = fields.Many2one("association.territory", string="Reserved to the territory", ondelete="restrict")
    category_ids = fields.Many2many("association.category", string="Reserved to the categories", check_company=True)
    up_to_date = fields.Boolean(
        string="Up to date with the fee", help="Only a structure that is up to date with its fee may hold this seat."
    )

    @api.depends("number", "title", "college_id", "body_id")
    @api.depends_context("governance_in_body")
    def _compute_display_name(self):
        for seat in self:
            name = seat.title or self.env._("Seat %s", seat.number)
            if seat.college_id and not seat.title:
                name = f"{name} – {seat.college_id.name}"
            inside = self.env.context.get("governance_in_body")
            seat.display_name = name if inside else f"{seat.body_id.name or ''}, {name}"

    @api.model
    def _search_display_name(self, operator, value):
        """Find a seat by the words of its name: body, college, title or number, in any order."""
        if operator != "ilike" or not value:
            return super()._search_display_name(operator, value)
        label = self.env._("Seat %s", "").strip().lower()
        words = [word for word in value.replace(",", " ").lower().split() if word not in (label, "–")]
        return Domain.AND(
            Domain("body_id.name", "ilike", word)
            | Domain("college_id.name", "ilike", word)
            | Domain("title", "ilike", word)
            | Domain("number", "=", int(word) if word.isdecimal() else False)
            for word in words
        )

    @api.model
    def _on_day_domain(self, day):
        """Return the domain of the seats that exist on a day."""
        return on_day(day)

    def _exists_on(self, day):
        """Return whether the seat, and its body, exist on a day."""
        self.ensure_one()
        first, last = common_days(self.date_from, self.date_to, self.body_id.date_from, self.body_id.date_to)
        return (not first or first <= day) and (not last or last >= day)
