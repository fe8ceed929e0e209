"""The dialog that seats many people at once."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.mandate.governance_mandate import DESIGNATIONS


class GovernanceSeatingWizard(models.TransientModel):
    """Seats people on the vacant seats of a body, all at once: what an assembly has elected."""

    _name = "governance.seating.wizard"
    _description = "Seat Holders"
    _inherit = ["association.dialog"]
    _rec_name = "body_id"

    body_id = fields.Many2one("governance.body", required=True)
    company_id = fields.Many2one(related="body_id.company_id")
    date_from = fields.Date(string="First day", required=True, default=fields.Date.context_today)
    designation = fields.Selection(DESIGNATIONS, required=True, default="elected")
    line_ids = fields.One2many(
        "governance.seating.wizard.line", "wizard_id", compute="_compute_line_ids", store=True, readonly=False
    )

    @api.depends("body_id", "date_from")
    def _compute_line_ids(self):
        """List the seats that are free from the first day on; what was typed in for them stays."""
        for wizard in self:
            seats = wizard.body_id._get_free_seats(wizard.date_from)
            listed = wizard.line_ids.seat_id
            wizard.line_ids = [
                *(fields.Command.unlink(line.id) for line in wizard.line_ids if line.seat_id not in seats),
                *(fields.Command.create({"seat_id": seat.id}) for seat in seats - listed),
            ]

    def _open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Seat holders: %s", self.body_id.name),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_confirm(self):
        """Make the mandates of the lines that name a person; the other seats stay vacant."""
        self.ensure_one()
        lines = self.line_ids.filtered("partner_id")
        if not lines:
            raise UserError(self.env._("Name at least one person: the seats without one stay vacant."))
        self.env["governance.mandate"].create(
            [
                {
                    "seat_id": line.seat_id.id,
                    "partner_id": line.partner_id.id,
                    "organisation_id": line.organisation_id.id,
                    "designation": self.designation,
                    "date_from": self.date_from,
                }
                for line in lines
            ]
        )
        return {"type": "ir.actions.act_window_close"}


class GovernanceSeatingWizardLine(models.TransientModel):
    _name = "governance.seating.wizard.line"
    _description = "Seat to Fill"
    _inherit = ["association.dialog"]
    _order = "seat_id"

    wizard_id = fields.Many2one("governance.seating.wizard", required=True, ondelete="cascade")
    seat_id = fields.Many2one("governance.seat", required=True, readonly=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", string="Person", domain="[('is_company', '=', False)]")
    organisation_id = fields.Many2one(
        "res.partner",
        string="Speaks for",
        compute="_compute_organisation_id",
        store=True,
        readonly=False,
        domain="[('is_company', '=', True), ('is_of_association', '=', True)]",
    )

    @api.depends("partner_id")
    def _compute_organisation_id(self):
        for line in self:
            parent = line.partner_id.parent_id
            line.organisation_id = parent if parent.is_company else line.organisation_id
