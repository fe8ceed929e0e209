"""Says what sending the invitations of a diagnosis does, and asks."""

from odoo import api, fields, models
from odoo.tools import format_date

from ...models.diagnostic.survey_invitations import SurveyInvitations


class AccompanimentSendingWizard(models.TransientModel):
    _name = "accompaniment.sending.wizard"
    _description = "Send the Invitations to a Survey"
    _inherit = ["association.dialog"]

    diagnostic_id = fields.Many2one("accompaniment.diagnostic", required=True, ondelete="cascade")
    message = fields.Text(compute="_compute_message", string="What happens")

    @api.depends("diagnostic_id")
    def _compute_message(self):
        for wizard in self:
            wizard.message = "\n".join(wizard._describe_sending())

    def _describe_sending(self):
        """Return in sentences what sending does; raise what keeps the invitations from reaching anybody."""
        diagnostic = self.diagnostic_id
        diagnostic._check_sendable()
        survey = SurveyInvitations(diagnostic.survey_id).surveys
        invited = survey.user_input_ids.partner_id & diagnostic.recipient_ids
        count = len(diagnostic.recipient_ids - invited)
        sentences = [
            self.env._("1 invitation leaves now.")
            if count == 1
            else self.env._("%(count)s invitations leave now.", count=count)
        ]
        if invited:
            sentences.append(self.env._("Already invited: %(count)s.", count=len(invited)))
        if diagnostic.deadline:
            day = format_date(self.env, diagnostic.deadline)
            sentences.append(self.env._("Answers are awaited until %(day)s.", day=day))
        return sentences

    def action_confirm(self):
        self.ensure_one()
        return self.diagnostic_id.action_send()
