"""What pays for a mission and gives it its form."""

from odoo import api, fields, models


class AccompanimentScheme(models.Model):
    """What pays for a mission and gives it its form: DLA, DASESS, Guid'Asso, own funds…"""

    _name = "accompaniment.scheme"
    _description = "Scheme"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(help="Short code, for lists and the funder's table.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: common to all associations here.")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    description = fields.Text(translate=True, help="Who may have it, and what it asks for.")
    day_rate = fields.Monetary(help="Price of a day of a mission, before tax.")
    ceiling = fields.Monetary(help="Highest price of a mission under this scheme, before tax; 0: none.")
    phase_ids = fields.One2many("accompaniment.phase.template", "scheme_id", string="Phases", copy=True)
    days = fields.Float(compute="_compute_days", digits=(16, 2))
    mission_count = fields.Integer(compute="_compute_mission_count", string="Missions")

    _amounts_not_negative = models.Constraint(
        "CHECK (day_rate >= 0 AND ceiling >= 0)", "A day rate and a ceiling cannot be negative."
    )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for scheme in self:
            scheme.currency_id = (scheme.company_id or self.env.company).currency_id

    @api.depends("phase_ids.days")
    def _compute_days(self):
        for scheme in self:
            scheme.days = sum(scheme.phase_ids.mapped("days"))

    def _compute_mission_count(self):
        counts = dict(
            self.env["accompaniment.mission"]._read_group([("scheme_id", "in", self.ids)], ["scheme_id"], ["__count"])
        )
        for scheme in self:
            scheme.mission_count = counts.get(scheme, 0)

    def _prepare_phases(self):
        """Return the values of the phases that a mission of this scheme begins with."""
        self.ensure_one()
        return [
            {"name": phase.name, "sequence": phase.sequence, "days_planned": phase.days, "note": phase.description}
            for phase in self.phase_ids
        ]

    def action_view_missions(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("accompaniment.action_accompaniment_mission")
        return {**action, "domain": [("scheme_id", "=", self.id)], "context": {"default_scheme_id": self.id}}
