"""What keeps a member from being called is entered in one dialog, and written where it belongs."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.campaign.association_campaign_line import FIXED_BY
from ...models.common.optional_number import OptionalFloat, OptionalMonetary


class AssociationCampaignMendWizard(models.TransientModel):
    """The one piece that keeps a member from being called: entered here, written where it belongs."""

    _name = "association.campaign.mend.wizard"
    _description = "What Keeps a Member from Being Called"
    _inherit = ["association.dialog"]

    line_id = fields.Many2one("association.campaign.line", required=True, readonly=True)
    line_ids = fields.Many2many(
        "association.campaign.line",
        "association_campaign_mend_line_rel",
        string="Recipients mended together",
        readonly=True,
    )
    currency_id = fields.Many2one(related="line_id.currency_id")
    problem = fields.Selection(related="line_id.problem")
    campaign_state = fields.Selection(related="line_id.campaign_state")
    reason = fields.Char(related="line_id.reason")
    basis = fields.Selection(related="line_id.basis", string="Figure asked for")
    figures_year = fields.Integer(related="line_id.campaign_id.grid_id.figures_year", string="Year")
    category_id = fields.Many2one("association.category")
    figure = OptionalFloat(string="Figure", digits=(16, 2))
    founded_on = fields.Date(string="Founded on")
    territory_id = fields.Many2one("association.territory")
    chosen_amount = OptionalMonetary(string="Amount chosen")
    email = fields.Char(string="E-mail")
    street = fields.Char()
    zip = fields.Char(string="Postcode")
    city = fields.Char()

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        line = self.env["association.campaign.line"].browse(values.get("line_id"))
        values["chosen_amount"] = line.member_id.chosen_amount
        values.update({name: line.payer_id[name] for name in ("street", "zip", "city")})
        return values

    def action_confirm(self):
        """Write what was entered, and check the line again; once launched, go on from the member's file."""
        self.ensure_one()
        line = self.line_id
        lines = line | self.line_ids.filtered(lambda other: other.problem == "category_missing" == line.problem)
        lines.check_access("write")
        if line.problem in FIXED_BY:
            self._check_entered()
            self._write_missing(lines)
        if line.campaign_state != "draft":
            return line.member_id._get_records_action(context={})
        lines.action_preview_again()
        return {"type": "ir.actions.act_window_close"}

    def _check_entered(self):
        """Raise a UserError if nothing was entered."""
        name = FIXED_BY[self.problem]
        if self.problem == "no_address":
            complete = bool(self.email or (self.street and self.city))
        elif name in ("figure", "chosen_amount"):
            complete = self[name] is not False
        else:
            complete = bool(self[name])
        if not complete:
            raise UserError(self.env._("Nothing is entered: fill in what is missing, or discard."))

    def _write_missing(self, lines):
        """Write what was entered, for all these recipients where it is a category."""
        member, partner = lines.member_id, lines.partner_id
        if self.problem == "figure_missing":
            self._write_figure(partner)
        elif self.problem in ("category_missing", "chosen_amount"):
            name = FIXED_BY[self.problem]
            member.write({name: self[name].id if name == "category_id" else self[name]})
        elif self.problem in ("founded_missing", "territory_missing"):
            name = FIXED_BY[self.problem]
            partner.write({name: self.founded_on if name == "founded_on" else self.territory_id.id})
        elif self.problem == "no_address":
            lines.payer_id.write({name: self[name] for name in ("email", "street", "zip", "city") if self[name]})

    def _write_figure(self, partner):
        figures = self.env["association.annual.figures"]
        known = figures.search([("partner_id", "=", partner.id), ("year", "=", self.figures_year)], limit=1)
        if known:
            known.write({self.basis: self.figure})
        else:
            figures.create({"partner_id": partner.id, "year": self.figures_year, self.basis: self.figure})
