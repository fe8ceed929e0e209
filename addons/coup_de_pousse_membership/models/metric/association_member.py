"""The size of a member, by which the dashboards divide the members."""

from bisect import bisect_right

from odoo import api, fields, models

from ...calculation.register.figures import SIZE_BANDS

BOUNDS = SIZE_BANDS["budget"]


class AssociationMember(models.Model):
    _inherit = "association.member"

    size = fields.Selection(
        [
            ("0", "Under 50,000 €"),
            ("1", "50,000 to 150,000 €"),
            ("2", "150,000 to 500,000 €"),
            ("3", "500,000 € to 1.5 million"),
            ("4", "1.5 million € and more"),
        ],
        compute="_compute_size",
        store=True,
        help="The band of the last yearly budget that is known; empty where none is.",
    )

    @api.depends("partner_id.name", "partner_id.annual_figures_ids.budget", "partner_id.annual_figures_ids.year")
    def _compute_size(self):
        for member in self:
            known = member.partner_id.annual_figures_ids.filtered(lambda year: year.budget is not False)
            last = known.sorted("year")[-1:]
            member.size = str(bisect_right(BOUNDS, last.budget)) if last else False
