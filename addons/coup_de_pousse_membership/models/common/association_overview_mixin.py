"""What the first screens of the network's apps have in common."""

from odoo import models


class AssociationOverviewMixin(models.AbstractModel):
    _name = "association.overview.mixin"
    _description = "First Screen of an App"
    #: The addon whose actions the cards and the steps open.
    _overview_module = None

    def _here(self, *terms):
        """Return a domain limited to the current association."""
        return [("company_id", "=", self.env.company.id), *terms]

    def _prepare_card(self, name, action, domain, **values):
        """Return one thing to do: the records of a domain, which the card's action opens.

        :param values: ``title``, ``count``, ``unit``, ``sentence``, ``icon``; where they apply ``tone`` and ``amount``.
        """
        return {
            "name": name,
            "action": f"{self._overview_module}.{action}",
            "domain": domain,
            "amount": False,
            **values,
        }

    def _prepare_step(self, title, sentence, done, group, button, action):
        """Return one step of the start; its button is for the users of a group alone."""
        return {
            "title": title,
            "sentence": sentence,
            "done": done,
            "button": button if self.env.user.has_group(group) else False,
            "action": f"{self._overview_module}.{action}",
        }
