"""The dialogs that list the members without figures of a year, and take their figures."""

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import UserError

from ...calculation.register.figures import FIGURES
from ...calculation.register.membership_state import MEMBER_STATE_OF, OPEN
from ...models.common.optional_number import OptionalFloat, OptionalInteger, OptionalMonetary
from ...models.register.association_annual_figures import FIRST_YEAR, LAST_YEAR


class AssociationFiguresWizard(models.TransientModel):
    _name = "association.figures.wizard"
    _description = "Figures Missing"

    year = fields.Integer(
        string="Year of the figures",
        required=True,
        default=lambda self: (
            self.env.context.get("association_figures_year") or fields.Date.context_today(self).year - 1
        ),
    )
    line_ids = fields.One2many("association.figures.line", "wizard_id")
    missing_count = fields.Integer(compute="_compute_missing_count", string="Without figures")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") == "association.member" and "line_ids" in fields_list:
            members = self.env["association.member"].browse(self.env.context.get("active_ids", []))
            values["line_ids"] = [fields.Command.create({"member_id": member.id}) for member in members]
        return values

    @api.depends("year")
    def _compute_missing_count(self):
        for wizard in self:
            wizard.missing_count = self.env["association.member"].search_count(wizard._get_missing_domain())

    def _get_missing_domain(self):
        """Return the members without figures for the year, and those who were members a year ago."""
        recently = fields.Date.context_today(self) - relativedelta(years=1)
        return [
            ("company_id", "=", self.env.company.id),
            "|",
            ("state", "in", [MEMBER_STATE_OF[state] for state in OPEN]),
            "&",
            ("state", "=", "former"),
            ("membership_ids", "any", [("last_day", ">=", recently)]),
            ("partner_id.annual_figures_ids", "not any", [("year", "=", self.year)]),
        ]

    def action_show(self):
        """Open the list of those who have not declared the year."""
        self.ensure_one()
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise UserError(self.env._("Write the year with four digits, such as 2025: %s is none.", self.year))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "coup_de_pousse_membership.action_association_figures_missing"
        )
        title = self.env._("Figures of %s missing", self.year)
        return {
            **action,
            "name": title,
            "display_name": title,
            "domain": self._get_missing_domain(),
            "context": {"association_figures_year": self.year},
        }

    def action_save(self):
        """Write the figures of the lines that have one; the others stay missing."""
        self.ensure_one()
        known = self.line_ids.filtered(lambda line: any(line[name] is not False for name in FIGURES))
        if not known:
            raise UserError(self.env._("No figure was entered. A figure that is zero is entered as 0."))
        self.env["association.annual.figures"].create(
            [
                {
                    "partner_id": line.member_id.partner_id.id,
                    "year": self.year,
                    "source": line.source,
                    "declared_on": line.declared_on,
                    "currency_id": line.currency_id.id,
                    **{name: line[name] for name in FIGURES if line[name] is not False},
                }
                for line in known
            ]
        )
        return {"type": "ir.actions.act_window_close"}


class AssociationFiguresLine(models.TransientModel):
    _name = "association.figures.line"
    _description = "Figures to Enter"
    _inherit = ["association.dialog"]

    wizard_id = fields.Many2one("association.figures.wizard", required=True, ondelete="cascade")
    member_id = fields.Many2one("association.member", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="member_id.currency_id")
    budget = OptionalMonetary()
    turnover = OptionalMonetary()
    employees = OptionalFloat(string="Employees (FTE)", digits=(12, 2))
    volunteers = OptionalInteger()
    members = OptionalInteger(string="Members of the organisation")
    sites = OptionalInteger(string="Number of sites")
    inhabitants = OptionalInteger()
    source = fields.Selection(
        lambda self: self.env["association.annual.figures"]._fields["source"]._description_selection(self.env),
        required=True,
        default="declared",
    )
    declared_on = fields.Date(string="Received on", default=fields.Date.context_today, required=True)
