"""The draw by lot of the seats that are renewed first, and what it gives to the mandates."""

import secrets

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.dated_records import show_day
from odoo.addons.coup_de_pousse_membership.models.common.hold import hold
from odoo.exceptions import UserError

from ...calculation.mandate import lots


class GovernanceDraw(models.Model):
    """The draw that decides, in the first round, which third of a body is renewed first."""

    _name = "governance.draw"
    _description = "Draw by Lot"
    _inherit = ["association.part", "mail.thread"]
    _order = "drawn_on desc, id desc"

    body_id = fields.Many2one(
        "governance.body",
        required=True,
        ondelete="restrict",
        index=True,
        check_company=True,
        domain="[('renewal', '=', 'thirds')]",
    )
    company_id = fields.Many2one(related="body_id.company_id", store=True, index=True)
    drawn_on = fields.Date(string="Day of the draw", required=True, default=fields.Date.context_today)
    place = fields.Char(string="Drawn at", help="Meeting and witnesses, such as “Assembly of 12 June, two tellers”.")
    seed = fields.Char(
        readonly=True,
        copy=False,
        help="What the draw follows from: with it, anybody can draw again and find the same thirds.",
    )
    state = fields.Selection(
        [("draft", "Prepared"), ("recorded", "Recorded")], default="draft", required=True, readonly=True, tracking=True
    )
    line_ids = fields.One2many("governance.draw.line", "draw_id", string="Seats")

    @api.depends("body_id", "drawn_on")
    def _compute_display_name(self):
        for draw in self:
            draw.display_name = self.env._("Draw for %s", draw.body_id.name or "")

    # ---- drawing ----

    def action_draw(self):
        """Draw the thirds of the seats held that day."""
        self.check_access("write")
        hold(self)
        for draw in self:
            draw._check_draft()
            mandates = draw._get_mandates()
            draw._check_enough(mandates)
            seed = secrets.token_hex(8)
            groups = lots.draw(mandates.seat_id.ids, seed)
            lines = [draw._prepare_line(mandate, groups[mandate.seat_id.id]) for mandate in mandates]
            commands = [fields.Command.clear(), *map(fields.Command.create, lines)]
            draw._write_facts({"seed": seed, "line_ids": commands})
        return True

    def _check_enough(self, mandates):
        if len(mandates) < lots.GROUPS:
            raise UserError(
                self.env._(
                    "%(body)s: %(count)s seats are held on %(day)s. Three at least are needed to draw thirds: "
                    "seat the holders first.",
                    body=self.body_id.name,
                    count=len(mandates),
                    day=show_day(self.env, self.drawn_on),
                )
            )

    def _get_mandates(self):
        model = self.env["governance.mandate"]
        domain = [("body_id", "=", self.body_id.id), *model._titular_domain(self.drawn_on)]
        return model.search(domain, order="seat_id")

    def _prepare_line(self, mandate, third):
        return {
            "mandate_id": mandate.id,
            "seat_id": mandate.seat_id.id,
            "third": third,
            "former_term": mandate.term_date,
        }

    # ---- recording ----

    def action_record(self):
        """Give each mandate the term of its third, and freeze the draw."""
        self.check_access("write")
        hold(self)
        for draw in self:
            draw._check_draft()
            if not draw.line_ids:
                raise UserError(self.env._("Draw the lots first, or type in the thirds that were drawn."))
            for line in draw.line_ids:
                line._record()
        self._write_facts({"state": "recorded"})
        return True

    def _check_draft(self):
        if self.state != "draft":
            raise UserError(
                self.env._(
                    "The draw of %s is recorded: it cannot change any more. Make another one.",
                    show_day(self.env, self.drawn_on),
                )
            )

    def _redraw(self):
        """Return {seat id: third} as the recorded seed gives them, to check the draw."""
        self.ensure_one()
        return lots.draw(self.line_ids.seat_id.ids, self.seed)

    def write(self, vals):
        frozen = self.filtered(lambda draw: draw.state == "recorded")
        if frozen and {"body_id", "drawn_on", "seed", "line_ids", "state", "place"} & vals.keys():
            frozen[0]._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recorded(self):
        for draw in self:
            draw._check_draft()
