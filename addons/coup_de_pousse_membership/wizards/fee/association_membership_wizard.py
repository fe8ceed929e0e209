"""Prepares memberships: shows what each member would owe under a grid, and why some get none."""

from odoo import api, fields, models


class AssociationMembershipWizard(models.TransientModel):
    _name = "association.membership.wizard"
    _description = "Prepare Memberships"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", default=lambda self: self.env.company, required=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    member_ids = fields.Many2many("association.member", string="Members", check_company=True)
    grid_id = fields.Many2one(
        "association.fee.grid",
        required=True,
        domain="[('state', 'in', ('voted', 'used')), ('company_id', '=', company_id)]",
        default=lambda self: self._default_grid(),
        check_company=True,
    )
    date_from = fields.Date(
        string="Joining on",
        compute="_compute_date_from",
        store=True,
        readonly=False,
        required=True,
        help="Day from which new members, and those that had lapsed, are members. Current members go "
        "on from the grid's first day.",
    )
    line_ids = fields.One2many("association.membership.wizard.line", "wizard_id", compute="_compute_lines", store=True)
    ready_count = fields.Integer(compute="_compute_totals", string="Ready")
    refused_count = fields.Integer(compute="_compute_totals", string="Left aside")
    total = fields.Monetary(compute="_compute_totals")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") == "association.member":
            values["member_ids"] = [fields.Command.set(self.env.context.get("active_ids", []))]
        return values

    @api.model
    def _default_grid(self):
        """Propose the grid of today, else the latest one."""
        grids = self.env["association.fee.grid"].search(
            [("state", "in", ("voted", "used")), ("company_id", "=", self.env.company.id)],
            order="date_from desc",
        )
        today = fields.Date.context_today(self)
        return grids.filtered(lambda grid: grid.date_from <= today <= grid.date_to)[:1] or grids[:1]

    @api.depends("grid_id")
    def _compute_date_from(self):
        for wizard in self:
            wizard.date_from = wizard.grid_id._get_first_day()

    @api.depends("grid_id", "date_from", "member_ids")
    def _compute_lines(self):
        for wizard in self:
            commands = [fields.Command.clear()]
            if wizard.grid_id and wizard.date_from:
                ready, refused = wizard.grid_id._prepare_memberships(wizard.member_ids._origin, wizard.date_from)
                commands += [
                    fields.Command.create({"member_id": member.id, "explanation": reason, "refused": True})
                    for member, reason in refused.items()
                ]
                commands += [
                    fields.Command.create(
                        {"member_id": member.id, "amount": quote.total, "explanation": quote.sentence}
                    )
                    for member, quote in ready.items()
                ]
            wizard.line_ids = commands

    @api.depends("line_ids")
    def _compute_totals(self):
        for wizard in self:
            ready = wizard.line_ids.filtered(lambda line: not line.refused)
            wizard.ready_count = len(ready)
            wizard.refused_count = len(wizard.line_ids - ready)
            wizard.total = sum(ready.mapped("amount"))

    def action_confirm(self):
        self.ensure_one()
        memberships, _refused = self.grid_id._create_memberships(self.member_ids, self.date_from)
        if len(memberships) == 1:
            return memberships._get_records_action()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "coup_de_pousse_membership.action_association_membership"
        )
        return {**action, "domain": [("id", "in", memberships.ids)], "context": {}}


class AssociationMembershipWizardLine(models.TransientModel):
    _name = "association.membership.wizard.line"
    _description = "Prepared Membership"
    _inherit = ["association.dialog"]
    _order = "refused desc, id"

    wizard_id = fields.Many2one("association.membership.wizard", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="wizard_id.currency_id")
    member_id = fields.Many2one("association.member", required=True, ondelete="cascade")
    amount = fields.Monetary(string="Fee")
    refused = fields.Boolean()
    explanation = fields.Char(help="How the fee was found, or why there is none.")
