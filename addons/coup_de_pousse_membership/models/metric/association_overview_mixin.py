"""Cards of the first screens that show a figure of the dashboards."""

from odoo import models


class AssociationOverviewMixin(models.AbstractModel):
    _inherit = "association.overview.mixin"

    def _metric_card(self, code, unit, *also, **values):
        """Return the card of a figure's records: the same ones as on the dashboard.

        :param code: the figure's.
        :param unit: what is counted, as (singular, plural).
        :param also: terms that the card's records answer to besides.
        """
        metric = self.env["association.metric"]._get(code)
        if metric.measure != "__count":
            values["amount"] = metric.measure
        domain = self._here(*metric._get_domain(), *also)
        return self._count_card(values.pop("name", code), metric.model, domain, unit, **values)
