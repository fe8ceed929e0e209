"""Asking members for the figures of a year."""

from odoo import api, fields, models


class AssociationMember(models.Model):
    _inherit = "association.member"

    figures_year = fields.Integer(
        compute="_compute_figures_year",
        string="Year of the figures asked for",
        help="Year of the list that is open; last year by default.",
    )

    @api.depends_context("figures_year")
    def _compute_figures_year(self):
        self.figures_year = self.env.context.get("figures_year") or fields.Date.context_today(self).year - 1

    def action_ask_figures(self):
        """Open the message that asks these members for their figures; it goes through the mail queue."""
        template = self.env.ref("coup_de_pousse_membership.mail_template_figures")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for the figures"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "figures_year": self.env.context.get("figures_year"),
                "default_composition_mode": "mass_mail",
                "default_model": "association.member",
                "default_res_ids": self.ids,
                "default_template_id": template.id,
                # Queued, however few: the office does not wait for the mail server.
                "default_force_send": False,
            },
        }
