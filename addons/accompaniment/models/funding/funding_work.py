"""Kinds of volunteer work and what an hour of each is counted for: no official rate, so dated settings."""

from odoo import api, fields, models


class FundingWork(models.Model):
    _name = "funding.work"
    _description = "Kind of Volunteer Work"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    rate_ids = fields.One2many("funding.work.rate", "work_id", string="Rates")
    current_rate = fields.Float(compute="_compute_current_rate", digits=(16, 2), string="Rate today (€ an hour)")

    @api.depends("rate_ids.amount", "rate_ids.date_from")
    def _compute_current_rate(self):
        today = fields.Date.context_today(self)
        for work in self:
            work.current_rate = work._get_rate(today) or 0

    def _get_rate(self, day):
        """Return what an hour counts for on a day, or None where no rate is set."""
        self.ensure_one()
        known = self.rate_ids.filtered(lambda rate: rate.date_from <= day).sorted("date_from")
        return known[-1:].amount if known else None
