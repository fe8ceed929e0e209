"""Who directs the association through its bodies, for the declarations of changes."""

from odoo import models


class GovernanceBody(models.Model):
    _inherit = "governance.body"

    def _follow_officers(self):
        """Keep the declarations in line with who sits; run with the rights of the system."""
        if not self.env.context.get("governance_no_declaration"):
            self.env["governance.declaration"].sudo()._follow(self.sudo())

    def _get_officer_spans(self):
        """Return ((body, person, office or False), first day, last day or None) of all who sit or hold an office."""
        mandates = self.env["governance.mandate"].search([("body_id", "in", self.ids), ("role", "=", "titular")])
        offices = self.env["governance.office"].search([("body_id", "in", self.ids)])
        return [
            ((mandate.body_id.id, mandate.partner_id.id, False), mandate.date_from, mandate.last_day or None)
            for mandate in mandates
        ] + [
            ((office.body_id.id, office.partner_id.id, office._get_label()), office.date_from, office.last_day or None)
            for office in offices
        ]
