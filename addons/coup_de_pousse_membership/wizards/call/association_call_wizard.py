"""Issues the calls for selected memberships, and says why some cannot be called."""

from odoo import api, fields, models


class AssociationCallWizard(models.TransientModel):
    _name = "association.call.wizard"
    _description = "Issue Calls for Fees"
    _check_company_auto = True

    membership_ids = fields.Many2many("association.membership", string="Memberships to call", check_company=True)
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    invoice_date = fields.Date(string="Date of the calls", default=fields.Date.context_today, required=True)
    due_date = fields.Date(
        string="To be paid by",
        compute="_compute_due_date",
        store=True,
        readonly=False,
        help="Empty: the payment term of the settings.",
    )
    account_missing = fields.Boolean(related="company_id.membership_account_missing")
    total = fields.Monetary(compute="_compute_totals")
    callable_count = fields.Integer(compute="_compute_totals", string="Memberships called")
    refused_text = fields.Text(
        compute="_compute_totals",
        string="Left aside",
        help="Selected memberships that cannot be called, and why.",
    )

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") == "association.membership":
            values["membership_ids"] = [fields.Command.set(self.env.context.get("active_ids", []))]
        return values

    @api.depends("company_id", "invoice_date")
    def _compute_due_date(self):
        for wizard in self:
            wizard.due_date = wizard.company_id._get_call_due_date(wizard.invoice_date)

    @api.depends("membership_ids")
    def _compute_totals(self):
        for wizard in self:
            # Selected records, not their copies in the form: what is in the database counts.
            selected = wizard.membership_ids._origin
            reasons = selected._why_not_callable()
            accepted = selected._without_reason(reasons)
            wizard.total = sum(accepted.mapped("total"))
            wizard.callable_count = len(accepted)
            wizard.refused_text = "\n".join(selected._reason_lines(reasons))

    def action_confirm(self):
        self.ensure_one()
        accepted = self.membership_ids._without_reason(self.membership_ids._why_not_callable())
        memberships = accepted or self.membership_ids  # which says why none can be called
        memberships._issue_calls(self.invoice_date, self.due_date)
        return memberships.action_view_invoices()
