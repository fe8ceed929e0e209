"""Who sits on a body: its mandates, its offices, and how many of its seats are held."""

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.dated_records import show_day
from odoo.exceptions import ValidationError


class GovernanceBody(models.Model):
    _inherit = "governance.body"

    mandate_ids = fields.One2many("governance.mandate", "body_id", string="Mandates")
    office_ids = fields.One2many("governance.office", "body_id", string="Offices")
    draw_ids = fields.One2many("governance.draw", "body_id", string="Draws")
    incompatible_ids = fields.Many2many(
        "governance.body",
        "governance_body_incompatible_rel",
        "body_id",
        "other_id",
        string="Incompatible with",
        check_company=True,
        help="Who sits here should not sit there: such mandates are pointed out, not refused.",
    )
    incompatible_back_ids = fields.Many2many(
        "governance.body",
        "governance_body_incompatible_rel",
        "other_id",
        "body_id",
        string="Said incompatible by",
        readonly=True,
        check_company=True,
    )
    seat_count = fields.Integer(compute="_compute_seat_counts", string="Seats today")
    held_count = fields.Integer(compute="_compute_seat_counts", string="Seats held")
    vacant_count = fields.Integer(compute="_compute_seat_counts", string="Vacant seats")
    missing_count = fields.Integer(compute="_compute_seat_counts", string="Seats to create")
    mandate_count = fields.Integer(compute="_compute_mandate_count", string="Number of mandates")

    @api.depends("seat_ids.date_from", "seat_ids.date_to", "mandate_ids.last_day", "composition_ids.seats")
    def _compute_seat_counts(self):
        today = fields.Date.context_today(self)
        seats = self.env["governance.seat"].search_fetch(
            [("body_id", "in", self.ids), *self.env["governance.seat"]._on_day_domain(today)], ["body_id"]
        )
        held, seats_of = seats._held_on(today), seats.grouped("body_id")
        for body in self:
            own = seats_of.get(body._origin, seats.browse())
            body.seat_count = len(own)
            body.held_count = len(own & held)
            body.vacant_count = body.seat_count - body.held_count
            body.missing_count = len(body._prepare_missing_seats(today))

    def _compute_mandate_count(self):
        counts = dict(
            self.env["governance.mandate"]._read_group([("body_id", "in", self.ids)], ["body_id"], ["__count"])
        )
        for body in self:
            body.mandate_count = counts.get(body._origin, 0)

    def _follow_officers(self):
        """Do what has to be done when those who sit, or hold an office, change."""

    # ---- what is refused ----

    @api.constrains("date_from", "date_to")
    def _check_mandates_inside(self):
        for body in self.filtered(lambda body: body.date_from or body.date_to):
            outside = body.mandate_ids.filtered(lambda mandate, body=body: not mandate._is_inside(body))
            if outside:
                raise ValidationError(
                    self.env._(
                        "%(body)s cannot exist from %(first)s to %(last)s only: %(names)s would sit outside these "
                        "days. End these mandates first, or change the days of the body.",
                        body=body.name,
                        first=show_day(self.env, body.date_from),
                        last=show_day(self.env, body.date_to),
                        names=", ".join(outside[:5].mapped("partner_id.name")),
                    )
                )

    def _has_history(self):
        return super()._has_history() or bool(self.mandate_ids)

    # ---- what the body opens ----

    def action_view_mandates(self):
        return self._open("action_governance_mandate", [("body_id", "in", self.ids)])

    def action_seat_holders(self):
        """Open the wizard that seats people on the vacant seats."""
        self.ensure_one()
        self.check_access("write")
        wizard = self.env["governance.seating.wizard"].create({"body_id": self.id})
        return wizard._open()

    def _get_free_seats(self, day):
        """Return the seats with no holder on a day, or whose holder only stays for want of a successor."""
        seats = self.env["governance.seat"]
        if not (self and day):
            return seats
        seats = seats.search([("body_id", "in", self.ids), *seats._on_day_domain(day)])
        mandates = self.env["governance.mandate"].search(
            [
                ("seat_id", "in", seats.ids),
                ("role", "=", "titular"),
                "|",
                ("last_day", "=", False),
                ("last_day", ">=", day),
            ]
        )
        lasting = mandates.filtered(
            lambda mandate: mandate.last_day or not mandate.term_date or mandate.term_date >= day
        )
        return seats - lasting.seat_id

    def action_draw_lots(self):
        """Open the draw that decides which third is renewed first."""
        self.ensure_one()
        self.check_access("write")
        return self.env["governance.draw"]._get_records_action(context={"default_body_id": self.id})
