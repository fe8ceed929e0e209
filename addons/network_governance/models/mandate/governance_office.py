"""The offices of a body: president, treasurer, secretary… apart from the seats."""

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.dated_records import show_day
from odoo.exceptions import ValidationError

OFFICES = [
    ("president", "President"),
    ("vice_president", "Vice-president"),
    ("treasurer", "Treasurer"),
    ("deputy_treasurer", "Deputy treasurer"),
    ("secretary", "Secretary"),
    ("deputy_secretary", "Deputy secretary"),
    ("other", "Other"),
]


class GovernanceOffice(models.Model):
    """President, treasurer, secretary…: held by somebody who sits, apart from the seat."""

    _name = "governance.office"
    _description = "Office"
    _inherit = ["association.part", "association.dated", "governance.officer.mixin"]
    _order = "body_id, sequence, date_from desc, id"
    _dated_by = "mandate_id"
    _officer_fields = frozenset(("mandate_id", "office", "title", "date_from", "date_to"))

    mandate_id = fields.Many2one(
        "governance.mandate", required=True, ondelete="cascade", index=True, check_company=True
    )
    body_id = fields.Many2one(related="mandate_id.body_id", store=True, index=True, precompute=True)
    company_id = fields.Many2one(related="mandate_id.company_id", store=True, precompute=True)
    partner_id = fields.Many2one(related="mandate_id.partner_id", store=True, string="Person", precompute=True)
    office = fields.Selection(OFFICES, required=True, default="president")
    sequence = fields.Integer(compute="_compute_sequence", store=True)
    title = fields.Char(help="What the office is called where its usual name does not fit.")
    date_from = fields.Date(string="Start", required=True, default=fields.Date.context_today)
    date_to = fields.Date(string="Ended on", help="Empty: for as long as the mandate.")
    last_day = fields.Date(compute="_compute_last_day", store=True, string="Runs until")

    @api.depends("office")
    def _compute_sequence(self):
        order = [name for name, _label in self._fields["office"].selection]
        for record in self:
            record.sequence = order.index(record.office) if record.office else len(order)

    @api.depends("date_to", "mandate_id.last_day")
    def _compute_last_day(self):
        for office in self:
            days = [day for day in (office.date_to, office.mandate_id.last_day) if day]
            office.last_day = min(days, default=False)

    @api.model_create_multi
    def create(self, vals_list):
        # The body is the one of the mandate, whatever a form says that lists the offices of a body.
        return super().create([{name: vals[name] for name in vals if name != "body_id"} for vals in vals_list])

    def _get_label(self):
        self.ensure_one()
        return self.title or dict(self._fields["office"]._description_selection(self.env)).get(self.office, "")

    @api.depends("office", "title", "partner_id", "body_id")
    def _compute_display_name(self):
        for office in self:
            office.display_name = f"{office._get_label()} – {office.partner_id.name or ''}"

    @api.constrains("date_from", "date_to", "mandate_id")
    def _check_inside_mandate(self):
        for office in self:
            mandate = office.mandate_id
            late = mandate.last_day and max(office.date_from, office.date_to or office.date_from) > mandate.last_day
            if office.date_from < mandate.date_from or late:
                raise ValidationError(
                    self.env._(
                        "%(person)s sits on %(body)s from %(first)s to %(last)s: the office “%(office)s” lies within "
                        "these days. Change its days, or those of the mandate.",
                        person=mandate.partner_id.name,
                        body=mandate.body_id.name,
                        first=show_day(self.env, mandate.date_from),
                        last=show_day(self.env, mandate.last_day),
                        office=office._get_label(),
                    )
                )
