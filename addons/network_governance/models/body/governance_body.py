from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.dated_records import show_day
from odoo.exceptions import UserError, ValidationError

DECLARED_KINDS = ("board", "bureau")
DECIDING_KINDS = ("assembly", "board", "bureau")


class GovernanceBody(models.Model):
    _name = "governance.body"
    _description = "Body"
    _inherit = ["governance.body.rules", "mail.thread", "mail.activity.mixin"]
    _parent_store = True
    _order = "sequence, name, id"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(tracking=True)
    parent_id = fields.Many2one(check_company=True, domain="[('company_id', '=', company_id)]")
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("governance.body", "parent_id", string="Bodies under it")
    function_ids = fields.Many2many(compute="_compute_function_ids", store=True, readonly=False, precompute=True)
    declared = fields.Boolean(compute="_compute_declared", store=True, readonly=False, precompute=True)
    date_from = fields.Date(string="Exists since", help="First day of the body; empty: since always.")
    date_to = fields.Date(string="Dissolved on", help="Last day of the body; empty: it exists.")
    in_force_since = fields.Date(
        string="Rules in force since",
        copy=False,
        help="When a rule changes, the former ones are kept until the day before. Give another day here if the "
        "change does not apply from today.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Followed by",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        help="Receives the reminders on terms, vacant seats and declarations.",
    )
    note = fields.Text(string="Notes")
    composition_ids = fields.One2many("governance.composition", "body_id", string="Composition", copy=True)
    seat_ids = fields.One2many("governance.seat", "body_id", string="Seats")
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
    )
    seat_count = fields.Integer(compute="_compute_seat_counts", string="Seats today")
    held_count = fields.Integer(compute="_compute_seat_counts", string="Seats held")
    vacant_count = fields.Integer(compute="_compute_seat_counts", string="Vacant seats")
    missing_count = fields.Integer(compute="_compute_seat_counts", string="Seats to create")
    mandate_count = fields.Integer(compute="_compute_mandate_count", string="Number of mandates")

    _dates_in_order = models.Constraint(
        "CHECK (date_from <= date_to)", "The body's last day comes before its first day."
    )

    @api.depends("kind")
    def _compute_function_ids(self):
        """Propose the decision to the bodies that usually take it; what is there stays."""
        deciding = self.env["governance.function"].search([("decides", "=", True)])
        for body in self:
            if not body.function_ids and body.kind in DECIDING_KINDS:
                body.function_ids = deciding
            else:
                body.function_ids = body.function_ids

    @api.depends("kind")
    def _compute_declared(self):
        for body in self:
            body.declared = body.kind in DECLARED_KINDS

    @api.depends("seat_ids.date_from", "seat_ids.date_to", "mandate_ids.last_day", "composition_ids.seats")
    def _compute_seat_counts(self):
        today = fields.Date.context_today(self)
        seats = self.env["governance.seat"].search_fetch(
            [("body_id", "in", self.ids), *self.env["governance.seat"]._on_day_domain(today)], ["body_id"]
        )
        held = seats._held_on(today)
        for body in self:
            own = seats.filtered(lambda seat, body=body: seat.body_id == body._origin)
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

    @api.depends("name", "territory_id")
    def _compute_display_name(self):
        for body in self:
            body.display_name = body.name or ""

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

    def _refuse_cycle(self, parent_id):
        """Refuse that a body stands under itself, ahead of the ORM, whose message names nobody."""
        parent = self.browse(parent_id or [])
        for body in self if parent else ():
            if f"/{body.id}/" in f"/{parent.parent_path}":
                raise ValidationError(
                    self.env._(
                        "“%(body)s” cannot stand under itself, nor under “%(parent)s”, which is under it. "
                        "Choose another body in “Under”.",
                        body=body.name,
                        parent=parent.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_history(self):
        kept = self.filtered(lambda body: body.mandate_ids or body.child_ids)
        if kept:
            raise UserError(
                self.env._(
                    "%(names)s: mandates or other bodies depend on it, and its past must be kept. "
                    "Give it a last day, or archive it.",
                    names=", ".join(kept[:5].mapped("name")),
                )
            )

    def write(self, vals):
        self._refuse_cycle(vals.get("parent_id"))
        return super().write(vals)

    # ---- seats ----

    def action_create_seats(self):
        """Make the seats that the composition foresees and that do not exist yet."""
        self.check_access("write")
        today = fields.Date.context_today(self)
        vals_list = [vals for body in self for vals in body._prepare_missing_seats(today)]
        self.env["governance.seat"].create(vals_list)
        return True

    def _prepare_missing_seats(self, today):
        self.ensure_one()
        seats = self.seat_ids.filtered(lambda seat: not seat.date_to or seat.date_to >= today)
        number = max(self.seat_ids.mapped("number"), default=0)
        vals_list = []
        for line in self.composition_ids:
            same = seats.filtered(lambda seat, line=line: seat.college_id == line.college_id)
            for _missing in range(line.seats - len(same)):
                number += 1
                vals_list.append({"body_id": self.id, "number": number, "college_id": line.college_id.id})
        return vals_list

    # ---- what the body opens ----

    def action_view_mandates(self):
        return self._open("action_governance_mandate", [("body_id", "in", self.ids)])

    def action_view_seats(self):
        return self._open("action_governance_seat", [("body_id", "in", self.ids)])

    def _open(self, name, domain):
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(f"network_governance.{name}")
        context = {"default_body_id": self.id if len(self) == 1 else False}
        return {**action, "domain": domain, "context": context}

    def action_seat_holders(self):
        """Open the wizard that seats people on the vacant seats."""
        self.ensure_one()
        self.check_access("write")
        wizard = self.env["governance.seating.wizard"].create({"body_id": self.id})
        return wizard._open()

    def action_draw_lots(self):
        """Open the draw that decides which third is renewed first."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "res_model": "governance.draw",
            "view_mode": "form",
            "context": {"default_body_id": self.id},
        }

    def action_representativeness(self):
        self.ensure_one()
        self.check_access("read")
        return self.env["governance.representativeness"]._open_screen(self)

    def _in_tree_order(self):
        """Return these bodies as a tree is read: each below the one it depends on, in the usual order."""
        keys = {str(body.id): (body.sequence, body.name or "", body.id) for body in self}
        return self.sorted(lambda body: [keys[part] for part in body.parent_path.split("/") if part in keys])
