"""Who directs the association through its bodies, for the declarations of changes."""

from odoo import models

from ...calculation.declaration.officers import Officer

#: In the context under ``governance_no_declaration``: the declarations are brought in line later, at once. An
#: object, so that no caller from outside can send it.
LATER = object()


class GovernanceBody(models.Model):
    _inherit = "governance.body"

    def _follow_officers(self):
        """Keep the declarations in line with who sits; run with the rights of the system."""
        if self.env.context.get("governance_no_declaration") is not LATER:
            self.env["governance.declaration"].sudo()._follow(self.sudo())
        return super()._follow_officers()

    def _get_officer_spans(self):
        """Return (:class:`~officers.Officer`, first day, last day or None) of all who sit or hold an office."""
        domain = [("body_id", "in", self.ids)]
        mandates = self.env["governance.mandate"].search([*domain, ("role", "=", "titular")])
        offices = self.env["governance.office"].search(domain)
        held = [(Officer(mandate.body_id.id, mandate.partner_id.id), mandate) for mandate in mandates]
        held += [
            (Officer(office.body_id.id, office.partner_id.id, office.office, office.title or None), office)
            for office in offices
        ]
        return [(officer, record.date_from, record.last_day or None) for officer, record in held]
