"""The dialog that records that members leave, and shows what becomes of their memberships and calls."""

from odoo import api, fields, models

from ...models.departure.association_member import DUES, TREASURER
from ...models.register.association_member import END_REASONS


class AssociationDepartureWizard(models.TransientModel):
    _name = "association.departure.wizard"
    _description = "Record a Departure"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", default=lambda self: self.env.company, required=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    member_ids = fields.Many2many("association.member", string="Members", check_company=True)
    left_on = fields.Date(string="Last day as a member", default=fields.Date.context_today, required=True)
    reason = fields.Selection(END_REASONS, default="resigned", required=True)
    decided_by = fields.Char(
        string="Decided by", help="Body that decided it or took note of it, such as “Board of 12 March 2026”."
    )
    note = fields.Text()
    dues = fields.Selection(DUES, string="Unpaid calls", default="upcoming", required=True)
    given_up_ids = fields.Many2many(
        "association.membership", compute="_compute_given_up_ids", string="Memberships given up"
    )
    amount_due = fields.Monetary(compute="_compute_amount_due", string="Open calls")
    can_credit = fields.Boolean(compute="_compute_can_credit")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") == "association.member":
            values["member_ids"] = [fields.Command.set(self.env.context.get("active_ids", []))]
        return values

    @api.depends("member_ids", "left_on")
    def _compute_given_up_ids(self):
        for wizard in self:
            members = wizard.member_ids._origin if wizard.left_on else self.env["association.member"]
            wizard.given_up_ids = members._get_given_up(wizard.left_on)

    @api.depends("member_ids")
    def _compute_amount_due(self):
        for wizard in self:
            wizard.amount_due = sum(wizard.member_ids._origin.membership_ids.mapped("amount_due"))

    def _compute_can_credit(self):
        self.can_credit = self.env.user.has_group(TREASURER)

    def action_confirm(self):
        self.ensure_one()
        self.member_ids._record_departure(self.left_on, self.reason, self.decided_by, self.note, self.dues)
        return {"type": "ir.actions.act_window_close"}
