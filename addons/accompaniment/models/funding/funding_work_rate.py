"""From which day on an hour of volunteer work is counted for how much."""

from odoo import fields, models


class FundingWorkRate(models.Model):
    _name = "funding.work.rate"
    _description = "Rate of Volunteer Work"
    _order = "work_id, date_from desc, id"
    _rec_name = "date_from"

    work_id = fields.Many2one("funding.work", required=True, ondelete="cascade", index=True)
    date_from = fields.Date(string="From", required=True)
    amount = fields.Float(string="Euros an hour", digits=(16, 2), required=True)

    _once = models.UniqueIndex("(work_id, date_from)", "This work has a rate from that day already: change it.")
    _positive = models.Constraint("CHECK (amount > 0)", "An hour counts for more than 0.")
