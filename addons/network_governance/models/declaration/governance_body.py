"""Who directs the association through its bodies, for the declarations of changes."""

from odoo import models


class GovernanceBody(models.Model):
    _inherit = "governance.body"

    def _follow_officers(self):
        """Keep the declarations in line with who sits; run with the rights of the system."""
        if not self.env.context.get("governance_no_declaration"):
            self.env["governance.declaration"].sudo()._follow(self.sudo())
        return super()._follow_officers()

    def _get_officer_spans(self):
        """Return ((body, person, office or False), first day, last day or None) of all who sit or hold an office."""
        domain = [("body_id", "in", self.ids)]
        mandates = self.env["governance.mandate"].search([*domain, ("role", "=", "titular")])
        keys = [((mandate.body_id.id, mandate.partner_id.id, False), mandate) for mandate in mandates]
        keys += [
            ((office.body_id.id, office.partner_id.id, office._get_label()), office)
            for office in self.env["governance.office"].search(domain)
        ]
        return [(key, held.date_from, held.last_day or None) for key, held in keys]
