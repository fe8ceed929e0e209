from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.dated_records import on_day
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain


class GovernanceSeat(models.Model):
    _name = "governance.seat"
    _description = "Seat"
    _order = "body_id, number, id"
    _check_company_auto = True
    _rec_names_search = ["body_id", "title"]

    body_id = fields.Many2one("governance.body", required=True, ondelete="restrict", index=True, check_company=True)
    company_id = fields.Many2one(related="body_id.company_id", store=True, index=True)
    number = fields.Integer(default=1)
    title = fields.Char(help="What the seat is called, such as “State delegate”; empty: its number.")
    college_id = fields.Many2one("association.college", ondelete="restrict", index="btree_not_null")
    date_from = fields.Date(string="Exists since", help="Empty: as long as the body.")
    date_to = fields.Date(string="Abolished on", help="Last day of the seat; empty: it exists.")
    territory_id = fields.Many2one("association.territory", string="Reserved to the territory", ondelete="restrict")
    category_ids = fields.Many2many("association.category", string="Reserved to the categories")
    up_to_date = fields.Boolean(
        string="Up to date with the fee", help="Only a structure that is up to date with its fee may hold this seat."
    )
    third = fields.Integer(
        readonly=True, copy=False, help="Third of the body that is renewed with this seat, drawn by lot."
    )
    mandate_ids = fields.One2many("governance.mandate", "seat_id", string="Mandates")
    holder_id = fields.Many2one("governance.mandate", compute="_compute_holder", string="Held by")
    is_vacant = fields.Boolean(compute="_compute_holder", search="_search_is_vacant", string="Vacant")
    vacancy_reminded_on = fields.Date(readonly=True, copy=False)

    _dates_in_order = models.Constraint(
        "CHECK (date_from <= date_to)", "The seat's last day comes before its first day."
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

    @api.depends("mandate_ids.date_from", "mandate_ids.last_day", "mandate_ids.role")
    def _compute_holder(self):
        today = fields.Date.context_today(self)
        mandates = self.env["governance.mandate"].search(
            [
                ("seat_id", "in", self.ids),
                ("role", "=", "titular"),
                *self.env["governance.mandate"]._on_day_domain(today),
            ]
        )
        holder = {mandate.seat_id.id: mandate for mandate in mandates}
        for seat in self:
            seat.holder_id = holder.get(seat._origin.id, False)
            seat.is_vacant = not seat.holder_id and seat._exists_on(today)

    @api.model
    def _search_is_vacant(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        running = [("role", "=", "titular"), *self.env["governance.mandate"]._on_day_domain(today)]
        vacant = (
            Domain(self._on_day_domain(today))
            & Domain("body_id", "any", self._on_day_domain(today))
            & Domain("mandate_ids", "not any", running)
        )
        return vacant if True in value else ~vacant

    @api.model
    def _on_day_domain(self, day):
        """Return the domain of the seats that exist on a day."""
        return on_day(day)

    def _exists_on(self, day):
        self.ensure_one()
        first = max(filter(None, (self.date_from, self.body_id.date_from)), default=None)
        last = min(filter(None, (self.date_to, self.body_id.date_to)), default=None)
        return (not first or first <= day) and (not last or last >= day)

    def _held_on(self, day):
        """Return those of the seats that have a titular holder on a day, in one query."""
        groups = self.env["governance.mandate"]._read_group(
            [
                ("seat_id", "in", self.ids),
                ("role", "=", "titular"),
                *self.env["governance.mandate"]._on_day_domain(day),
            ],
            ["seat_id"],
        )
        return self.browse(seat.id for (seat,) in groups)

    @api.constrains("date_from", "date_to")
    def _check_mandates_inside(self):
        for seat in self.filtered(lambda seat: seat.date_from or seat.date_to):
            outside = seat.mandate_ids.filtered(lambda mandate, seat=seat: not mandate._is_inside(seat))
            if outside:
                raise ValidationError(
                    self.env._(
                        "%(seat)s: %(names)s would hold it outside its days. End these mandates first, or change the "
                        "days of the seat.",
                        seat=seat.display_name,
                        names=", ".join(outside[:5].mapped("partner_id.name")),
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_history(self):
        kept = self.filtered("mandate_ids")
        if kept:
            raise UserError(
                self.env._(
                    "%(names)s: somebody holds this seat or has held it, and that must be kept. "
                    "Give the seat a last day instead of deleting it.",
                    names=", ".join(kept[:5].mapped("display_name")),
                )
            )
