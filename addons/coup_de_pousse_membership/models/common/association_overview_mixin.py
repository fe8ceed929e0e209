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

    def _count_card(self, name, model, domain, unit, *, amount=None, counted=None, **values):
        """Return one thing to do that counts records: those of a domain, which the card's action opens.

        :param unit: what is counted, as (singular, plural).
        :param amount: aggregate that is shown beside the count, such as ``amount:sum``.
        :param counted: (model, domain, unit) of what is counted instead of what is opened.
        :param values: ``title``, ``sentence``, ``icon``; where they apply ``tone``, and ``action`` where it is
            not the model's.
        """
        model_counted, domain_counted, unit = counted or (model, domain, unit)
        if amount:
            [(count, total)] = self.env[model_counted]._read_group(domain_counted, [], ["__count", amount])
            values["amount"] = total or 0.0
        else:
            count = self.env[model_counted].search_count(domain_counted)
        values.setdefault("action", f"action_{model.replace('.', '_')}")
        return self._prepare_card(name, values.pop("action"), domain, count, unit, **values)

    def _prepare_card(self, name, action, domain, count, unit, **values):
        """Return one thing to do: the records of a domain, which the card's action opens.

        :param count: how many they are.
        :param unit: what is counted, as (singular, plural).
        :param values: ``title``, ``sentence``, ``icon``; where they apply ``tone`` and ``amount``.
        """
        singular, plural = unit
        return {
            "name": name,
            "action": f"{self._overview_module}.{action}",
            "domain": domain,
            "count": count,
            "unit": plural if count > 1 else singular,
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
