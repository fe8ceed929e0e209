"""Who holds a seat, and whether it is vacant."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain


class GovernanceSeat(models.Model):
    _inherit = "governance.seat"

    third = fields.Integer(
        readonly=True, copy=False, help="Third of the body that is renewed with this seat, drawn by lot."
    )
    mandate_ids = fields.One2many("governance.mandate", "seat_id", string="Mandates")
    holder_id = fields.Many2one("governance.mandate", compute="_compute_holder", string="Held by")
    holder_warning = fields.Text(compute="_compute_holder_warning", string="To look at")
    is_vacant = fields.Boolean(compute="_compute_holder", search="_search_is_vacant", string="Vacant")

    @api.depends("mandate_ids.date_from", "mandate_ids.last_day", "mandate_ids.role")
    def _compute_holder(self):
        today = fields.Date.context_today(self)
        mandates = self.env["governance.mandate"].search(
            [("seat_id", "in", self.ids), *self.env["governance.mandate"]._titular_domain(today)]
        )
        holder = {mandate.seat_id.id: mandate for mandate in mandates}
        for seat in self:
            seat.holder_id = holder.get(seat._origin.id, False)
            seat.is_vacant = not seat.holder_id and seat._exists_on(today)

    def _compute_holder_warning(self):
        for seat in self:
            seat.holder_warning = seat.holder_id.warning

    @api.model
    def _search_is_vacant(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        vacant = (
            Domain(self._on_day_domain(today))
            & Domain("body_id", "any", self._on_day_domain(today))
            & Domain("mandate_ids", "not any", self.env["governance.mandate"]._titular_domain(today))
        )
        return vacant if True in value else ~vacant

    def _held_on(self, day):
        """Return those of the seats that have a titular holder on a day, in one query."""
        groups = self.env["governance.mandate"]._read_group(
            [("seat_id", "in", self.ids), *self.env["governance.mandate"]._titular_domain(day)], ["seat_id"]
        )
        return self.browse(seat.id for (seat,) in groups)

    # ---- what is refused ----

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
