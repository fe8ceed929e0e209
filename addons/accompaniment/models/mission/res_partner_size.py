from odoo import models

from .accompaniment_mission import SIZES


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_accompaniment_sizes(self):
        """Return {id: band of employees} by the latest yearly figures that tell them; one query."""
        figures = (
            self.env["association.annual.figures"]
            .sudo()
            .search_fetch([("partner_id", "in", self.ids)], ["partner_id", "year", "employees"], order="year desc")
        )
        sizes = {}
        for figure in figures:
            if figure.employees is not False and figure.partner_id.id not in sizes:
                sizes[figure.partner_id.id] = _size(figure.employees)
        return sizes


def _size(employees):
    """Return the band of a number of employees (FTE): a part-time employee makes the first one."""
    if not employees:
        return "none"
    return next(key for key, upper in SIZES[1:] if upper is None or employees < upper + 1)
