"""How many were asked and how many answered, kept when a diagnostic is closed: the dashboard's response rate."""

from odoo import fields, models


class AccompanimentDiagnostic(models.Model):
    _inherit = "accompaniment.diagnostic"

    asked_total = fields.Integer(
        string="Asked, when it was closed", readonly=True, copy=False, help="Invited; or more, where more answered."
    )
    answered_total = fields.Integer(string="Answered, when it was closed", readonly=True, copy=False)

    def action_close(self):
        res = super().action_close()
        for diagnostic in self:
            answered = diagnostic.respondents
            diagnostic._write_facts({"answered_total": answered, "asked_total": max(diagnostic.invited, answered)})
        return res

    def action_reopen(self):
        self._write_facts({"asked_total": 0, "answered_total": 0})
        return super().action_reopen()
