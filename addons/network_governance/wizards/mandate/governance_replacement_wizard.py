"""The dialog that gives a seat to somebody else before the term."""

from odoo import api, fields, models

from ...models.mandate.governance_mandate import DESIGNATIONS, END_REASONS


class GovernanceReplacementWizard(models.TransientModel):
    _name = "governance.replacement.wizard"
    _description = "Replace a Holder"
    _inherit = ["association.dialog"]
    _rec_name = "mandate_id"

    mandate_id = fields.Many2one("governance.mandate", required=True)
    seat_id = fields.Many2one(related="mandate_id.seat_id")
    term_date = fields.Date(related="mandate_id.term_date", string="Until the term of")
    day = fields.Date(string="From", required=True, default=fields.Date.context_today, help="First day of who follows.")
    reason = fields.Selection(END_REASONS, string="Why the holder leaves", required=True, default="resigned")
    designation = fields.Selection(DESIGNATIONS, required=True, default="co_opted")
    partner_id = fields.Many2one(
        "res.partner",
        string="Replaced by",
        required=True,
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('is_company', '=', False)]",
    )
    organisation_id = fields.Many2one(
        "res.partner",
        string="Speaks for",
        compute="_compute_organisation_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('is_company', '=', True), ('is_of_association', '=', True)]",
    )

    @api.depends("mandate_id", "day")
    def _compute_partner_id(self):
        """Propose the substitute of the seat."""
        for wizard in self:
            substitute = self.env["governance.mandate"].search(
                [
                    ("seat_id", "=", wizard.mandate_id.seat_id.id),
                    ("role", "=", "substitute"),
                    ("partner_id.active", "=", True),
                    *self.env["governance.mandate"]._on_day_domain(wizard.day or fields.Date.context_today(self)),
                ],
                limit=1,
            )
            wizard.partner_id = wizard.partner_id or substitute.partner_id

    @api.depends("partner_id", "mandate_id")
    def _compute_organisation_id(self):
        """The person's own structure, else that of the predecessor: it is the structure that was elected."""
        for wizard in self:
            parent = wizard.partner_id.parent_id
            wizard.organisation_id = parent if parent.is_company else wizard.mandate_id.organisation_id

    def action_confirm(self):
        self.ensure_one()
        self.mandate_id._replace(
            self.day,
            self.reason,
            {
                "partner_id": self.partner_id.id,
                "organisation_id": self.organisation_id.id,
                "designation": self.designation,
            },
        )
        return {"type": "ir.actions.act_window_close"}
