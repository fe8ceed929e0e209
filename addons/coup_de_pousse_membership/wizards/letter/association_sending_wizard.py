"""The calls of a campaign are sent, after a look at how many, to whom not, and how fast."""

from odoo import api, fields, models


class AssociationSendingWizard(models.TransientModel):
    """The last look before the calls of a campaign are sent."""

    _name = "association.sending.wizard"
    _description = "Send the Calls of a Campaign"
    _inherit = ["association.dialog"]

    campaign_id = fields.Many2one("association.campaign", required=True, readonly=True, ondelete="cascade")
    company_email = fields.Char(related="campaign_id.company_id.email", string="Sent from")
    count = fields.Integer(compute="_compute_counts", compute_sudo=True, string="Calls to be sent")
    mail_count = fields.Integer(compute="_compute_counts", compute_sudo=True, string="By mail")
    post_count = fields.Integer(compute="_compute_counts", compute_sudo=True, string="Without address: to post")
    mails_per_hour = fields.Integer(
        string="Mails an hour",
        compute="_compute_mails_per_hour",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="Your provider's limit: most accept a few hundred an hour from one sender. Ask yours if you send more.",
    )
    duration = fields.Char(compute="_compute_duration", string="Takes about")
    problem = fields.Char(compute="_compute_problem", compute_sudo=True)

    _rate_positive = models.Constraint(
        "CHECK (mails_per_hour BETWEEN 1 AND 10000)", "Send between 1 and 10,000 mails an hour."
    )

    @api.constrains("campaign_id")
    def _check_campaign_access(self):
        # What is counted here is counted without rules: only of a campaign that the user may change.
        self.campaign_id.sudo(False).check_access("write")

    @api.depends("campaign_id")
    def _compute_counts(self):
        for wizard in self:
            lines = self.env["association.campaign.line"].search(wizard.campaign_id._get_waiting_domain())
            recipients = lines.move_id._get_letter_recipients()
            wizard.count = len(recipients)
            wizard.post_count = sum(bool(why_not) for _partner, why_not in recipients.values())
            wizard.mail_count = wizard.count - wizard.post_count

    @api.depends("campaign_id")
    def _compute_mails_per_hour(self):
        for wizard in self:
            wizard.mails_per_hour = wizard.campaign_id.mails_per_hour

    @api.depends("mail_count", "mails_per_hour")
    def _compute_duration(self):
        for wizard in self:
            minutes = -(-60 * wizard.mail_count // wizard.mails_per_hour) if wizard.mails_per_hour > 0 else 0
            if minutes < 90:
                wizard.duration = self.env._("%s min", max(minutes, 1))
            else:
                wizard.duration = self.env._("%s h", round(minutes / 60))

    @api.depends("campaign_id")
    def _compute_problem(self):
        for wizard in self:
            server = wizard.campaign_id.call_template_id.mail_server_id
            wizard.problem = self.env["ir.mail_server"]._find_sending_problem(server) or False

    def action_confirm(self):
        self.ensure_one()
        self.campaign_id.mails_per_hour = self.mails_per_hour
        self.campaign_id.action_start_sending()
        return {"type": "ir.actions.act_window_close"}
