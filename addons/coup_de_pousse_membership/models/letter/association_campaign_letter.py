"""The making of letters, calls or reminders: one row of the log, one PDF and one mail for each call."""

from odoo import fields, models


class AssociationCampaign(models.Model):
    _inherit = "association.campaign"

    def _send_letters(self, steps):
        """Write the log of letters about some calls, and put their mails in Odoo's queue.

        Log and mail are committed together: killed before, neither is; run again, what has a row is
        not sent again.

        :param steps: {call: its reminder's step, empty for the call itself}.
        :return: the rows of the log.
        """
        self.ensure_one()
        moves = self.env["account.move"].union(*steps)
        errors = moves._prepare_call_documents()
        recipients = moves._get_letter_recipients()
        logs = (
            self.env["association.reminder.log"]
            .sudo()
            .create(
                [self._prepare_letter(move, step, recipients[move], errors.get(move)) for move, step in steps.items()]
            )
        )
        logs.flush_recordset()
        logs.filtered(lambda log: not log.by_post and not log.refusal)._hand_over()
        logs._try_to_print()
        return logs

    def _prepare_letter(self, move, step, recipient, error):
        partner, why_not = recipient
        return {
            "campaign_id": self.id,
            "step_id": step.id,
            "move_id": move.id,
            "membership_ids": [fields.Command.set(move.invoice_line_ids.membership_id.ids)],
            "partner_id": partner.id,
            "email": partner.email_normalized,
            "amount": move.amount_residual,
            "by_post": bool(why_not) and not error,
            "refusal": error or why_not,
        }
